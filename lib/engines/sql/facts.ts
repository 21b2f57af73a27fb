import { knownKinds } from "../../tables/kinds.js";
import type { Source } from "./source.js";
import { hasTotals, OTHER_KIND, USABLE } from "./calls.js";
import { textLiteral } from "./literals.js";
import type { Dialect } from "./dialect.js";
import { query } from "./query.js";

/** What there is to say of the rows without a sweep: how many of each code (and kind, where it does not count), their bounds, tokens and lengths. */
export function factsSql(calls: readonly string[], source: Source): string {
  const g = source.group === undefined ? "" : "g, ";
  const kind = `CASE WHEN code = '${OTHER_KIND}' THEN kind END`;
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

/** What became of the rows, by the codes of `diagnostics`, with a kind that does not count as an example. */
export function diagnosticsTableSql(calls: readonly string[], source: Source): string {
  const isKnown = `kind IN (${knownKinds.names.map(textLiteral).join(", ")}) OR kind LIKE ${textLiteral(`${knownKinds.start}%`)}`;
  const unfinished = source.status === undefined ? "" : ` WHEN code = '${USABLE}' AND unfinished = 1 THEN 'unfinished'`;
  const code = `CASE${unfinished} WHEN code <> '${OTHER_KIND}' THEN code WHEN ${isKnown} THEN 'ignored' ELSE 'unknown_kind' END`;
  const example = `CASE WHEN code = '${OTHER_KIND}' THEN kind END`;
  return query(
    [...calls, `findings AS (SELECT ${code} AS code, ${example} AS example FROM rows_read)`],
    "SELECT code, count(*) AS events, min(example) AS example FROM findings GROUP BY code ORDER BY code",
  );
}

/** How many examples the calls have. */
export function examplesSql(calls: readonly string[], source: Source): string {
  const g = source.group === undefined ? "" : "g, ";
  return query(calls, `SELECT ${g}count(DISTINCT example) AS examples FROM calls${g === "" ? "" : " GROUP BY g"}`);
}

/** The starts and ends of the calls, as a table of times `t`. */
const EVENTS = "(SELECT CASE x WHEN 1 THEN s ELSE e END AS t FROM calls CROSS JOIN (VALUES (1), (-1)) AS arms (x))";

/** Times that cut the starts and ends of the calls into parts of about equal size. */
export const cutsSql = (calls: readonly string[], cuts: (value: string) => string): string =>
  query(calls, `SELECT ${cuts("t")} AS bounds FROM ${EVENTS} AS events`);

/** The same as a CTE `bounds`, for a query that is to run as it is. */
export const boundsCte = (dialect: Dialect, parts: number): string =>
  `bounds AS (${dialect.steadyBounds(EVENTS, parts)})`;
