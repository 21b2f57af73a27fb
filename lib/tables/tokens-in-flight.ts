import type { ColumnTable } from "arquero";
import { tokensByLevel } from "../kernels/tokens-by-level.js";
import { type Column, int, maybeNumber, number } from "./column.js";
import { table } from "./own-table.js";
import { Reader } from "./read.js";

export const tokensInFlightColumns: readonly Column[] = [
  int("concurrency", "calls", "a level, ascending; 0 is idle time between calls"),
  number("total_time", "s", "time at this level"),
  maybeNumber(
    "mean_tokens",
    "tokens",
    "mean in flight at this level, weighted by time; missing where it lasts forever",
  ),
  number("peak_tokens", "tokens", "most in flight at once at this level"),
];

/**
 * How many tokens were in flight at each number of calls in flight: the sum of total_tokens over the calls that run, a missing count being 0. As in
 * `distribution`, all that happens at one time is one change, a call of no length is in flight nowhere, and calls without a place in time
 * are left out. Exact for whole numbers while all sums stay below 2^53. Expected O(n), at worst O(n log n).
 *
 * @param calls a table with start_time, end_time and total_tokens
 * @param within only this stretch of time, in seconds, up to its borders also where it is idle
 * @returns the `tokens_in_flight` table
 * @throws TableError if a column is missing
 * @example
 * const calls = table({ start_time: [0, 1], end_time: [4, 3], total_tokens: [100, 500] });
 * tokensInFlight(calls).array("mean_tokens"); // [100, 600]
 */
export function tokensInFlight(calls: ColumnTable, within?: readonly [from: number, to: number]): ColumnTable {
  const read = new Reader(calls, "tokensInFlight");
  const whole = {
    starts: read.numbers("start_time"),
    ends: read.numbers("end_time"),
    tokens: read.numbers("total_tokens"),
  };
  const { starts, ends, tokens } = within ? cut(whole, within) : whole;
  const found = tokensByLevel(starts, ends, tokens);
  return table({
    concurrency: found.levels,
    total_time: found.totals,
    mean_tokens: found.means,
    peak_tokens: found.peaks,
  });
}

interface Calls {
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  readonly tokens: Float64Array;
}

/** Calls cut at the borders of a stretch: what lies outside ends before it starts. A call of no length marks each border, and nothing else. */
function cut({ starts, ends, tokens }: Calls, [from, to]: readonly [number, number]): Calls {
  const n = tokens.length;
  const inside = { starts: new Float64Array(n + 2), ends: new Float64Array(n + 2), tokens: new Float64Array(n + 2) };
  for (let i = 0; i < n; i++) {
    inside.starts[i] = Math.max(from, starts[i]);
    inside.ends[i] = Math.min(to, ends[i]);
    inside.tokens[i] = tokens[i];
  }
  for (const bounds of [inside.starts, inside.ends]) bounds.set([from, to], n);
  return inside;
}
