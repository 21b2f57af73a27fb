import { argsort } from "./argsort.js";
import { takeInts, takeNumbers } from "./take.js";

/** What was in flight at each level that lasted, levels ascending. */
export interface LevelTokens {
  readonly levels: Int32Array;
  /** time at the level: stretches in the order of time, each from where the level is reached to where it is left */
  readonly totals: Float64Array;
  /** tokens in flight, weighted by time; NaN at a level that lasts forever */
  readonly means: Float64Array;
  /** the most tokens in flight at once */
  readonly peaks: Float64Array;
}

interface Level {
  total: number;
  /** the sum of tokens × time */
  load: number;
  peak: number;
}

/**
 * Sweeps over calls as `sweep` does, with the tokens of those in flight beside their number: a call is in flight in `[start, end)`, and all
 * that happens at one time is one change. Calls without a place in time are left out; a call of no length is a breakpoint without a change.
 * A count that is missing or endless is 0. What is in flight is summed with Neumaier's compensation, so that a large count that has ended
 * takes nothing along. Exact for whole numbers while all sums stay below 2^53. Expected O(n), at worst O(n log n).
 *
 * @param starts n times, in any order
 * @param ends n times, row by row with the starts
 * @param tokens n counts, row by row with the starts
 */
export function tokensByLevel(starts: Float64Array, ends: Float64Array, tokens: Float64Array): LevelTokens {
  const rows = Int32Array.from(starts.keys()).filter((i) => starts[i] <= ends[i]);
  const byStart = takeInts(rows, argsort(takeNumbers(starts, rows)), -1);
  const byEnd = takeInts(rows, argsort(takeNumbers(ends, rows)), -1);
  const n = rows.length;

  const found: Level[] = [];
  let inFlight = 0;
  let sum = 0; // of the tokens in flight …
  let lost = 0; // … and what rounding took from it
  const add = (value: number) => {
    const after = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - after + value : value - after + sum;
    sum = after;
  };
  let last = NaN; // the last breakpoint
  let begin = NaN; // where the level at hand was reached
  for (let i = 0, j = 0; j < n;) {
    // the next breakpoint: no call ends before it starts, so an end is left as long as a start is
    const time = i < n ? Math.min(starts[byStart[i]], ends[byEnd[j]]) : ends[byEnd[j]];
    const before = inFlight;
    if (time > last) {
      const level = (found[before] ??= { total: 0, load: 0, peak: -Infinity });
      level.load += (sum + lost) * (time - last);
      level.peak = Math.max(level.peak, sum + lost);
    }

    for (; i < n && starts[byStart[i]] === time; i++, inFlight++) add(countOf(tokens[byStart[i]]));
    for (; j < n && ends[byEnd[j]] === time; j++, inFlight--) add(-countOf(tokens[byEnd[j]]));
    // what rounding left of fractions
    if (inFlight === 0) sum = lost = 0;
    if (last !== last) begin = time;
    else if (inFlight !== before || j === n) {
      found[before].total += time - begin;
      begin = time;
    }
    last = time;
  }

  const levels = Int32Array.from(found.keys()).filter((level) => level in found);
  const of = (value: (level: Level) => number) => Float64Array.from(levels, (level) => value(found[level]));
  return {
    levels,
    totals: of(({ total }) => total),
    means: of(({ load, total }) => (total < Infinity ? load / total : NaN)),
    peaks: of(({ peak }) => peak),
  };
}

const countOf = (tokens: number): number => (Number.isFinite(tokens) ? tokens : 0);
