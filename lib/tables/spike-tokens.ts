import { type ColumnTable, table } from "arquero";
import { countActive } from "../kernels/active.js";
import { type Column, number, text } from "./column.js";
import { Reader } from "./read.js";
import { readSpikes } from "./spikes.js";

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
 * @param calls a table with start_time and end_time, and prompt_tokens and total_tokens where known
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
  const counts = countActive(read.numbers("start_time"), read.numbers("end_time"), intervals.starts, intervals.ends);
  const metrics = ["prompt_tokens", "total_tokens"];
  const means = metrics.map((metric) => meanOverPairs(counts, read.numbersIfAny(metric) ?? new Float64Array(0)));
  return table({
    metric: metrics,
    mean_in_spikes: Float64Array.from(means, (m) => m.mean),
    pairs: Float64Array.from(means, (m) => m.pairs),
  });
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
