import type { ColumnTable } from "arquero";
import { type Distribution, distribution } from "../kernels/distribution.js";
import { totalTime } from "../kernels/percentile.js";
import { sweepDistribution } from "../kernels/sweep-distribution.js";
import { type Column, int, number } from "./column.js";
import { resolveOptions } from "./options.js";
import { table } from "./own-table.js";
import { Reader } from "./read.js";
import { readSegments } from "./segments.js";

export const distributionColumns: readonly Column[] = [
  int("concurrency", "calls", "a level, ascending; 0 is idle time between calls"),
  number("total_time", "s", "time at this level"),
  number("share", "", "of all time, from 0 to 1"),
  number("cumulative_share", "", "of all time at this level or below"),
  number("first_time", "s", "when the level was first reached"),
];

/**
 * How long each number of calls was in flight, from the first start to the last end. Time at a level is added up in the order of time.
 * O(n log n), O(n) where the calls are nearly in order.
 *
 * @param calls a table with start_time and end_time, in seconds
 * @returns the `distribution` table
 * @throws TableError if a column is missing
 * @example
 * const calls = table({ start_time: [0, 1], end_time: [2, 3] });
 * computeConcurrencyDistribution(calls).array("total_time"); // [2, 1]
 */
export function computeConcurrencyDistribution(
  calls: ColumnTable,
  options: { readonly coalesce?: boolean } = {},
): ColumnTable {
  const { coalesce } = resolveOptions(options);
  const read = new Reader(calls, "computeConcurrencyDistribution");
  return distributionTable(sweepDistribution(read.numbers("start_time"), read.numbers("end_time"), coalesce));
}

/**
 * The same, from segments at hand. O(segments + peak).
 *
 * @param segments a table with start_time, end_time and concurrency, in the order of time
 * @returns the `distribution` table
 * @throws TableError if a column is missing
 * @example
 * const segments = table({ start_time: [0, 1], end_time: [1, 4], concurrency: [2, 1] });
 * distributionOf(segments).array("total_time"); // [3, 1]
 */
export function distributionOf(segments: ColumnTable): ColumnTable {
  const { starts, durations, levels } = readSegments(segments, "distributionOf");
  return distributionTable(distribution(starts, durations, levels));
}

/** The `distribution` table of levels, ascending. */
export function distributionTable(found: Distribution): ColumnTable {
  const total = totalTime(found.totals, found.firsts);
  const share = found.totals.map((time) => shareOf(time, total));
  let running = 0;
  return table({
    concurrency: found.levels,
    total_time: found.totals,
    share,
    cumulative_share: found.totals.map((time) => Math.min(1, shareOf((running += time), total))),
    first_time: found.firsts,
  });
}

/** A part of the whole: of an endless one, what is endless too is all. */
function shareOf(time: number, total: number): number {
  if (total === Infinity) return time === Infinity ? 1 : 0;
  return total > 0 ? time / total : 0;
}
