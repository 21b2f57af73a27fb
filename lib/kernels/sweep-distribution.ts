import { placed } from "./bounds.js";
import { sortChanges } from "./changes.js";
import type { Distribution } from "./distribution.js";

/**
 * The distribution of `sweep`'s segments, without making these: the same levels, totals, first times and order of additions.
 * O(n) behind the sort, O(n log n) at worst.
 *
 * @param starts n times, in any order
 * @param ends n times, row by row with the starts
 * @param coalesce take neighbours of equal level as one segment
 */
export function sweepDistribution(starts: Float64Array, ends: Float64Array, coalesce: boolean): Distribution {
  const bounds = placed(starts, ends);
  const { times, steps } = sortChanges(bounds.starts, bounds.ends);

  let totals: Float64Array = new Float64Array(64); // by level; longer where the peak outgrows it
  let firsts: Float64Array = new Float64Array(64).fill(NaN);
  let level = 0;
  let last = NaN; // the last breakpoint
  let begin = NaN; // where the segment at hand began …
  let inForce = -1; // … and its level; none before the second breakpoint

  for (let k = 0; k < times.length; k++) {
    const time = times[k];
    if (time !== last) {
      // no more happens at the last breakpoint: its level is in force from there on
      if (last === last && (inForce < 0 || !coalesce || level !== inForce)) {
        if (inForce >= 0) totals[inForce] += last - begin;
        if (firsts[level] !== firsts[level]) firsts[level] = last;
        begin = last;
        inForce = level;
      }
      last = time;
    }
    level += steps[k];
    if (level === totals.length) {
      totals = twice(totals, 0);
      firsts = twice(firsts, NaN);
    }
  }
  if (inForce >= 0) totals[inForce] += last - begin;

  const levels = Int32Array.from(firsts.keys()).filter((k) => firsts[k] === firsts[k]);
  return {
    levels,
    totals: Float64Array.from(levels, (k) => totals[k]),
    firsts: Float64Array.from(levels, (k) => firsts[k]),
  };
}

function twice(values: Float64Array, filler: number): Float64Array {
  const wider = new Float64Array(2 * values.length).fill(filler, values.length);
  wider.set(values);
  return wider;
}
