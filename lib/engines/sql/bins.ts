import { doubleLiteral, textLiteral } from "./literals.js";
import { query } from "./query.js";
import type { Order } from "./running.js";
import { sweepCtes } from "./sweep.js";

/**
 * When each of so many equal stretches of time begins; none where they would last no time.
 *
 * @param start seconds
 * @param end seconds
 */
export function binStarts(start: number, end: number, bins: number): Float64Array {
  const span = end - start;
  return Float64Array.from({ length: span > 0 && span < Infinity ? bins : 0 }, (_, k) => start + (span * k) / bins);
}

/**
 * The calls in flight in each stretch of time, as the area below the curve and the most: where a bin begins, a row of no change is swept with the calls,
 * so that no stretch of constant concurrency lies in two bins. Bins are counted from 1.
 *
 * @param starts of the bins of each group, as `calls` has its name
 */
export function binsSql(
  calls: readonly string[],
  starts: ReadonlyMap<string, Float64Array>,
  order: Order,
): string {
  const g = order.isGrouped ? "g, " : "";
  const rows = Array.from(starts, ([group, times]) =>
    Array.from(times, (time) => `(${order.isGrouped ? `${textLiteral(group)}, ` : ""}${doubleLiteral(time)})`),
  ).flat();
  const more = `SELECT ${g}t, 0 AS x, 1 AS begins FROM (VALUES ${rows.join(", ")}) AS bin_starts (${g}t)`;
  return query(
    [...calls, ...sweepCtes({ columns: { begins: "0" }, sums: { bin: "begins" }, more }, order)],
    `SELECT ${g}CAST(bin AS BIGINT) AS bin, sum(level * (next_t - t)) AS area, CAST(max(level) AS BIGINT) AS peak
FROM swept WHERE next_t > t GROUP BY ${g}bin ORDER BY ${g}bin`,
  );
}
