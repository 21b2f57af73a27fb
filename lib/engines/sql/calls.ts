import type { Dialect } from "./dialect.js";
import { bigintLiteral, textLiteral } from "./literals.js";
import { timeFindingSql } from "./time-finding.js";
import type { Source, Time, Tokens } from "./source.js";

/** Ticks since 1970 that are time 0; only where times are ticks. */
export type Origin = bigint | undefined;

/** What became of a row: the codes of `diagnostics`, but for those of kinds that do not count, which need a look at the kind. */
export const USABLE = "counted";
export const OTHER_KIND = "other_kind";

/**
 * The first start of all rows in ticks, as a text, where times are ticks: it is taken off all of them before they become floats.
 */
export const firstTick = (source: Source): string => {
  const bounds = [source.start.sql, source.end?.sql ?? source.duration].map((time) => `${time ?? "NULL"} IS NOT NULL`);
  return `SELECT CAST(min(${source.start.sql}) AS VARCHAR) AS first_tick FROM ${source.relation.from} WHERE ${and([...bounds, source.where])}`;
};

/**
 * The CTE `rows_read`: all rows with their times in seconds (`s`, `e`) and what became of each (`code`); and `calls`, those of them that count, with a
 * place in time. A group is a text `g`, `=` and the value, or empty for what has none.
 */
export function callCtes(source: Source, origin: Origin, dialect: Dialect): string[] {
  const { group, status, example, prompt, completion, total, duration } = source;
  const end = source.end && seconds(source.end, origin);
  const start = seconds(source.start, origin);
  const ends = [end, duration && `${start} + ${duration}`].filter((sql) => sql !== undefined);
  const tokens = ({ sql, isFloat }: Tokens) => (isFloat ? `CASE WHEN ${dialect.isFinite(sql)} THEN ${sql} END` : sql);
  const [inPrompt, inCompletion, inAll] = [prompt, completion, total].map((column) => column && tokens(column));
  const sum = inPrompt && inCompletion && `${inPrompt} + ${inCompletion}`;
  const columns: Record<string, string | undefined> = {
    g: group && `coalesce('=' || ${group}, '')`,
    s: start,
    e: ends.length > 1 ? `coalesce(${ends.join(", ")})` : ends[0],
    unread: source.unread,
    kind: source.kind,
    unfinished: status && `CASE WHEN ${status} = 'unfinished' THEN 1 ELSE 0 END`,
    example: example && `coalesce('=' || ${example}, '')`,
    prompt: inPrompt,
    completion: inCompletion,
    total: inAll && sum ? `coalesce(${inAll}, ${sum})` : (inAll ?? sum),
  };
  const there = Object.entries(columns).filter(([, sql]) => sql !== undefined);
  const read = there.map(([name, sql]) => `${sql ?? ""} AS ${name}`).join(", ");
  const where = source.where === undefined ? "" : ` WHERE ${source.where}`;
  const counts = source.kinds && `kind IN (${source.kinds.map(textLiteral).join(", ")})`;
  const placed = `CASE${counts ? ` WHEN NOT ${counts} THEN '${OTHER_KIND}'` : ""}
    WHEN s IS NULL OR e IS NULL THEN ${source.unread === undefined ? "'missing_time'" : timeFindingSql("unread")}
    WHEN NOT ${dialect.isFinite("s")} OR NOT ${dialect.isFinite("e")} THEN 'nan_time'
    WHEN e < s THEN 'negative_duration' ELSE '${USABLE}' END`;
  return [
    `timed AS (SELECT ${read} FROM ${source.relation.from}${where})`,
    `rows_read AS (SELECT timed.*, ${placed} AS code FROM timed)`,
    `calls AS (SELECT * FROM rows_read WHERE code = '${USABLE}')`,
  ];
}

/** Whether a call has a total of tokens: that of the source, or one that its parts make. */
export const hasTotals = ({ prompt, completion, total }: Source): boolean =>
  total !== undefined || (prompt !== undefined && completion !== undefined);

/** A time in seconds. */
function seconds({ sql, isExact, ticksPerSecond }: Time, origin: Origin): string {
  if (!isExact) return sql;
  const ticks = origin === undefined || origin === 0n ? sql : `(${sql} - ${bigintLiteral(origin)})`;
  return `CAST(${ticks} AS DOUBLE) / ${ticksPerSecond}e0`;
}

export const and = (conditions: readonly (string | undefined)[]): string =>
  conditions.filter((condition) => condition !== undefined).join(" AND ");
