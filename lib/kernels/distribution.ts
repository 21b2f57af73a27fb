/** Time at each level, levels ascending; a level that never occurs is left out. */
export interface Distribution {
  readonly levels: Int32Array;
  /** summed in the order of the segments, plainly */
  readonly totals: Float64Array;
  /** start of the first segment at the level */
  readonly firsts: Float64Array;
}

/**
 * Adds up the length of the segments at each level. O(segments + peak).
 *
 * @param starts n times
 * @param durations n lengths of time
 * @param levels n whole numbers from 0
 */
export function distribution(starts: Float64Array, durations: Float64Array, levels: Int32Array): Distribution {
  const n = levels.length;
  let peak = -1;
  for (let i = 0; i < n; i++) if (levels[i] > peak) peak = levels[i];

  const sums = new Float64Array(peak + 1);
  const firsts = new Float64Array(peak + 1).fill(NaN);
  let present = 0;
  for (let i = 0; i < n; i++) {
    const level = levels[i];
    if (firsts[level] !== firsts[level]) {
      firsts[level] = starts[i];
      present++;
    }
    sums[level] += durations[i];
  }

  const out = { levels: new Int32Array(present), totals: new Float64Array(present), firsts: new Float64Array(present) };
  for (let level = 0, k = 0; level <= peak; level++) {
    if (firsts[level] !== firsts[level]) continue;
    out.levels[k] = level;
    out.totals[k] = sums[level];
    out.firsts[k++] = firsts[level];
  }
  return out;
}
