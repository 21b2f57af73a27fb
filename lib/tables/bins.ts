import type { ColumnTable } from "arquero";
import { OptionError } from "../errors.js";
import { binBorders } from "../kernels/bin-borders.js";
import { meanPerBin } from "../kernels/mean-per-bin.js";
import { peakPerBin } from "../kernels/peak-per-bin.js";
import { type Column, int, number } from "./column.js";
import { table } from "./own-table.js";
import { readSegments } from "./segments.js";

export const binsColumns: readonly Column[] = [
  number("start_time", "s", "where the stretch begins"),
  number("end_time", "s", "where it ends; not part of it"),
  number("mean_concurrency", "calls", "mean in flight, weighted by time"),
  int("peak_concurrency", "calls", "most in flight at any moment"),
];

/**
 * Cuts time into equal stretches, from the first start to the last end, with the mean and the most in flight in each: as many rows as a plot
 * has room for, of however many segments. A segment counts in every stretch that it overlaps; stretches are half-open. O(segments + bins).
 *
 * @param segments a `segments` table, in the order of time; where it has gaps, nothing is in flight
 * @param bins how many stretches; 100 if left out
 * @returns the `bins` table, ascending; no rows where there are no segments, or they last forever
 * @throws OptionError if `bins` is not a positive whole number; TableError if a column is missing
 * @example
 * const segments = table({ start_time: [0, 1], end_time: [1, 4], concurrency: [6, 2] });
 * timeBins(segments, 2).array("mean_concurrency"); // [4, 2]
 */
export function timeBins(segments: ColumnTable, bins = 100): ColumnTable {
  if (!(Number.isSafeInteger(bins) && bins > 0)) {
    throw new OptionError("bins", `must be a positive whole number, not ${bins}.`);
  }
  const { starts, ends, levels } = readSegments(segments, "timeBins");
  const borders = binBorders(starts[0], ends[ends.length - 1], bins);
  return table({
    start_time: borders.subarray(0, -1),
    end_time: borders.subarray(1),
    mean_concurrency: meanPerBin(starts, ends, levels, bins),
    peak_concurrency: peakPerBin(starts, ends, levels, bins),
  });
}
