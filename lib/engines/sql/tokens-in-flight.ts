import { query } from "./query.js";
import type { Order } from "./running.js";
import { shownGroup } from "./shown-group.js";
import { sweepCtes } from "./sweep.js";

/**
 * Time at each level, and the tokens in flight then: their mean over time, and the most.
 *
 * @param hasTotals whether the calls have a column of tokens; else there are none
 * @param group as `shownGroup` takes it
 */
export function tokensInFlightSql(calls: readonly string[], hasTotals: boolean, order: Order, group?: string): string {
  const g = order.isGrouped ? "g, " : "";
  const swept = { columns: { flowing: hasTotals ? "x * coalesce(total, 0)" : "0" }, sums: { tokens: "flowing" } };
  return query(
    [...calls, ...sweepCtes(swept, order)],
    `SELECT ${shownGroup(order.isGrouped, group)}CAST(level AS BIGINT) AS concurrency, sum(next_t - t) AS total_time,
  sum(CAST(tokens AS DOUBLE) * (next_t - t)) / sum(next_t - t) AS mean_tokens, CAST(max(tokens) AS DOUBLE) AS peak_tokens
FROM swept WHERE next_t > t GROUP BY ${g}level ORDER BY ${g}level`,
  );
}
