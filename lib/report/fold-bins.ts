import type { ColumnTable } from "arquero";
import { Reader } from "../tables/read.js";

/** Stretches of time, row by row. */
export interface FoldedBins {
  readonly starts: Float64Array;
  /** where the last one ends */
  readonly end: number;
  readonly means: Float64Array;
  readonly peaks: Int32Array;
  /** how many bins are in each; the last one may have fewer */
  readonly each: number;
}

/**
 * The `bins` table folded to at most so many stretches, each as many neighbouring bins: the highest peak of them, and the mean of their
 * means, for they are equally long. O(bins).
 *
 * @throws TableError if a column is missing
 */
export function foldBins(bins: ColumnTable, most: number, caller: string): FoldedBins {
  const read = new Reader(bins, caller);
  const ends = read.numbers("end_time");
  const [starts, means, peaks] = [
    read.numbers("start_time"),
    read.numbers("mean_concurrency"),
    read.ints("peak_concurrency"),
  ];
  const each = Math.max(1, Math.ceil(read.size / most));
  const firsts = Int32Array.from({ length: Math.ceil(read.size / each) }, (_, k) => k * each);
  return {
    starts: Float64Array.from(firsts, (k) => starts[k]),
    end: ends[ends.length - 1],
    means: Float64Array.from(firsts, (k) => mean(means.subarray(k, k + each))),
    peaks: firsts.map((k) => peaks.subarray(k, k + each).reduce((a, b) => Math.max(a, b), 0)),
    each,
  };
}

const mean = (values: Float64Array): number => values.reduce((a, b) => a + b, 0) / values.length;
