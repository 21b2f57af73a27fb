/** Cells that hold more bounds than this are searched by halves instead of one by one. */
const CROWDED = 16;

/**
 * For each value, how many of the sorted bounds lie below it; with `orEqual`, at or below it. NaN counts as below everything: 0.
 *
 * A uniform grid with about one bound a cell answers nearly all at once: expected O(n + m), O(n log m) where the bounds crowd.
 *
 * @param bounds m numbers ascending, without NaN
 * @param values n numbers
 * @param orEqual whether a bound that equals the value counts
 */
export function rank(bounds: Float64Array, values: Float64Array, orEqual: boolean): Int32Array {
  const n = values.length;
  const m = bounds.length;
  const out = new Int32Array(n);
  if (m === 0) return out;

  const low = bounds[0];
  const cells = m;
  const scale = (cells - 1) / (bounds[m - 1] - low);
  const gridded = scale > 0 && scale < Infinity;

  // firsts[c]: the first bound of cell c or a later one; a value's cell never lies left of a lower value's
  const firsts = new Int32Array(gridded ? cells + 1 : 2).fill(m);
  firsts[0] = 0;
  if (gridded) {
    for (let i = m - 1; i >= 0; i--) firsts[((bounds[i] - low) * scale) | 0] = i;
    for (let c = cells - 1; c > 0; c--) if (firsts[c] > firsts[c + 1]) firsts[c] = firsts[c + 1];
  }

  const high = bounds[m - 1];
  for (let i = 0; i < n; i++) {
    const v = values[i];
    if (!(v >= low)) continue;
    if (v > high) {
      out[i] = m;
      continue;
    }
    const cell = gridded ? ((v - low) * scale) | 0 : 0;
    let from = firsts[cell];
    let to = firsts[cell + 1];
    // a crowded cell: halve until a short walk is left
    while (to - from > CROWDED) {
      const middle = (from + to) >>> 1;
      if (bounds[middle] < v || (orEqual && bounds[middle] === v)) from = middle + 1;
      else to = middle;
    }
    while (from < to && (bounds[from] < v || (orEqual && bounds[from] === v))) from++;
    out[i] = from;
  }
  return out;
}
