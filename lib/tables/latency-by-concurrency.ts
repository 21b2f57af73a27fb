import type { ColumnTable } from "arquero";
import { meanByLevel } from "../kernels/mean-by-level.js";
import { type Column, int, number } from "./column.js";
import { levelsAtMidpoints } from "./midpoint-concurrency.js";
import { table } from "./own-table.js";
import { Reader } from "./read.js";

export const latencyColumns: readonly Column[] = [
  int("concurrency", "calls", "in flight at the midpoint of a call, ascending; 0: calls of no length"),
  int("calls", "calls", "how many calls had their midpoint there"),
  number("mean_latency", "s", "their mean duration"),
];

/**
 * The mean duration of calls by how many were in flight at their midpoint. The seed of a load curve: latency that grows with the level
 * hints at contention. Expected O(calls + segments).
 *
 * @param calls a table with start_time and end_time; duration where it has one, else end − start
 * @param segments a `segments` table
 * @returns the `latency_by_concurrency` table
 * @throws TableError if a column is missing
 * @example
 * const calls = table({ start_time: [0, 1], end_time: [4, 3] });
 * averageLatencyByMidpointConcurrency(calls, buildConcurrencySegments(calls)).array("mean_latency"); // [3]
 */
export function averageLatencyByMidpointConcurrency(calls: ColumnTable, segments: ColumnTable): ColumnTable {
  const caller = "averageLatencyByMidpointConcurrency";
  const read = new Reader(calls, caller);
  const levels = levelsAtMidpoints(calls, segments, caller);
  const found = meanByLevel(levels, read.durations());
  return table({ concurrency: found.levels, calls: found.counts, mean_latency: found.means });
}
