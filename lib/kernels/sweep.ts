import { placed } from "./bounds.js";
import { sortChanges } from "./changes.js";

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
  // what is read lies at or behind what is written, so the breakpoints take the place of the changes
  const { times, steps: levels } = sortChanges(bounds.starts, bounds.ends); // levels[k]: in flight from times[k] on
  const durations = new Float64Array(times.length);
  let last = -1; // the last breakpoint …
  let time = NaN; // … and its time
  let before = 0; // the level in force before it
  let level = 0;
  for (let k = 0; k < times.length; k++) {
    const next = times[k];
    if (next !== time) {
      if (coalesce && last > 0 && level === before) last--;
      before = level;
      if (last >= 0) durations[last] = next - times[last];
      times[++last] = time = next;
    }
    levels[last] = level += levels[k];
  }

  const segments = Math.max(0, last);
  return { times: trim(times, last + 1), durations: trim(durations, segments), levels: trim(levels, segments) };
}

/** The first `length` values: a view, or a copy where a view would hold on to much more than it shows. */
function trim<A extends Float64Array | Int32Array>(values: A, length: number): A {
  const enough = length * 4 >= values.length * 3;
  return (enough ? values.subarray(0, length) : values.slice(0, length)) as A;
}
