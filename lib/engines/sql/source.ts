import { closest } from "fastest-levenshtein";
import { OptionError, TableError } from "../../errors.js";
import { quotedName } from "../../exports/quoted-name.js";
import { PER_SECOND, type TimeUnit } from "../../formats/times.js";
import { shortNames } from "../../tables/where.js";
import type { Relation, SqlColumn } from "../database.js";
import type { ResolvedEngineOptions } from "../options.js";
import type { Dialect } from "./dialect.js";
import { textLiteral } from "./literals.js";

/** Where calls are read from, each of their columns as an expression over the columns of the relation; undefined where there is none. */
export interface Source {
  readonly relation: Relation;
  readonly start: Time;
  readonly end: Time | undefined;
  /** seconds */
  readonly duration: string | undefined;
  /** of times that are read from texts, the one that is missing or cannot be read; NULL where none is */
  readonly unread: string | undefined;
  /** in upper case; what has none is a model call */
  readonly kind: string;
  /** those that count; undefined if all do */
  readonly kinds: readonly string[] | undefined;
  readonly status: string | undefined;
  readonly example: string | undefined;
  readonly prompt: Tokens | undefined;
  readonly completion: Tokens | undefined;
  readonly total: Tokens | undefined;
  /** the column that tells groups apart */
  readonly group: string | undefined;
  /** a condition that every row must meet */
  readonly where: string | undefined;
}

/** A column of numbers. */
export interface Tokens {
  readonly sql: string;
  /** whether they are DOUBLEs, which may be NaN or infinite, rather than whole numbers */
  readonly isFloat: boolean;
}

/** A column of times: floats as they are, or ticks since 1970 as whole numbers. */
export interface Time {
  readonly sql: string;
  readonly ticksPerSecond: number;
  /** whether the ticks are whole numbers, so that they can be shifted without a loss */
  readonly isExact: boolean;
  /** what it is read from, if that is a text */
  readonly text?: string;
}

/**
 * Finds the columns of calls in a relation: by the mapping, else by the names that `calls` has.
 *
 * @throws OptionError if the mapping, `where` or `groupBy` names a column that is not there; TableError if one that is needed is not there, or is of
 *   a type that cannot be read
 */
export function sourceOf(
  relation: Relation,
  columns: readonly SqlColumn[],
  options: ResolvedEngineOptions,
  dialect: Dialect,
): Source {
  const there = columns.map(({ name }) => name);
  const shown = there.slice(0, 40).join(", ") + (there.length > 40 ? ", …" : "");
  const find = (name: string): SqlColumn | undefined =>
    columns.find((column) => column.name === name) ??
    columns.find((column) => column.name.toLowerCase() === name.toLowerCase());
  const named = (name: string, option: string): SqlColumn => {
    const found = find(name) ?? find(shortNames.get(name) ?? name);
    if (found) return found;
    throw new OptionError(
      option,
      `names the column ${name}, but ${relation.label} has ${shown}.${there.length > 0 ? ` Is it ${closest(name, there)}?` : ""}`,
    );
  };
  const column = (name: string): SqlColumn | undefined => {
    const given = options.columns.get(name);
    return given ? named(given.from, "columns") : find(name);
  };
  for (const { from } of options.columns.values()) named(from, "columns");
  const wrong = ({ name, type }: SqlColumn, wanted: string) =>
    new TableError(dialect.name, `column ${name} of ${relation.label} must hold ${wanted}, but is ${type}.`, name);
  const asText = (found: SqlColumn): string => textOf(found, dialect);
  /** an empty text is none, as where files are read in memory; a table of calls at hand is taken as it is */
  const orNone = (found: SqlColumn): string =>
    relation.isCalls || dialect.kindOf(found.type) !== "text" ? asText(found) : `NULLIF(${asText(found)}, '')`;
  const text = (name: string): string | undefined => {
    const found = column(name);
    return found && asText(found);
  };
  /** a date is read from its text once, before all that asks for it, since that costs; a number is as fast where it is asked for */
  const cells = new Map<string, string>();
  const cell = (name: string, sql: string): string => {
    const read = quotedName(`${name} as read`);
    cells.set(read, sql);
    return read;
  };
  const number = (name: string, wanted = "numbers"): Tokens | undefined => {
    const found = column(name);
    if (!found) return undefined;
    if (relation.isTexts) return { sql: asNumber(found), isFloat: true };
    const kind = dialect.kindOf(found.type);
    // whole numbers stay whole, so that their sums are exact
    if (kind === "whole") return { sql: `CAST(${quotedName(found.name)} AS BIGINT)`, isFloat: false };
    if (kind === "number") return { sql: `CAST(${quotedName(found.name)} AS DOUBLE)`, isFloat: true };
    throw wrong(found, wanted);
  };
  const unitOf = (name: string): TimeUnit | undefined => {
    const given = options.columns.get(name)?.unit;
    if (given !== undefined || !relation.isTexts) return given;
    const isDates = column(name)?.holds === "dates" || (name === "end_time" && unitOf("start_time") === "iso");
    return isDates ? "iso" : "s";
  };
  const time = (name: string): Time | undefined => {
    const found = column(name);
    if (!found) return undefined;
    const unit = unitOf(name);
    const read = relation.isTexts && unit !== "iso" ? timeOfText(found, unit) : timeOf(found, unit, dialect, wrong);
    return relation.isTexts && unit === "iso" ? { ...read, sql: cell(name, read.sql) } : read;
  };

  const start = time("start_time");
  if (!start) {
    const message = `${relation.label} has no column start_time; it has ${shown}. Name the one that holds it: columns start=NAME:UNIT.`;
    throw new TableError(dialect.name, message, "start_time");
  }
  const end = time("end_time");
  const duration = number("duration", "a length of time as a number")?.sql;
  if (!end && duration === undefined) {
    const message = `${relation.label} has no column end_time and none with the duration; it has ${shown}. Name one: columns end=NAME:UNIT or duration=NAME:UNIT.`;
    throw new TableError(dialect.name, message, "end_time");
  }
  if (end && (end.isExact !== start.isExact || (end.isExact && end.ticksPerSecond !== start.ticksPerSecond))) {
    const message = `the start and the end of ${relation.label} must be in one unit, both floats or both dates. Bring them together in a view.`;
    throw new TableError(dialect.name, message, "end_time");
  }
  const kind = text("operation_type");
  const example = column("example") ?? column("example_number");
  const where = Object.entries(options.where).map(([name, value]) => {
    const found = named(name, "where");
    // the column alone wherever that will do: partitions are chosen by it
    return `${value === "" ? orNone(found) : asText(found)} = ${textLiteral(value)}`;
  });
  const perSecond = PER_SECOND[options.columns.get("duration")?.unit ?? "s"];
  const [prompt, completion, total] = ["prompt_tokens", "completion_tokens", "total_tokens"].map((name) =>
    number(name),
  );
  const read = Array.from(cells, ([name, sql]) => `, ${sql} AS ${name}`).join("");
  return {
    relation: read === "" ? relation : { ...relation, from: `(SELECT *${read} FROM ${relation.from}) AS cells` },
    start,
    end,
    duration:
      duration && (perSecond === 1 ? `CAST(${duration} AS DOUBLE)` : `CAST(${duration} AS DOUBLE) / ${perSecond}e0`),
    unread: unreadOf(start, end, relation.isTexts ? column("duration") : undefined),
    kind: kind === undefined ? "'LLM'" : `upper(coalesce(NULLIF(${kind}, ''), 'LLM'))`,
    kinds: relation.isCalls ? undefined : options.kinds,
    status: text("status"),
    example: example && orNone(example),
    prompt,
    completion,
    total,
    group: options.groupBy === undefined ? undefined : orNone(named(options.groupBy, "groupBy")),
    where: where.length === 0 ? undefined : where.join(" AND "),
  };
}

