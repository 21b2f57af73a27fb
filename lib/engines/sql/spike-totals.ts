import { query } from "./query.js";
import type { Order } from "./running.js";
import { shownGroup } from "./shown-group.js";
import { sweepCtes } from "./sweep.js";
import { thresholdIn, type Thresholds } from "./thresholds.js";

/** The columns of tokens whose means are taken. */
export type TokenColumn = "prompt" | "total";

/**
 * How many spikes there are, and for each column of tokens the (spike, active call) pairs with any, and their sum. No join of spikes with calls: active
 * in a spike are the calls in flight where it begins, whose number and tokens are running totals, and those that start within it.
 */
export function spikeTotalsSql(
  calls: readonly string[],
  tokens: readonly TokenColumn[],
  thresholds: Thresholds,
  order: Order,
): string {
  const { ctes, columns, join, threshold } = totals(tokens, thresholds, order);
  const g = order.isGrouped ? "swept.g AS g, " : "";
  return query(
    [...calls, ...ctes],
    `SELECT ${g}${columns}\nFROM swept${join} WHERE level >= ${threshold}${order.isGrouped ? " GROUP BY swept.g" : ""}`,
  );
}

/** The table `spike_tokens`, also of groups without a spike. */
export function spikeTokensTableSql(
  calls: readonly string[],
  tokens: readonly TokenColumn[],
  threshold: number,
  order: Order,
  group?: string,
): string {
  const { ctes, columns } = totals(tokens, threshold, order);
  const [g, groups] = order.isGrouped ? ["g, ", " GROUP BY g"] : ["", ""];
  const arm = (name: TokenColumn, place: number) => {
    const [mean, pairs] = tokens.includes(name)
      ? [`CASE WHEN ${name}_pairs > 0 THEN ${name}_tokens / ${name}_pairs ELSE 0e0 END`, `${name}_pairs`]
      : ["0e0", "0e0"];
    return `SELECT ${g}${place} AS place, '${name}_tokens' AS metric, ${mean} AS mean_in_spikes, ${pairs} AS pairs FROM totals`;
  };
  return query(
    [
      ...calls,
      ...ctes,
      `totals AS (SELECT ${g}${columns} FROM swept${groups})`,
      `metrics AS (${[arm("prompt", 1), arm("total", 2)].join(" UNION ALL ")})`,
    ],
    `SELECT ${shownGroup(order.isGrouped, group)}metric, mean_in_spikes, pairs FROM metrics ORDER BY ${g}place`,
  );
}

function totals(tokens: readonly TokenColumn[], thresholds: Thresholds, order: Order) {
  const { join, threshold } = thresholdIn(thresholds, "swept");
  const columns = Object.fromEntries(
    tokens.flatMap((name) => [
      [`${name}_one`, `CASE WHEN ${name} > 0 THEN x ELSE 0 END`],
      [`${name}_some`, `CASE WHEN ${name} > 0 THEN x * ${name} ELSE 0 END`],
    ]),
  );
  const sums = Object.fromEntries(
    tokens.flatMap((name) => [
      [`${name}_calls`, `${name}_one`],
      [`${name}_tokens`, `${name}_some`],
    ]),
  );
  const swept = { columns, sums, keep: ["x", ...Object.keys(columns)], before: "level" };
  const begins = `level >= ${threshold} AND (before IS NULL OR level <> before) AND next_t > t`;
  const within = `x = 1 AND level >= ${threshold} AND level = before`;
  const pairs = tokens.flatMap((name) =>
    [
      ["calls", "one", "pairs"],
      ["tokens", "some", "tokens"],
    ].map(
      ([running, own, as]) =>
        `CAST(coalesce(sum(CASE WHEN ${begins} THEN ${name}_${running} WHEN ${within} THEN ${name}_${own} ELSE 0 END), 0) AS DOUBLE) AS ${name}_${as}`,
    ),
  );
  const count = `CAST(coalesce(sum(CASE WHEN ${begins} THEN 1 ELSE 0 END), 0) AS BIGINT) AS spikes`;
  return { ctes: sweepCtes(swept, order), columns: [count, ...pairs].join(", "), join, threshold };
}
