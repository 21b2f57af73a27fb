import type { ColumnTable } from "arquero";
import { OptionError, TableError } from "../errors.js";
import { percentileLevel, totalTime } from "../kernels/percentile.js";
import { type Column, int, number } from "./column.js";
import { table } from "./own-table.js";
import { Reader } from "./read.js";

export const percentilesColumns: readonly Column[] = [
  number("percentile", "", "a percentage of time"),
  int("concurrency", "calls", "for so much of the time, at most so many were in flight"),
  int("active_concurrency", "calls", "the same with idle time left out"),
];

/**
 * The concurrency that is not exceeded for `p` percent of the time: the first level, ascending, whose running total reaches
 * `p * 0.01 * total`. 0 for an empty distribution. Time-weighted; there is no interpolation between levels. O(levels log levels).
 *
 * @param distribution a table with concurrency (ascending), total_time and, for the exact order of summing, first_time
 * @param p from 0 to 100
 * @throws OptionError if p is out of its range; TableError if a column is missing
 * @example
 * const distribution = table({ concurrency: [0, 3], total_time: [9, 1] });
 * findPercentileConcurrency(distribution, 95); // 3
 */
export function findPercentileConcurrency(distribution: ColumnTable, p: number): number {
  return percentileOf(readDistribution(distribution, "findPercentileConcurrency"), p);
}

/**
 * Several percentiles at once, with idle time and without.
 *
 * @param distribution see `findPercentileConcurrency`
 * @param percentiles each from 0 to 100
 * @returns the `percentiles` table, a row for each in the given order
 * @throws OptionError if one is out of its range; TableError if a column is missing
 * @example
 * const distribution = table({ concurrency: [0, 1, 3], total_time: [8, 1, 1] });
 * computePercentiles(distribution, [50]).object(); // { percentile: 50, concurrency: 0, active_concurrency: 1 }
 */
export function computePercentiles(
  distribution: ColumnTable,
  percentiles: readonly number[] = [50, 90, 95, 99],
): ColumnTable {
  const all = readDistribution(distribution, "computePercentiles");
  const active = withoutIdle(all);
  return table({
    percentile: Float64Array.from(percentiles),
    concurrency: Int32Array.from(percentiles, (p) => percentileOf(all, p)),
    active_concurrency: Int32Array.from(percentiles, (p) => percentileOf(active, p)),
  });
}

interface Levels {
  readonly levels: Int32Array;
  readonly totals: Float64Array;
  readonly total: number;
}

function percentileOf({ levels, totals, total }: Levels, p: number): number {
  if (!(p >= 0 && p <= 100)) throw new OptionError("percentile", `must be from 0 to 100, not ${p}.`);
  return percentileLevel(levels, totals, total, p);
}

function readDistribution(distribution: ColumnTable, caller: string): Levels & { readonly firsts: Float64Array } {
  const read = new Reader(distribution, caller);
  const levels = read.ints("concurrency");
  for (let i = 1; i < levels.length; i++) {
    if (levels[i] <= levels[i - 1]) {
      const message = `the levels must ascend, but row ${i + 1} does not. Use orderby("concurrency").`;
      throw new TableError(caller, message, "concurrency");
    }
  }
  const totals = read.numbers("total_time");
  const firsts = read.has("first_time") ? read.numbers("first_time") : Float64Array.from(levels);
  return { levels, totals, firsts, total: totalTime(totals, firsts) };
}

function withoutIdle({ levels, totals, firsts }: ReturnType<typeof readDistribution>): Levels {
  const from = levels.length > 0 && levels[0] === 0 ? 1 : 0;
  const busy = totals.subarray(from);
  return { levels: levels.subarray(from), totals: busy, total: totalTime(busy, firsts.subarray(from)) };
}
