import { query } from "./query.js";
import type { Order } from "./running.js";
import { shownGroup } from "./shown-group.js";
import { sweepCtes } from "./sweep.js";

/**
 * Calls and their mean duration by how many were in flight at their midpoint; a call of no length stands at 0.
 *
 * @param group as `shownGroup` takes it
 */
export function latencyByConcurrencySql(calls: readonly string[], order: Order, group?: string): string {
  const g = order.isGrouped ? "g, " : "";
  const swept = {
    columns: { latency: "CASE WHEN x = 0 THEN e - s END" },
    keep: ["latency"],
    midpoints: true,
  };
  const level = "CASE WHEN latency = 0 THEN 0 ELSE level END";
  return query(
    [...calls, ...sweepCtes(swept, order)],
    `SELECT ${shownGroup(order.isGrouped, group)}CAST(${level} AS BIGINT) AS concurrency, count(*) AS calls, avg(latency) AS mean_latency
FROM swept WHERE latency IS NOT NULL GROUP BY ${g}${level} ORDER BY ${g}concurrency`,
  );
}
