import { type ColumnTable, table } from "arquero";
import { midpointLevels } from "../kernels/midpoint.js";
import { type Column, int } from "./column.js";
import { Reader } from "./read.js";
import { readSegments } from "./segments.js";

export const midpointColumns: readonly Column[] = [
  int("midpoint_concurrency", "calls", "in flight at the midpoint of the call"),
];

/**
 * How many calls were in flight at the midpoint of each call, `0.5 * (start + end)`: 0 for a call of no length and outside all segments.
 * Expected O(calls + segments).
 *
 * @param calls a table with start_time and end_time
 * @param segments a `segments` table
 * @returns the calls with the column `midpoint_concurrency`
 * @throws TableError if a column is missing
 * @example
 * const calls = table({ start_time: [0, 1], end_time: [4, 3] });
 * computeMidpointConcurrency(calls, buildConcurrencySegments(calls)).array("midpoint_concurrency"); // [2, 2]
 */
export function computeMidpointConcurrency(calls: ColumnTable, segments: ColumnTable): ColumnTable {
  const levels = levelsAtMidpoints(calls, segments, "computeMidpointConcurrency");
  return calls.assign(table({ midpoint_concurrency: levels }));
}

/** The level at the midpoint of each call. */
export function levelsAtMidpoints(calls: ColumnTable, segments: ColumnTable, caller: string): Int32Array {
  const read = new Reader(calls, caller);
  const { starts, ends, levels } = readSegments(segments, caller);
  return midpointLevels(read.numbers("start_time"), read.numbers("end_time"), starts, ends, levels);
}
