import type { ColumnTable } from "arquero";
import { sweep } from "../kernels/sweep.js";
import { TableError } from "../errors.js";
import { type Column, int, number } from "./column.js";
import { resolveOptions } from "./options.js";
import { table } from "./own-table.js";
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
  const { times, durations, levels } = sweep(read.numbers("start_time"), read.numbers("end_time"), coalesce);
  const n = levels.length;
  return segmentsTable({ starts: times.subarray(0, n), ends: times.subarray(1, n + 1), durations, levels });
}

/** Segments as typed arrays, in the order of time. */
export interface Segments {
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  readonly durations: Float64Array;
  readonly levels: Int32Array;
}

/** The columns of tables that were made here: they need no second look. */
const known = new WeakMap<ColumnTable, Segments>();

/** The `segments` table of columns that are in the order of time. */
export function segmentsTable(segments: Segments): ColumnTable {
  const { starts, ends, durations, levels } = segments;
  const made = table({ start_time: starts, end_time: ends, duration: durations, concurrency: levels });
  known.set(made, segments);
  return made;
}

/**
 * The columns of a `segments` table.
 *
 * @throws TableError if a column is missing, or the segments are not in the order of time
 */
export function readSegments(segments: ColumnTable, caller: string): Segments {
  const found = known.get(segments);
  if (found) return found;
  const read = new Reader(segments, caller);
  const starts = read.numbers("start_time");
  for (let i = 1; i < starts.length; i++) {
    if (starts[i] < starts[i - 1]) {
      const message = `the segments must be in the order of time, but row ${i + 1} starts before row ${i}. Use orderby("start_time").`;
      throw new TableError(caller, message, "start_time");
    }
  }
  const ends = read.numbers("end_time");
  const durations = ends.map((end, i) => end - starts[i]);
  return { starts, ends, durations, levels: read.ints("concurrency") };
}
