import { query } from "./query.js";
import { type Order, runningCtes } from "./running.js";
import { shownGroup } from "./shown-group.js";
import { sweepCtes } from "./sweep.js";

/** The last row of a time: it stands for the stretch that begins there. */
const LAST_OF_TIME = "(next_t > t OR next_t IS NULL)";
/** Where the level changes, and the first and the last time of all. */
const BORDER = `${LAST_OF_TIME} AND (before IS NULL OR next_t IS NULL OR level <> before)`;

/** The CTE `borders`, between which the segments lie; only those around spikes, if it is told which are. */
export const borderCtes = (order: Order, around?: { readonly join: string; readonly threshold: string }): string[] => {
  const keys = [...(order.isGrouped ? ["swept.g"] : []), "t", "level", ...(order.bounds === undefined ? [] : ["b"])];
  const spikes = around ? ` AND (level >= ${around.threshold} OR before >= ${around.threshold})` : "";
  const isSpike = around ? `, CASE WHEN level >= ${around.threshold} THEN 1 ELSE 0 END AS is_spike` : "";
  const select = `SELECT ${keys.join(", ")}${isSpike} FROM swept${around?.join ?? ""} WHERE ${BORDER}${spikes}`;
  return [...sweepCtes({ before: "level" }, order), `borders AS (${select})`];
};

/**
 * The stretches of constant concurrency, neighbours of equal level joined.
 *
 * @param group as `shownGroup` takes it
 */
export function segmentsSql(calls: readonly string[], order: Order, group?: string): string {
  return query(
    [
      ...calls,
      ...borderCtes(order),
      ...runningCtes({ name: "segments", from: "borders", keep: ["level"], sums: {} }, order),
    ],
    `SELECT ${shownGroup(order.isGrouped, group)}t AS start_time, next_t AS end_time, next_t - t AS duration, CAST(level AS INTEGER) AS concurrency
FROM segments WHERE next_t IS NOT NULL`,
  );
}
