import { gridOver, lastAtOrBefore } from "./rank.js";

/**
 * The level of the segment that holds the midpoint of each call, `0.5 * (start + end)` exactly so computed.
 * 0 where a call has no length or a bound is missing, and outside all segments. Expected O(calls + segments).
 *
 * @param starts n times of calls
 * @param ends n times of calls
 * @param from m times, where each segment starts, ascending
 * @param to m times, where each segment ends (half-open)
 * @param levels m levels
 */
export function midpointLevels(
  starts: Float64Array,
  ends: Float64Array,
  from: Float64Array,
  to: Float64Array,
  levels: Int32Array,
): Int32Array {
  const out = new Int32Array(starts.length);
  if (from.length === 0) return out;
  const grid = gridOver(from);
  for (let i = 0; i < out.length; i++) {
    if (!(starts[i] < ends[i])) continue;
    const middle = 0.5 * (starts[i] + ends[i]);
    const k = lastAtOrBefore(grid, middle);
    if (k >= 0 && middle < to[k]) out[i] = levels[k];
  }
  return out;
}
