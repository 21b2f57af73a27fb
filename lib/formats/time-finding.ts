import { textOf } from "../tables/text-of.js";
import { readNumber } from "./numbers.js";

/** Numbers without a place in time, as Python, pandas and JavaScript write them. */
export const NOT_FINITE: readonly string[] = ["nan", "nat", "inf", "infinity"];
const IS_NOT_FINITE = new RegExp(`^\\s*[+-]?(?:${NOT_FINITE.join("|")})\\s*$`, "i");

/** Which finding it is that a time cannot be used, by what stands there: nothing, a number that is no place in time, or no time at all. */
export function timeFinding(found: unknown): "missing_time" | "nan_time" | "unreadable_time" {
  const isNotFinite = typeof found === "number" ? !Number.isFinite(found) : IS_NOT_FINITE.test(String(textOf(found)));
  if (isNotFinite) return "nan_time";
  return Number.isNaN(readNumber(found)) ? "missing_time" : "unreadable_time";
}

/** What stands in the place of a time, for a finding: texts in quotes. */
export const shownTime = (found: unknown): string =>
  typeof found === "string" ? JSON.stringify(found) : typeof found === "number" ? String(found) : String(textOf(found));
