import { type ColumnTable, table } from "arquero";
import { Reader } from "./read.js";

/**
 * Moves every example so that its first call starts at 0, as if all had begun together. O(n).
 *
 * @param calls a table with example_number, start_time and end_time
 * @returns the calls with moved times
 * @throws TableError if a column is missing
 * @example
 * const calls = table({ example_number: [0, 1], start_time: [5, 9], end_time: [7, 12] });
 * alignToStart(calls).array("end_time"); // [2, 3]
 */
export function alignToStart(calls: ColumnTable): ColumnTable {
  const read = new Reader(calls, "alignToStart");
  const examples = read.ints("example_number");
  const starts = read.numbers("start_time");
  const firsts = firstStarts(examples, starts);
  const moved = (times: Float64Array) => times.map((time, i) => time - (firsts.get(examples[i]) ?? 0));
  return calls.assign(table({ start_time: moved(starts), end_time: moved(read.numbers("end_time")) }));
}

/** The first start of each example; none for an example without any. O(n). */
export function firstStarts(examples: Int32Array, starts: Float64Array): Map<number, number> {
  const firsts = new Map<number, number>();
  for (let i = 0; i < starts.length; i++) {
    if (starts[i] < (firsts.get(examples[i]) ?? Infinity)) firsts.set(examples[i], starts[i]);
  }
  return firsts;
}
