import { binOf } from "./bin-of.js";
import { doubleLiteral, textLiteral } from "./literals.js";
import { query } from "./query.js";
import type { Order } from "./running.js";
import { sweepCtes } from "./sweep.js";

/** Up to so many bins a row is compared with borders in less time than it takes to read it. */
const FEW = 1000;

/**
 * The calls in flight in stretches of time: a row for those of constant concurrency that lie in one bin, and one for each that reaches into others, from
 * `bin` to `until`; bins are counted from 1. Each row has the area below the curve, the most, the first and the last level, and its bounds, `t` and `next_t`.
 *
 * In groups, and where windows are cut into buckets anyway, a row of no change is swept where a bin begins, so that no stretch reaches into another bin.
 * One window over all calls has no room for more rows and sums: there times are compared with the borders.
 *
 * @param borders of the bins of each group, as `calls` has its name, the end of the last one too
 */
export function binsSql(calls: readonly string[], borders: ReadonlyMap<string, Float64Array>, order: Order): string {
  const { isGrouped, bounds } = order;
  const starts = Array.from(borders, ([group, times]) => [group, times.subarray(0, -1)] as const);
  const g = isGrouped ? "g, " : "";
  const binned = (bin: string, until: string) =>
    `binned AS (SELECT ${g}t, next_t, level, ${bin} AS bin, ${until} AS until FROM swept WHERE next_t > t)`;
  const [[, times]] = starts;
  const ctes =
    isGrouped || bounds !== undefined || times.length > FEW
      ? [...sweepCtes(cutAtBorders(starts, isGrouped), order), binned("nth", "nth")]
      : [...sweepCtes({}, order), binned(binOf("t", times), binOf("next_t", times))];
  return query(
    [...calls, ...ctes],
    `SELECT ${g}CAST(bin AS BIGINT) AS bin, CAST(until AS BIGINT) AS until, sum(level * (next_t - t)) AS area, CAST(max(level) AS BIGINT) AS peak,
  CAST(min_by(level, t) AS BIGINT) AS first_level, CAST(max_by(level, t) AS BIGINT) AS last_level, min(t) AS t, max(next_t) AS next_t
FROM binned GROUP BY ${g}bin, until ORDER BY ${g}t`,
  );
}

/** A sweep with a row of no change where each bin begins, and the number of those so far, `nth`. */
function cutAtBorders(starts: readonly (readonly [group: string, times: Float64Array])[], isGrouped: boolean) {
  const rows = starts.flatMap(([group, times]) =>
    Array.from(times, (time) => `(${isGrouped ? `${textLiteral(group)}, ` : ""}${doubleLiteral(time)})`),
  );
  const g = isGrouped ? "g, " : "";
  const more = `SELECT ${g}t, 0 AS x, 1 AS begins FROM (VALUES ${rows.join(", ")}) AS bin_starts (${g}t)`;
  return { columns: { begins: "0" }, sums: { nth: "begins" }, more };
}