/** A value as a text. Floats that are whole have no point, as in memory: whole numbers with gaps are often written as floats. */
function textOf({ name, type }: SqlColumn, dialect: Dialect): string {
  const value = quotedName(name);
  if (dialect.kindOf(type) !== "number") return `CAST(${value} AS VARCHAR)`;
  const whole = `TRY_CAST(${value} AS BIGINT)`;
  const fraction = dialect.textOfNumber(`CAST(${value} AS DOUBLE)`);
  return `CASE WHEN ${value} = ${whole} THEN CAST(${whole} AS VARCHAR) ELSE ${fraction} END`;
}

function timeOf(
  column: SqlColumn,
  unit: TimeUnit | undefined,
  dialect: Dialect,
  wrong: (column: SqlColumn, wanted: string) => TableError,
): Time {
  const name = quotedName(column.name);
  const kind = dialect.kindOf(column.type);
  if (kind === "timestamp" || (kind === "text" && unit === "iso")) {
    const timestamp = kind === "text" ? dialect.timestampOf(name) : name;
    const ticksPerSecond = dialect.ticksPerSecond(column.type);
    return {
      sql: dialect.ticksOf(timestamp, column.type),
      ticksPerSecond,
      isExact: true,
      ...(kind === "text" && { text: name }),
    };
  }
  if (kind === "text") throw wrong(column, `times (dates as texts are read with the unit iso: ${column.name}:iso)`);
  if ((kind !== "whole" && kind !== "number") || unit === "iso") throw wrong(column, "times");
  const inUnit = unit ?? "s";
  const ticksPerSecond = PER_SECOND[inUnit];
  if (inUnit === "s" || inUnit === "ms") {
    const seconds = `CAST(${name} AS DOUBLE)`;
    return { sql: ticksPerSecond === 1 ? seconds : `${seconds} / ${ticksPerSecond}e0`, ticksPerSecond, isExact: false };
  }
  const sql = kind === "whole" ? `CAST(${name} AS BIGINT)` : `CAST(round(${name}) AS BIGINT)`;
  return { sql, ticksPerSecond, isExact: true };
}

/** The number that a text holds; NULL where it holds none. */
const asNumber = ({ name }: SqlColumn): string => `TRY_CAST(${quotedName(name)} AS DOUBLE)`;

/** The time that a text holds as a number. */
function timeOfText(column: SqlColumn, unit: Exclude<TimeUnit, "iso"> = "s"): Time {
  const text = quotedName(column.name);
  const ticksPerSecond = PER_SECOND[unit];
  if (unit === "us" || unit === "ns")
    return { sql: `TRY_CAST(${text} AS BIGINT)`, ticksPerSecond, isExact: true, text };
  const number = asNumber(column);
  return { sql: unit === "s" ? number : `${number} / ${ticksPerSecond}e0`, ticksPerSecond, isExact: false, text };
}

/** The text that is to blame for a row that has no place in time. */
function unreadOf(start: Time, end: Time | undefined, duration: SqlColumn | undefined): string | undefined {
  const length = duration && quotedName(duration.name);
  const ends = end?.text && (length ? `coalesce(NULLIF(${end.text}, ''), ${length})` : end.text);
  const whens = [start.text && `WHEN ${start.sql} IS NULL THEN ${start.text}`];
  if (end?.text) whens.push(`WHEN ${end.sql} IS NULL THEN ${ends ?? ""}`);
  else if (!end && length) whens.push(`ELSE ${length}`);
  const there = whens.filter((when) => when !== undefined);
  return there.length === 0 ? undefined : `CASE ${there.join(" ")} END`;
}
