import { binBorders } from "./bin-borders.js";

/**
 * The highest level in each of `bins` equal stretches of time, exactly: a segment counts in every bin that it overlaps. Between segments
 * the level is 0. Where a float cannot hold the width of a bin, it has the level at its instant. O(segments + bins).
 *
 * @param starts n ascending times
 * @param ends n times, none behind the next start
 * @param levels n whole numbers
 * @returns `bins` levels; none where the segments last no time or forever
 */
export function peakPerBin(starts: Float64Array, ends: Float64Array, levels: Int32Array, bins: number): Int32Array {
  const n = levels.length;
  const borders = binBorders(starts[0], ends[n - 1], bins);
  if (borders.length === 0) return new Int32Array(0);

  const peaks = new Int32Array(bins);
  let i = 0;
  for (let bin = 0; bin < bins; bin++) {
    // one that ends where the bin begins is not in it: intervals are half-open
    while (i + 1 < n && ends[i] <= borders[bin]) i++;
    let peak = starts[i] <= borders[bin] ? levels[i] : 0;
    for (; i < n && starts[i] < borders[bin + 1]; i++) if (levels[i] > peak) peak = levels[i];
    // the last one may go on in the next bin
    if (i > 0) i--;
    peaks[bin] = peak;
  }
  return peaks;
}
