import type { ColumnTable } from "arquero";
import { isActive } from "../kernels/active.js";
import { Reader } from "./read.js";

/**
 * The calls that overlap `[start, end)`: those that neither ended by the start nor begin at the end or later. A call whose end is missing
 * is active in all that comes after its start; one that ends before it starts is active nowhere. O(n).
 *
 * @param calls a table with start_time and end_time
 * @param start seconds
 * @param end seconds
 * @returns the rows of `calls`, all columns kept, in their order
 * @throws TableError if a column is missing
 * @example
 * const calls = table({ start_time: [0, 2], end_time: [2, 4], uuid: ["a", "b"] });
 * findCallsActiveInInterval(calls, 2, 3).array("uuid"); // ["b"]
 */
export function findCallsActiveInInterval(calls: ColumnTable, start: number, end: number): ColumnTable {
  const read = new Reader(calls, "findCallsActiveInInterval");
  const starts = read.numbers("start_time");
  const ends = read.numbers("end_time");
  return read.pick((i) => isActive(starts[i], ends[i], start, end));
}
