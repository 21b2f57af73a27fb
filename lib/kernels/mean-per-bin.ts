import { binBorders } from "./bin-borders.js";

/**
 * The mean level in each of `bins` equal stretches of time, weighted by time: the sum of level × overlap over the width of the bin. Between
 * segments the level is 0. Where a float cannot hold the width of a bin, it has the level at its instant. O(segments + bins).
 *
 * @param starts n ascending times
 * @param ends n times, none behind the next start
 * @param levels n whole numbers
 * @returns `bins` means; none where the segments last no time or forever
 */
export function meanPerBin(starts: Float64Array, ends: Float64Array, levels: Int32Array, bins: number): Float64Array {
  const n = levels.length;
  const borders = binBorders(starts[0], ends[n - 1], bins);
  if (borders.length === 0) return new Float64Array(0);

  const means = new Float64Array(bins);
  let i = 0;
  for (let bin = 0; bin < bins; bin++) {
    const [from, to] = [borders[bin], borders[bin + 1]];
    while (i + 1 < n && ends[i] <= from) i++;
    // one that covers the bin has its mean, which a product and a quotient might miss by a digit
    if (starts[i] <= from && ends[i] >= to) {
      means[bin] = levels[i];
      continue;
    }
    let area = 0;
    for (; i < n && starts[i] < to; i++) {
      area += levels[i] * (Math.min(ends[i], to) - Math.max(starts[i], from));
    }
    // the last one may go on in the next bin
    if (i > 0) i--;
    if (to > from) means[bin] = area / (to - from);
  }
  return means;
}
