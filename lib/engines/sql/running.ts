import type { Dialect } from "./dialect.js";

/** How the rows of a sweep are put in order: all at once, or in buckets of time; each group by itself. */
export interface Order {
  readonly dialect: Dialect;
  readonly isGrouped: boolean;
  /** bounds of the buckets, ascending, as the SQL of an array: a list of literals, or a subquery; undefined for a plain window */
  readonly bounds: string | undefined;
}

/** What is asked of rows in the order of time. */
export interface Running {
  /** how the table is called that comes of it */
  readonly name: string;
  /** the table that it is made of: it has the time `t`, the group `g` where there are groups, and the bucket `b` where there are buckets */
  readonly from: string;
  /** columns that are kept */
  readonly keep?: readonly string[];
  /** running totals by their names: of the expression over all rows up to and with the time of the row */
  readonly sums: Readonly<Record<string, string>>;
  /** a running total as it was before the time of the row, as `before`; NULL at the first time of all */
  readonly before?: string;
}

/**
 * Running totals over rows in the order of time, and the next time, `next_t`: equal to `t` for all rows of a time but the last, NULL for the last row.
 * Frames that take in all rows of a time stand for a GROUP BY of the times.
 *
 * In buckets each has a window of its own. The totals of all buckets before it, and the first time of the next one, come from one row a bucket; that
 * is the only window that a single machine sees.
 */
export function runningCtes(running: Running, order: Order): string[] {
  return order.bounds === undefined ? [plain(running, order)] : inBuckets(running, order);
}

const UP_TO = "RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW";
const EARLIER = "GROUPS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING";
const ROWS_BEFORE = "ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING";

const partition = (columns: readonly string[]): string =>
  columns.length === 0 ? "" : `PARTITION BY ${columns.join(", ")} `;

function plain({ name, from, keep = [], sums, before }: Running, { isGrouped }: Order): string {
  const keys = isGrouped ? ["g"] : [];
  return `${name} AS (SELECT ${[...keys, "t", ...keep, ...windows(keys, sums, before)].join(", ")} FROM ${from})`;
}

function windows(keys: readonly string[], sums: Running["sums"], before: string | undefined): string[] {
  const by = `${partition(keys)}ORDER BY t`;
  return [
    ...Object.entries(sums).map(([sum, of]) => `sum(${of}) OVER (${by} ${UP_TO}) AS ${sum}`),
    ...(before === undefined ? [] : [`sum(${sums[before]}) OVER (${by} ${EARLIER}) AS before`]),
    `lead(t) OVER (${by}) AS next_t`,
  ];
}

function inBuckets({ name, from, keep = [], sums, before }: Running, { isGrouped }: Order): string[] {
  const groups = isGrouped ? ["g"] : [];
  const keys = [...groups, "b"];
  const names = Object.keys(sums);
  const nets = Object.entries(sums).map(([sum, of]) => `sum(${of}) AS ${sum}`);
  const by = `${partition(groups)}ORDER BY b`;
  const carries = names.map((sum) => `sum(${sum}) OVER (${by} ${ROWS_BEFORE}) AS ${sum}`);
  const first = `lead(first_t) OVER (${by}) AS next_t`;
  const total = (sum: string) => `w.${sum} + coalesce(c.${sum}, 0) AS ${sum}`;
  const columns = [
    ...groups.map((key) => `w.${key}`),
    "w.b",
    "w.t",
    ...keep.map((column) => `w.${column}`),
    ...names.map(total),
    // both are NULL at the first time of all, and only there
    ...(before === undefined
      ? []
      : [
          `CASE WHEN w.before IS NULL AND c.${before} IS NULL THEN NULL ELSE coalesce(w.before, 0) + coalesce(c.${before}, 0) END AS before`,
        ]),
    "coalesce(w.next_t, c.next_t) AS next_t",
  ];
  const on = keys.map((key) => `w.${key} = c.${key}`).join(" AND ");
  return [
    `${name}_nets AS (SELECT ${[...keys, ...nets, "min(t) AS first_t"].join(", ")} FROM ${from} GROUP BY ${keys.join(", ")})`,
    `${name}_carried AS (SELECT ${[...keys, ...carries, first].join(", ")} FROM ${name}_nets)`,
    `${name}_within AS (SELECT ${[...keys, "t", ...keep, ...windows(keys, sums, before)].join(", ")} FROM ${from})`,
    `${name} AS (SELECT ${columns.join(", ")} FROM ${name}_within w JOIN ${name}_carried c ON ${on})`,
  ];
}
