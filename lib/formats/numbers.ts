import { textOf } from "../tables/text-of.js";

/** What stands for a missing number in text, as pandas, R and databases write it. */
export const MISSING: ReadonlySet<string> = new Set(["", "nan", "null", "none", "na", "n/a", "\\n"]);
const HEX = /^\s*[+-]?0[xbo]/i;

/**
 * A number from a cell: NaN where there is none, undefined where what stands there is not a number.
 * Takes numbers and texts; a text must be decimal.
 */
export function readNumber(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (value === null || value === undefined) return NaN;
  if (typeof value === "bigint") return Number(value);
  if (typeof value !== "string") return undefined;
  const number = value === "" ? NaN : Number(value);
  if (!Number.isNaN(number)) return HEX.test(value) || value.trim() === "" ? undefined : number;
  return MISSING.has(value.trim().toLowerCase()) ? NaN : undefined;
}

/** A count of tokens: NaN where there is none, or where it cannot be read. */
export const readTokens = (value: unknown): number => readNumber(value) ?? NaN;

/** A text from a cell: null where it is missing or empty. */
export const readText = (value: unknown): string | null => textOf(value) || null;
