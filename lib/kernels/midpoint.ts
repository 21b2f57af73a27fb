import { rank } from "./rank.js";

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
  const n = starts.length;
  const middles = new Float64Array(n);
  for (let i = 0; i < n; i++) middles[i] = starts[i] < ends[i] ? 0.5 * (starts[i] + ends[i]) : NaN;

  // how many segments start at or before the midpoint; the last of them is the one that can hold it
  const out = rank(from, middles, true);
  for (let i = 0; i < n; i++) {
    const k = out[i] - 1;
    out[i] = k >= 0 && middles[i] < to[k] ? levels[k] : 0;
  }
  return out;
}
