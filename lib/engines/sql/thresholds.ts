import { bigintLiteral, textLiteral } from "./literals.js";

/** From which concurrency on a segment is a spike: one for all, or one for each group as `calls` has it. */
export type Thresholds = number | ReadonlyMap<string, number>;

/** How a query over a table with the groups `g` finds the threshold of a row. */
export function thresholdIn(thresholds: Thresholds, table: string): { join: string; threshold: string } {
  if (typeof thresholds === "number") return { join: "", threshold: bigintLiteral(thresholds) };
  const rows = Array.from(thresholds, ([group, threshold]) => `(${textLiteral(group)}, ${bigintLiteral(threshold)})`);
  return {
    join: ` JOIN (VALUES ${rows.join(", ")}) AS thresholds (g, threshold) ON ${table}.g = thresholds.g`,
    threshold: "threshold",
  };
}
