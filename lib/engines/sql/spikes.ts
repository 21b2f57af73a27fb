import { query } from "./query.js";
import { type Order, runningCtes } from "./running.js";
import { borderCtes } from "./segments.js";
import { shownGroup } from "./shown-group.js";
import { thresholdIn, type Thresholds } from "./thresholds.js";

/** The CTE `spikes`: between two borders of spikes lies a spike or none, so the next border ends it. */
const spikeCtes = (thresholds: Thresholds, order: Order): string[] => [
  ...borderCtes(order, thresholdIn(thresholds, "swept")),
  ...runningCtes({ name: "spikes", from: "borders", keep: ["level", "is_spike"], sums: { nth: "is_spike" } }, order),
];

/** So many of the spikes with most in flight, then the longest, then the first; `spike_id` is the place in time among all. */
export function spikesSql(calls: readonly string[], thresholds: Thresholds, most: number, order: Order): string {
  const g = order.isGrouped ? "g, " : "";
  return query(
    [...calls, ...spikeCtes(thresholds, order)],
    `SELECT ${g}CAST(nth - 1 AS BIGINT) AS spike_id, t AS start_time, next_t AS end_time, CAST(level AS BIGINT) AS concurrency
FROM spikes WHERE is_spike = 1 ORDER BY level DESC, next_t - t DESC, t LIMIT ${most}`,
  );
}

/** The whole table, in the order of time. */
export function spikesTableSql(calls: readonly string[], thresholds: Thresholds, order: Order, group?: string): string {
  return query(
    [...calls, ...spikeCtes(thresholds, order)],
    `SELECT ${shownGroup(order.isGrouped, group)}CAST(nth - 1 AS BIGINT) AS spike_id, t AS start_time, next_t AS end_time, next_t - t AS duration,
  CAST(level AS BIGINT) AS concurrency, CAST(level AS BIGINT) AS active_calls
FROM spikes WHERE is_spike = 1 ORDER BY ${order.isGrouped ? "g, " : ""}t`,
  );
}
