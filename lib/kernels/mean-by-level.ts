/** Counts and means at each level that occurs, ascending. */
export interface LevelMeans {
  readonly levels: Int32Array;
  readonly counts: Int32Array;
  readonly means: Float64Array;
}

/**
 * The mean of the values at each level, missing ones (NaN) left out; summed with Neumaier's compensation, so that the order of the rows
 * does not show. O(n + peak).
 *
 * @param levels n whole numbers from 0
 * @param values n numbers
 */
export function meanByLevel(levels: Int32Array, values: Float64Array): LevelMeans {
  const n = levels.length;
  let peak = -1;
  for (let i = 0; i < n; i++) if (levels[i] > peak) peak = levels[i];

  const sums = new Float64Array(peak + 1);
  const lost = new Float64Array(peak + 1); // what rounding took from each sum
  const counts = new Int32Array(peak + 1);
  for (let i = 0; i < n; i++) {
    const value = values[i];
    if (value !== value) continue;
    const level = levels[i];
    const before = sums[level];
    const after = before + value;
    lost[level] += Math.abs(before) >= Math.abs(value) ? before - after + value : value - after + before;
    sums[level] = after;
    counts[level]++;
  }

  const present = Int32Array.from(counts.keys()).filter((level) => counts[level] > 0);
  return {
    levels: present,
    counts: present.map((level) => counts[level]),
    means: Float64Array.from(present, (level) => {
      // nothing is lost from an endless sum, but the difference of two is no number
      const sum = Number.isFinite(sums[level]) ? sums[level] + lost[level] : sums[level];
      return sum / counts[level];
    }),
  };
}
