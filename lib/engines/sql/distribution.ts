import { query } from "./query.js";
import type { Order } from "./running.js";
import { sweepCtes } from "./sweep.js";

/** Time at each level, and when it was first reached. */
export function distributionSql(calls: readonly string[], order: Order): string {
  const g = order.isGrouped ? "g, " : "";
  return query(
    [...calls, ...sweepCtes({}, order)],
    `SELECT ${g}CAST(level AS BIGINT) AS concurrency, sum(next_t - t) AS total_time, min(t) AS first_time
FROM swept WHERE next_t > t GROUP BY ${g}level ORDER BY ${g}level`,
  );
}
