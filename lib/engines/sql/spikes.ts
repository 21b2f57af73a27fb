import { query } from "./query.js";
import { type Order, runningCtes } from "./running.js";
import { borderCtes } from "./segments.js";
import { thresholdIn, type Thresholds } from "./thresholds.js";

/** So many of the spikes with most in flight, then the longest, then the first; `spike_id` is the place in time among all. */
export function spikesSql(calls: readonly string[], thresholds: Thresholds, most: number, order: Order): string {
  const g = order.isGrouped ? "g, " : "";
  const around = thresholdIn(thresholds, "swept");
  // between two borders of spikes lies a spike or none, so the next border ends it
  const spikes = runningCtes(
    { name: "spikes", from: "borders", keep: ["level", "is_spike"], sums: { nth: "is_spike" } },
    order,
  );
  return query(
    [...calls, ...borderCtes(order, around), ...spikes],
    `SELECT ${g}CAST(nth - 1 AS BIGINT) AS spike_id, t AS start_time, next_t AS end_time, CAST(level AS BIGINT) AS concurrency
FROM spikes WHERE is_spike = 1 ORDER BY level DESC, next_t - t DESC, t LIMIT ${most}`,
  );
}
