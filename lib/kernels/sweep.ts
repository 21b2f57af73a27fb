import { placed } from "./bounds.js";
import { sort } from "./sort.js";

/** Segment k is `[times[k], times[k + 1])` with `levels[k]` calls in flight; there is one level fewer than times. */
export interface Sweep {
  readonly times: Float64Array;
  readonly levels: Int32Array;
}

/**
 * Sweeps over the calls: +1 at each start, −1 at each end, equal times taken together.
 *
 * Every distinct time is a breakpoint; with `coalesce` only those at which the level changes, and the first and the last. A call of no
 * length is a breakpoint without a change. Calls without a place in time (NaN, or end before start) are left out. The last level is always 0 and has no segment.
 * O(n) behind the sort, O(n log n) at worst.
 *
 * @param starts n times, in any order
 * @param ends n times, row by row with the starts
 * @param coalesce join neighbours of equal level
 */
export function sweep(starts: Float64Array, ends: Float64Array, coalesce: boolean): Sweep {
  const bounds = placed(starts, ends);
  const s = sort(bounds.starts);
  const e = sort(bounds.ends);
  const n = s.length;
  if (n === 0) return { times: new Float64Array(0), levels: new Int32Array(0) };

  const times = new Float64Array(2 * n); // at most one breakpoint an event
  const levels = new Int32Array(2 * n); // levels[k]: in flight from times[k] on
  let count = 0;
  let level = 0;
  let last = NaN;
  let before = 0; // the level in force before the last breakpoint

  // walk the ends; for each, first the starts that come before it or with it
  for (let i = 0, j = 0; j < n; j++) {
    const end = e[j];
    while (i < n && s[i] <= end) {
      const start = s[i++];
      if (start !== last) {
        if (coalesce && count > 1 && level === before) count--;
        before = level;
        times[count++] = last = start;
      }
      levels[count - 1] = ++level;
    }
    if (end !== last) {
      if (coalesce && count > 1 && level === before) count--;
      before = level;
      times[count++] = last = end;
    }
    levels[count - 1] = --level;
  }
  return { times: trim(times, count), levels: trim(levels, Math.max(0, count - 1)) };
}

/** The first `length` values: a view, or a copy where a view would hold on to much more than it shows. */
function trim<A extends Float64Array | Int32Array>(values: A, length: number): A {
  const enough = length * 4 >= values.length * 3;
  return (enough ? values.subarray(0, length) : values.slice(0, length)) as A;
}
