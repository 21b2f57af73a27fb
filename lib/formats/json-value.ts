export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a value is a JSON object. */
export const isRecord = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The objects in a list; none where it is no list. */
export const recordsIn = (value: unknown): JsonObject[] => listOf(value).filter(isRecord);

/** The object itself; one without any keys where it is none. */
export const recordOf = (value: unknown): JsonObject => (isRecord(value) ? value : {});

/** The list itself; an empty one where it is none. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);
