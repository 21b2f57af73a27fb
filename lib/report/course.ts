import { peakPerBin } from "../kernels/peak-per-bin.js";
import { readSegments } from "../tables/segments.js";
import type { ReportTables } from "../tables/tables.js";
import { foldBins } from "./fold-bins.js";

/** The most in flight in each of equal stretches of time. */
export interface Course {
  readonly peaks: readonly number[];
  /** seconds in a stretch */
  readonly stretch: number;
  /** seconds in all */
  readonly span: number;
}

/** The course over time in at most so many stretches: of the segments where they are there, else of bins; undefined where neither tells it. */
export function courseOf({ segments, bins }: ReportTables, most: number): Course | undefined {
  if (segments) {
    const { starts, ends, levels } = readSegments(segments, "textReport");
    const peaks = Array.from(peakPerBin(starts, ends, levels, most));
    const span = ends[ends.length - 1] - starts[0];
    return peaks.length > 0 ? { peaks, stretch: span / most, span } : undefined;
  }
  if (!bins || bins.numRows() === 0) return undefined;
  const { starts, end, peaks, each } = foldBins(bins, most, "textReport");
  const span = end - starts[0];
  return { peaks: Array.from(peaks), stretch: (span * each) / bins.numRows(), span };
}
