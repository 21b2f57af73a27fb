import { type ColumnTable, table } from "arquero";
import { sweep } from "../kernels/sweep.js";
import { TableError } from "../errors.js";
import { type Column, int, number } from "./column.js";
import { resolveOptions } from "./options.js";
import { Reader } from "./read.js";

export const segmentsColumns: readonly Column[] = [
  number("start_time", "s", "where the stretch begins"),
  number("end_time", "s", "where it ends; not part of it"),
  number("duration", "s", "end − start"),
  int("concurrency", "calls", "in flight throughout"),
];

/**
 * Cuts time into segments of constant concurrency, half-open and without gaps from the first start to the last end.
 *
 * Every call counts +1 at its start and −1 at its end. Neighbours of equal concurrency are joined; with `coalesce: false`, as the
 * reference has it, every distinct time is a border. A call of no length is in flight nowhere; calls with a missing bound, or that end
 * before they start, are left out. O(n log n), O(n) where the calls are nearly in order.
 *
 * @param calls a table with start_time and end_time, in seconds
 * @returns the `segments` table, ascending
 * @throws TableError if a column is missing
 * @example
 * const calls = table({ start_time: [0, 1], end_time: [2, 3] });
 * buildConcurrencySegments(calls).array("concurrency"); // [1, 2, 1]
 */
export function buildConcurrencySegments(
  calls: ColumnTable,
  options: { readonly coalesce?: boolean } = {},
): ColumnTable {
  const { coalesce } = resolveOptions(options);
  const read = new Reader(calls, "buildConcurrencySegments");
  const { times, levels } = sweep(read.numbers("start_time"), read.numbers("end_time"), coalesce);
  return segmentsTable(times.subarray(0, levels.length), times.subarray(1, levels.length + 1), levels);
}

/** The `segments` table of the given columns. */
export function segmentsTable(starts: Float64Array, ends: Float64Array, levels: Int32Array): ColumnTable {
  const durations = new Float64Array(levels.length);
  for (let i = 0; i < durations.length; i++) durations[i] = ends[i] - starts[i];
  return table({ start_time: starts, end_time: ends, duration: durations, concurrency: levels });
}

/**
 * The columns of a `segments` table as typed arrays.
 *
 * @throws TableError if a column is missing, or the segments are not in the order of time
 */
export function readSegments(segments: ColumnTable, caller: string) {
  const read = new Reader(segments, caller);
  const starts = read.numbers("start_time");
  for (let i = 1; i < starts.length; i++) {
    if (starts[i] < starts[i - 1]) {
      const message = `the segments must be in the order of time, but row ${i + 1} starts before row ${i}. Use orderby("start_time").`;
      throw new TableError(caller, message, "start_time");
    }
  }
  return { starts, ends: read.numbers("end_time"), levels: read.ints("concurrency") };
}
