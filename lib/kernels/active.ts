import { gridOver, lastAtOrBefore } from "./rank.js";

/** Call i is active in intervals `from[i]` to `to[i] − 1`. */
export interface ActiveRanges {
  readonly from: Int32Array;
  readonly to: Int32Array;
}

/**
 * Whether a call is active in `[start, end)`: it neither ended by the start nor starts at the end or later. So a missing start or end
 * keeps nothing out, and a call that ends before it starts is active nowhere.
 */
export function isActive(callStart: number, callEnd: number, start: number, end: number): boolean {
  return !(callEnd <= start || callStart >= end || callEnd < callStart);
}

/**
 * In which intervals each call is active, as a range of their positions; see `isActive`. Expected O(calls + intervals).
 *
 * @param starts n times of calls, NaN where missing
 * @param ends n times of calls, NaN where missing
 * @param from m times, ascending; each interval ends before the next starts, or at that instant
 * @param to m times, later than the starts
 */
export function activeRanges(
  starts: Float64Array,
  ends: Float64Array,
  from: Float64Array,
  to: Float64Array,
): ActiveRanges {
  const n = starts.length;
  const m = from.length;
  const ranges = { from: new Int32Array(n), to: new Int32Array(n) };
  if (m === 0) return ranges;
  const grid = gridOver(from);
  for (let i = 0; i < n; i++) {
    const start = starts[i];
    const end = ends[i];
    // the interval that began last by the start, and by the end: mostly the same
    const s = lastAtOrBefore(grid, start);
    const e = s + 1 < m && from[s + 1] <= end ? lastAtOrBefore(grid, end) : s;
    // the one may have ended by the start, the other begins too late if it begins with the end
    const first = s < 0 || to[s] <= start ? s + 1 : s;
    const last = end !== end ? m : e < 0 || from[e] < end ? e + 1 : e;
    ranges.from[i] = first;
    ranges.to[i] = last < first || end < start ? first : last;
  }
  return ranges;
}

/** How many (interval, call) pairs the ranges hold. */
export function countPairs(ranges: ActiveRanges): number {
  let pairs = 0;
  for (let i = 0; i < ranges.from.length; i++) pairs += ranges.to[i] - ranges.from[i];
  return pairs;
}

/** The calls active in interval k are `calls[offsets[k]]` to `calls[offsets[k + 1] − 1]`. */
export interface ActiveLists {
  readonly offsets: Float64Array;
  readonly calls: Int32Array;
}

/**
 * Lists the calls active in the intervals `first` to `last − 1`, each list in the order of `order`. O(calls + pairs).
 *
 * @param ranges see `activeRanges`
 * @param first the first interval wanted
 * @param last one past the last interval wanted
 * @param order the positions of the calls, in the wanted order; as they are if left out
 */
export function activeLists(ranges: ActiveRanges, first: number, last: number, order?: Int32Array): ActiveLists {
  const n = ranges.from.length;
  const offsets = new Float64Array(last - first + 1);

  // +1 where a call's range begins, −1 where it ends, then the running sum is the length of each list
  for (let i = 0; i < n; i++) {
    const from = Math.max(ranges.from[i], first);
    const to = Math.min(ranges.to[i], last);
    if (from < to) {
      offsets[from - first]++;
      offsets[to - first]--;
    }
  }
  let length = 0;
  let pairs = 0;
  for (let k = 0; k <= last - first; k++) {
    length += offsets[k];
    offsets[k] = pairs;
    pairs += length;
  }

  const calls = new Int32Array(pairs);
  const next = offsets.slice();
  for (let i = 0; i < n; i++) {
    const call = order ? order[i] : i;
    const from = Math.max(ranges.from[call], first) - first;
    const to = Math.min(ranges.to[call], last) - first;
    for (let k = from; k < to; k++) calls[next[k]++] = call;
  }
  return { offsets, calls };
}
