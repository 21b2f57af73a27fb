import type { Source } from "./source.js";
import { hasTotals, USABLE } from "./calls.js";
import { query } from "./query.js";

/** What there is to say of the rows without a sweep: how many of each code (and kind, where it does not count), their bounds, tokens and lengths. */
export function factsSql(calls: readonly string[], source: Source): string {
  const g = source.group === undefined ? "" : "g, ";
  const kind = `CASE WHEN code = 'other_kind' THEN kind END`;
  const usable = (sql: string) => `CASE WHEN code = '${USABLE}' THEN ${sql} END`;
  const sum = (name: string, isThere: boolean) =>
    `${isThere ? `CAST(coalesce(sum(${usable(name)}), 0) AS DOUBLE)` : "0"} AS ${name}_tokens`;
  const columns = [
    "count(*) AS n",
    `min(${usable("s")}) AS first_start`,
    `max(${usable("e")}) AS last_end`,
    `avg(${usable("e - s")}) AS mean_latency`,
    `${source.status === undefined ? "0" : `CAST(coalesce(sum(unfinished), 0) AS BIGINT)`} AS unfinished`,
    sum("prompt", source.prompt !== undefined),
    sum("completion", source.completion !== undefined),
    sum("total", hasTotals(source)),
  ];
  return query(
    calls,
    `SELECT ${g}code, ${kind} AS kind, ${columns.join(", ")}\nFROM rows_read GROUP BY ${g}code, ${kind} ORDER BY ${g}code, kind`,
  );
}

/** How many examples the calls have. */
export function examplesSql(calls: readonly string[], source: Source): string {
  const g = source.group === undefined ? "" : "g, ";
  return query(calls, `SELECT ${g}count(DISTINCT example) AS examples FROM calls${g === "" ? "" : " GROUP BY g"}`);
}

/** Times that cut the starts and ends of the calls into parts of about equal size. */
export function cutsSql(calls: readonly string[], cuts: (value: string) => string): string {
  return query(
    calls,
    `SELECT ${cuts("t")} AS bounds FROM (SELECT CASE x WHEN 1 THEN s ELSE e END AS t FROM calls CROSS JOIN (VALUES (1), (-1)) AS arms (x)) AS events`,
  );
}
