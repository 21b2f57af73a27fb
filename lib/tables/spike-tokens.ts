import type { ColumnTable } from "arquero";
import { activeRanges, countActive, onceForCall } from "../kernels/active.js";
import { type Column, number, text } from "./column.js";
import { Reader } from "./read.js";
import { hasStretches } from "./counting.js";
import { table } from "./own-table.js";
import { type Intervals, readSpikes } from "./spikes.js";

export const spikeTokensColumns: readonly Column[] = [
  text("metric", "`prompt_tokens` or `total_tokens`"),
  number(
    "mean_in_spikes",
    "tokens",
    "mean over all pairs of a spike and a call active in it that has any; 0 where there are none",
  ),
  number("pairs", "", "how many such pairs there are"),
];

/**
 * What spikes cost in tokens: the mean over all (spike, active call) pairs whose count is above 0, so a call counts once for every spike
 * it spans. Not O(spikes × calls): the spikes of a call are a range. Expected O(spikes + calls); exact for whole numbers up to 2^53 in all.
 *
 * @param spikes a `spikes` table, in the order of time
 * @param calls a table with start_time and end_time, and prompt_tokens and total_tokens where known; rows of one call_id that follow each
 *   other are one call (see `exclusiveIntervals`)
 * @returns the `spike_tokens` table
 * @throws TableError if a column is missing; OptionError if spikes overlap
 * @example
 * const calls = table({ start_time: [0, 1], end_time: [2, 3], prompt_tokens: [10, 30], total_tokens: [15, 45] });
 * const spikes = detectConcurrencySpikes(buildConcurrencySegments(calls), 2);
 * correlateSpikeCalls(spikes, calls).array("mean_in_spikes"); // [20, 30]
 */
export function correlateSpikeCalls(spikes: ColumnTable, calls: ColumnTable): ColumnTable {
  const intervals = readSpikes(spikes, "correlateSpikeCalls");
  const read = new Reader(calls, "correlateSpikeCalls");
  const counts = countSpikes(read, intervals);
  const metrics = ["prompt_tokens", "total_tokens"];
  const means = metrics.map((metric) => meanOverPairs(counts, read.numbersIfAny(metric) ?? new Float64Array(0)));
  return table({
    metric: metrics,
    mean_in_spikes: Float64Array.from(means, (m) => m.mean),
    pairs: Float64Array.from(means, (m) => m.pairs),
  });
}

/** In how many spikes each row is active; of the rows of one call only the first in each. */
function countSpikes(read: Reader, spikes: Intervals): Int32Array {
  const [starts, ends] = [read.numbers("start_time"), read.numbers("end_time")];
  const calls = read.has("call_id") ? read.ints("call_id") : undefined;
  if (!calls || !hasStretches(calls)) return countActive(starts, ends, spikes.starts, spikes.ends);
  const { from, to } = onceForCall(activeRanges(starts, ends, spikes.starts, spikes.ends), calls);
  return from.map((first, i) => to[i] - first);
}

function meanOverPairs(counts: Int32Array, tokens: Float64Array): { mean: number; pairs: number } {
  let pairs = 0;
  let sum = 0;
  for (let i = 0; i < tokens.length; i++) {
    if (counts[i] > 0 && tokens[i] > 0) {
      pairs += counts[i];
      sum += counts[i] * tokens[i];
    }
  }
  return { mean: pairs > 0 ? sum / pairs : 0, pairs };
}
