/**
 * The highest level in each of `bins` equal stretches of time, exactly: a segment counts in every bin that it overlaps. O(segments + bins).
 *
 * @param starts n ascending times; `ends[i]` is `starts[i + 1]`
 * @param levels n whole numbers
 * @returns `bins` levels; none where the segments last no time or forever
 */
export function peakPerBin(starts: Float64Array, ends: Float64Array, levels: Int32Array, bins: number): Int32Array {
  const n = levels.length;
  const first = starts[0];
  const span = ends[n - 1] - first;
  if (!(span > 0 && span < Infinity)) return new Int32Array(0);

  const peaks = new Int32Array(bins);
  let i = 0;
  for (let bin = 0; bin < bins; bin++) {
    const end = bin === bins - 1 ? ends[n - 1] : first + (span * (bin + 1)) / bins;
    let peak = levels[i];
    // the last segment that begins before the bin's end may go on in the next
    while (i + 1 < n && starts[i + 1] < end) {
      i++;
      if (levels[i] > peak) peak = levels[i];
    }
    peaks[bin] = peak;
    // one that ends with the bin does not go on: intervals are half-open
    if (i + 1 < n && ends[i] <= end) i++;
  }
  return peaks;
}
