import { doubleLiteral } from "./literals.js";

/**
 * How many of some borders are at or below a value, as nested CASEs that halve what is left of them: each border stands in the text once, and a
 * row is compared with few.
 *
 * @param borders ascending
 */
export function binOf(value: string, borders: Float64Array, before = 0): string {
  if (borders.length === 0) return String(before);
  const middle = borders.length >>> 1;
  const below = binOf(value, borders.subarray(0, middle), before);
  const above = binOf(value, borders.subarray(middle + 1), before + middle + 1);
  return `CASE WHEN ${value} < ${doubleLiteral(borders[middle])} THEN ${below} ELSE ${above} END`;
}
