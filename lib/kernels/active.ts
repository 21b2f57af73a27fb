import { type Grid, gridOver, lastAtOrBefore, lastBeforeBoth } from "./rank.js";

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

/** Cells of the grid to an interval: spikes lie close together in a tenth of the time. */
const CELLS = 2;

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
  const ranges = { from: new Int32Array(n), to: new Int32Array(n) };
  if (from.length === 0) return ranges;
  const grid = gridOver(from, CELLS);
  for (let i = 0; i < n; i++) {
    const first = firstActive(grid, to, starts[i]);
    const last = afterActive(grid, ends[i]);
    ranges.from[i] = first;
    ranges.to[i] = last < first || ends[i] < starts[i] ? first : last;
  }
  return ranges;
}

/** In how many intervals each call is active: the lengths of its `activeRanges`. Expected O(calls + intervals). */
export function countActive(
  starts: Float64Array,
  ends: Float64Array,
  from: Float64Array,
  to: Float64Array,
): Int32Array {
  const counts = new Int32Array(starts.length);
  if (from.length === 0) return counts;
  const grid = gridOver(from, CELLS);
  for (let i = 0; i < counts.length; i++) {
    const start = starts[i];
    const end = ends[i];
    const before = lastBeforeBoth(grid, start, end);
    if (before >= 0) {
      // none begins during the call: the last one before it may go on
      counts[i] = Number(to[before] > start);
      continue;
    }
    const count = afterActive(grid, end) - firstActive(grid, to, start);
    if (count > 0 && !(end < start)) counts[i] = count;
  }
  return counts;
}

/** The first interval that has not ended by the start of a call; the grid is over where they begin. */
function firstActive(grid: Grid, to: Float64Array, start: number): number {
  const last = lastAtOrBefore(grid, start);
  return last < 0 || to[last] <= start ? last + 1 : last;
}

/** The first interval that does not begin before the end of a call; none if that is missing. */
function afterActive(grid: Grid, end: number): number {
  if (end !== end) return grid.bounds.length;
  const last = lastAtOrBefore(grid, end);
  return last < 0 || grid.bounds[last] < end ? last + 1 : last;
}

/**
 * Ranges in which rows of one call, that follow each other, take each interval once: in the first row that is active in it.
 *
 * @param ranges see `activeRanges`
 * @param calls the call of each row; rows of one call follow each other, ascending in time
 */
export function onceForCall({ from, to }: ActiveRanges, calls: Int32Array): ActiveRanges {
  const first = from.slice();
  const last = to.slice();
  for (let i = 1; i < calls.length; i++) {
    if (calls[i] !== calls[i - 1]) continue;
    first[i] = Math.max(first[i], last[i - 1]);
    last[i] = Math.max(first[i], last[i]);
  }
  return { from: first, to: last };
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
