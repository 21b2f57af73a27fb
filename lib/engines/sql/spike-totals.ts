import { query } from "./query.js";
import type { Order } from "./running.js";
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
  const g = order.isGrouped ? "swept.g AS g, " : "";
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
  return query(
    [...calls, ...sweepCtes(swept, order)],
    `SELECT ${g}${[count, ...pairs].join(", ")}\nFROM swept${join} WHERE level >= ${threshold}${order.isGrouped ? " GROUP BY swept.g" : ""}`,
  );
}
