import { doubleLiteral } from "./literals.js";
import { query } from "./query.js";
import type { Order } from "./running.js";
import { shownGroup } from "./shown-group.js";
import { sweepCtes } from "./sweep.js";

/**
 * The table `bins` of a window: where a bin begins, and where the last one ends, a row of no change is swept with the calls, so that no stretch of
 * constant concurrency lies in two bins.
 *
 * @param borders of the bins, the end of the last one too, no two of them equal
 */
export function binsInWindowSql(calls: readonly string[], borders: Float64Array, order: Order, group?: string): string {
  const g = order.isGrouped ? "g, " : "";
  const groups = order.isGrouped ? "(SELECT DISTINCT g FROM calls) AS groups CROSS JOIN " : "";
  const rows = Array.from(
    borders.subarray(0, -1),
    (time, k) => `(${k + 1}, ${doubleLiteral(time)}, ${doubleLiteral(borders[k + 1])})`,
  );
  const last = doubleLiteral(borders[borders.length - 1]);
  const more = `SELECT ${g}t, 0 AS x, 1 AS begins FROM ${groups}bin_borders`;
  return query(
    [
      ...calls,
      `bins (bin, start_time, end_time) AS (VALUES ${rows.join(", ")})`,
      `bin_borders AS (SELECT start_time AS t FROM bins UNION ALL SELECT ${last} AS t)`,
      ...sweepCtes({ columns: { begins: "0" }, sums: { nth: "begins" }, more }, order),
    ],
    `SELECT ${shownGroup(order.isGrouped, group)}start_time, end_time, sum(level * (next_t - t)) / (end_time - start_time) AS mean_concurrency,
  CAST(max(level) AS BIGINT) AS peak_concurrency
FROM swept JOIN bins ON swept.nth = bins.bin WHERE next_t > t GROUP BY ${g}start_time, end_time ORDER BY ${g}start_time`,
  );
}
