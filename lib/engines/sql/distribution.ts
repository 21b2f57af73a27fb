import { query } from "./query.js";
import type { Order } from "./running.js";
import { shownGroup } from "./shown-group.js";
import { sweepCtes } from "./sweep.js";

const levelCtes = (order: Order): string[] => {
  const g = order.isGrouped ? "g, " : "";
  const columns = `${g}CAST(level AS BIGINT) AS concurrency, sum(next_t - t) AS total_time, min(t) AS first_time`;
  return [...sweepCtes({}, order), `levels AS (SELECT ${columns} FROM swept WHERE next_t > t GROUP BY ${g}level)`];
};

/** Time at each level, and when it was first reached. */
export function distributionSql(calls: readonly string[], order: Order): string {
  const g = order.isGrouped ? "g, " : "";
  return query(
    [...calls, ...levelCtes(order)],
    `SELECT ${g}concurrency, total_time, first_time FROM levels ORDER BY ${g}concurrency`,
  );
}

/** The whole table: also the shares of all time. */
export function distributionTableSql(calls: readonly string[], order: Order, group?: string): string {
  const [partition, g] = order.isGrouped ? ["PARTITION BY g", "g, "] : ["", ""];
  const all = `sum(total_time) OVER (${partition})`;
  const below = `sum(total_time) OVER (${[partition, "ORDER BY concurrency"].join(" ").trim()})`;
  return query(
    [...calls, ...levelCtes(order)],
    `SELECT ${shownGroup(order.isGrouped, group)}concurrency, total_time, total_time / ${all} AS share,
  least(1e0, ${below} / ${all}) AS cumulative_share, first_time
FROM levels ORDER BY ${g}concurrency`,
  );
}
