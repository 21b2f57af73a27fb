/**
 * The total time of a distribution, its levels added in the order of their first appearance: the order that the reference has,
 * and rounding depends on it. O(levels log levels).
 *
 * @param totals time at each level
 * @param firsts when each level first appeared
 */
export function totalTime(totals: Float64Array, firsts: Float64Array): number {
  const order = Uint32Array.from(totals, (_, i) => i).sort((a, b) => firsts[a] - firsts[b] || a - b);
  let sum = 0;
  for (const i of order) sum += totals[i];
  return sum;
}

/**
 * The time-weighted percentile of a level: the first, ascending, whose running total reaches `p * 0.01 * total`, in that order of
 * operations. 0 where the total is not positive; the last level where rounding lets none reach it. O(levels).
 *
 * @param levels ascending
 * @param totals time at each level
 * @param total see `totalTime`
 * @param p from 0 to 100
 */
export function percentileLevel(levels: Int32Array, totals: Float64Array, total: number, p: number): number {
  if (!(total > 0)) return 0;
  const target = p * 0.01 * total;
  let running = 0;
  for (let i = 0; i < levels.length; i++) {
    running += totals[i];
    if (running >= target) return levels[i];
  }
  return levels[levels.length - 1];
}
