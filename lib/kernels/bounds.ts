export interface Bounds {
  readonly starts: Float64Array;
  readonly ends: Float64Array;
}

/**
 * The calls that have a place in time: both bounds are numbers and the end is not before the start.
 * Returns the input itself where every call has one. O(n).
 *
 * @param starts n times
 * @param ends n times
 */
export function placed(starts: Float64Array, ends: Float64Array): Bounds {
  const n = starts.length;
  let kept = 0;
  for (let i = 0; i < n; i++) if (starts[i] <= ends[i]) kept++;
  if (kept === n) return { starts, ends };

  const s = new Float64Array(kept);
  const e = new Float64Array(kept);
  for (let i = 0, k = 0; i < n; i++) {
    if (starts[i] <= ends[i]) {
      s[k] = starts[i];
      e[k++] = ends[i];
    }
  }
  return { starts: s, ends: e };
}
