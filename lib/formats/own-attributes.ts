/** Attributes that hold what OTLP has no place for, where spans are written as OTLP; an empty text stands for none. */
export const ownAttributes = {
  example: "spikeline.example",
  uuid: "spikeline.uuid",
  parent: "spikeline.parent_uuid",
} as const;
