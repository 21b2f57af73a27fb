import { type Order, type Running, runningCtes } from "./running.js";

/** What a sweep over calls is to tell besides how many are in flight. */
export interface Swept extends Pick<Running, "keep" | "before"> {
  /** further columns of the events, as expressions over a call (`s`, `e`, `prompt`, …) and `x`: +1 at a start, −1 at an end, 0 at a midpoint */
  readonly columns?: Readonly<Record<string, string>>;
  /** further running totals, as expressions over those columns */
  readonly sums?: Readonly<Record<string, string>>;
  /** a row of no change at the midpoint of each call */
  readonly midpoints?: boolean;
  /** further rows, as a SELECT of `g` where there are groups, `t`, `x` and the columns */
  readonly more?: string;
}

/**
 * The CTEs up to `swept`, over the CTE `calls`: a row for each start, end and midpoint, with `level`, the calls in flight from its time on; each row of
 * the source is read once, and split. Rows whose `next_t` is greater than `t` stand for stretches of constant concurrency.
 */
export function sweepCtes(swept: Swept, order: Order): string[] {
  const { columns = {}, sums = {}, midpoints = false, keep = [], before, more } = swept;
  const groups = order.isGrouped ? ["g"] : [];
  const arms = midpoints ? "(1), (-1), (0)" : "(1), (-1)";
  const time = `CASE x WHEN 1 THEN s WHEN -1 THEN e ${midpoints ? "ELSE 0.5e0 * (s + e) " : ""}END AS t`;
  const own = Object.entries(columns).map(([name, sql]) => `${sql} AS ${name}`);
  const select = `SELECT ${[...groups, time, "x", ...own].join(", ")} FROM calls CROSS JOIN (VALUES ${arms}) AS arms (x)`;
  const events = more === undefined ? select : `${select} UNION ALL ${more}`;
  const { bounds, dialect } = order;
  const ctes =
    bounds === undefined
      ? [`events AS (${events})`]
      : [
          `timed_events AS (${events})`,
          `events AS (SELECT timed_events.*, ${dialect.bucketOf("t", bounds)} AS b FROM timed_events)`,
        ];
  return [
    ...ctes,
    ...runningCtes(
      { name: "swept", from: "events", keep, sums: { level: "x", ...sums }, ...(before && { before }) },
      order,
    ),
  ];
}
