/** A cell as text: null where it is missing, objects as JSON. */
export function textOf(value: unknown): string | null {
  if (typeof value === "string") return value;
  if (value === null || value === undefined || Number.isNaN(value)) return null;
  if (typeof value === "number" || typeof value === "boolean" || typeof value === "bigint") return String(value);
  return JSON.stringify(value);
}
