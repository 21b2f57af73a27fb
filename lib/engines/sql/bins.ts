import { doubleLiteral, textLiteral } from "./literals.js";
import { query } from "./query.js";
import type { Order } from "./running.js";
import { sweepCtes } from "./sweep.js";

/**
 * The calls in flight in each stretch of time, as the area below the curve and the most: where a bin begins, a row of no change is swept with the calls,
 * so that no stretch of constant concurrency lies in two bins. Bins are counted from 1; one that is too narrow for a float is left
 * out, and has the level with which the next one begins.
 *
 * @param borders of the bins of each group, as `calls` has its name, the end of the last one too
 */
export function binsSql(calls: readonly string[], borders: ReadonlyMap<string, Float64Array>, order: Order): string {
  const g = order.isGrouped ? "g, " : "";
  const rows = Array.from(borders, ([group, times]) =>
    Array.from(
      times.subarray(0, -1),
      (time) => `(${order.isGrouped ? `${textLiteral(group)}, ` : ""}${doubleLiteral(time)})`,
    ),
  ).flat();
  const more = `SELECT ${g}t, 0 AS x, 1 AS begins FROM (VALUES ${rows.join(", ")}) AS bin_starts (${g}t)`;
  return query(
    [...calls, ...sweepCtes({ columns: { begins: "0" }, sums: { bin: "begins" }, more }, order)],
    `SELECT ${g}CAST(bin AS BIGINT) AS bin, sum(level * (next_t - t)) AS area, CAST(max(level) AS BIGINT) AS peak,
  CAST(min_by(level, t) AS BIGINT) AS first_level, CAST(max_by(level, t) AS BIGINT) AS last_level
FROM swept WHERE next_t > t GROUP BY ${g}bin ORDER BY ${g}bin`,
  );
}
