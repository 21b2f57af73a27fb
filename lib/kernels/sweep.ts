import { placed } from "./bounds.js";
import { sort } from "./sort.js";

/** Segment k is `[times[k], times[k + 1])`, `durations[k]` long, with `levels[k]` calls in flight; there is one segment fewer than times. */
export interface Sweep {
  readonly times: Float64Array;
  readonly durations: Float64Array;
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

  const times = new Float64Array(2 * n); // at most one breakpoint an event
  const levels = new Int32Array(2 * n); // levels[k]: in flight from times[k] on
  let last = -1; // the last breakpoint …
  let time = NaN; // … and its time
  let before = 0; // the level in force before it
  let level = 0;

  // walk the ends; for each, first the starts that come before it or with it
  for (let i = 0, j = 0; j < n; j++) {
    const end = e[j];
    while (i < n && s[i] <= end) {
      const start = s[i++];
      if (start !== time) {
        if (coalesce && last > 0 && level === before) last--;
        before = level;
        times[++last] = time = start;
      }
      levels[last] = ++level;
    }
    if (end !== time) {
      if (coalesce && last > 0 && level === before) last--;
      before = level;
      times[++last] = time = end;
    }
    levels[last] = --level;
  }

  // in a pass of its own: in the walk, where no branch can be foreseen, it takes three times as long
  const durations = new Float64Array(Math.max(0, last));
  for (let k = 0; k < last; k++) durations[k] = times[k + 1] - times[k];
  return { times: trim(times, last + 1), durations, levels: trim(levels, durations.length) };
}

/** The first `length` values: a view, or a copy where a view would hold on to much more than it shows. */
function trim<A extends Float64Array | Int32Array>(values: A, length: number): A {
  const enough = length * 4 >= values.length * 3;
  return (enough ? values.subarray(0, length) : values.slice(0, length)) as A;
}
