import { OptionError, TableError } from "../errors.js";
import { quotedName } from "../exports/quoted-name.js";
import { binBorders } from "../kernels/bin-borders.js";
import { tableSpecs } from "../tables/tables.js";
import { type EngineOptions, type ResolvedEngineOptions, resolveEngineOptions } from "./options.js";
import { binsInWindowSql } from "./sql/bins-in-window.js";
import { callCtes, hasTotals } from "./sql/calls.js";
import type { Dialect } from "./sql/dialect.js";
import { distributionTableSql } from "./sql/distribution.js";
import { duckdbDialect } from "./sql/duckdb-dialect.js";
import { boundsCte, diagnosticsTableSql } from "./sql/facts.js";
import { latencyByConcurrencySql } from "./sql/latency-by-concurrency.js";
import { laidOut } from "./sql/layout.js";
import { namedRelation } from "./sql/named-relation.js";
import type { Order } from "./sql/running.js";
import { segmentsSql } from "./sql/segments.js";
import { type Source, sourceOf } from "./sql/source.js";
import { spikeTokensTableSql } from "./sql/spike-totals.js";
import { spikesTableSql } from "./sql/spikes.js";
import { toldColumns } from "./sql/told-columns.js";
import { tokensInFlightSql } from "./sql/tokens-in-flight.js";
import { trinoDialect } from "./sql/trino-dialect.js";

/** The tables that one query makes. */
export const sqlTables = [
  "distribution",
  "tokens_in_flight",
  "latency_by_concurrency",
  "spikes",
  "spike_tokens",
  "segments",
  "bins",
  "diagnostics",
] as const;
/** The name of a table that one query makes. */
export type SqlTable = (typeof sqlTables)[number];

/** The databases whose SQL is printed. */
export const sqlDialects = ["trino", "duckdb"] as const;
/** The name of a database whose SQL is printed. */
export type SqlDialect = (typeof sqlDialects)[number];

/** Of which calls a query is, and for which database. */
export interface TableSqlOptions extends EngineOptions {
  /** whose SQL it is */
  readonly dialect: SqlDialect;
  /** a table or view, like `calls` or `catalog.schema.calls`; for DuckDB also files, like `calls/*.parquet`. `calls` if left out */
  readonly from?: string;
  /** the time that `bins` is of, in seconds as the query has them */
  readonly window?: readonly [from: number, to: number];
}

const dialects: Readonly<Record<SqlDialect, Dialect>> = { trino: trinoDialect, duckdb: duckdbDialect };

/** What says how a table that is made of others can be had. */
const MADE_OF_OTHERS: Readonly<Record<string, string>> = {
  summary:
    "is made of distribution, spike_tokens and diagnostics, and of sums over the calls: print those that you need.",
  percentiles:
    "are made of distribution: the first level whose cumulative_share reaches the percentile. Print distribution.",
};

/** In so many buckets is time cut in printed SQL: few enough for their shares to be read, and many enough for a cluster. */
const BUCKETS = 128;

/**
 * The SQL that makes a table of calls, as a text to run elsewhere: what the engines run, with literals for all that they would ask before. Nothing is
 * looked at, so the columns are taken to be there: with `columns` those that it names (times in s or ms as numbers, in us or ns as whole numbers, iso as
 * timestamps; tokens as whole numbers), without it those of the calls that spikeline writes. Times that are dates or whole numbers are not shifted: the
 * result has seconds since 1970. `spikes` and `spike_tokens` need a threshold: the percentile p90 of busy time of `distribution` is a good one. `bins`
 * needs a window, since its borders stand in the text. `diagnostics` has the codes, their rows and an example.
 *
 * @param name of the table
 * @returns one statement, with a comment before it and a semicolon behind
 * @throws OptionError for a table that is made of others, a missing threshold or window, and options that do not go together; TableError for a mapping
 *   without times or tokens that are needed
 * @example
 * const sql = tableSql("distribution", { dialect: "trino", from: "hive.traces.calls", columns: "start=ts:ms,end=te:ms" });
 * sql.startsWith("-- distribution: a row is a level of concurrency, ascending"); // true
 * sql.includes('FROM "hive"."traces"."calls"'); // true
 */
export function tableSql(name: SqlTable, { dialect: speaks, ...options }: TableSqlOptions): string {
  const dialect = dialects[speaks] as Dialect | undefined;
  if (!dialect) throw new OptionError("dialect", `must be ${sqlDialects.join(" or ")}, not ${JSON.stringify(speaks)}.`);
  return tableSqlIn(dialect, name, options);
}

/** The same in any dialect: the form for many machines can be run on one. */
export function tableSqlIn(dialect: Dialect, name: SqlTable, options: Omit<TableSqlOptions, "dialect">): string {
  checkName(name);
  const { from = "calls", window, ...given } = options;
  const resolved = resolveEngineOptions(given);
  checkOptions(name, given, window);
  const relation = namedRelation(from, dialect.name);
  const source = sourceOf(relation, toldColumns(resolved), resolved, dialect);
  const text = laidOut(querySql(name, usedBy(name, source), resolved, window, dialect));
  return `${comment(name, source, resolved, dialect)}\n${text};\n`;
}

function checkName(name: string): void {
  if ((sqlTables as readonly string[]).includes(name)) return;
  const why = MADE_OF_OTHERS[name] as string | undefined;
  throw new OptionError(name, why ?? `is not a table that a query makes; there are ${sqlTables.join(", ")}.`);
}

function checkOptions(
  name: SqlTable,
  { threshold, bins, groupBy }: EngineOptions,
  window: TableSqlOptions["window"],
): void {
  const isSpiky = name === "spikes" || name === "spike_tokens";
  if (isSpiky && threshold === undefined)
    throw new OptionError(
      "threshold",
      `is missing: ${name} is of stretches with so many calls in flight. A good one is the p90 of busy time, active_concurrency in the table percentiles; in the table distribution the level that 90 % of the time above 0 does not exceed.`,
    );
  if (!isSpiky && threshold !== undefined)
    throw new OptionError("threshold", `is for spikes and spike_tokens, not for ${name}.`);
  if (name !== "bins") {
    const given = window !== undefined ? "window" : bins !== undefined ? "bins" : undefined;
    if (given !== undefined) throw new OptionError(given, `is for the table bins, not for ${name}.`);
  } else if (window === undefined)
    throw new OptionError(
      "window",
      "is missing: the borders of bins stand in the query. Give it in seconds, like 0..3600.",
    );
  if (name === "diagnostics" && groupBy !== undefined)
    throw new OptionError("groupBy", "does not go with diagnostics, which are of all rows together.");
}

/** Without the columns that a query does not use, which a table then need not have. */
function usedBy(name: SqlTable, source: Source): Source {
  const none = { prompt: undefined, completion: undefined, total: undefined };
  const hasTokens = name === "tokens_in_flight" || name === "spike_tokens";
  return {
    ...source,
    example: undefined,
    status: name === "diagnostics" ? source.status : undefined,
    ...(!hasTokens && none),
    ...(name === "tokens_in_flight" && source.total === undefined && { prompt: source.prompt }),
  };
}

function querySql(
  name: SqlTable,
  source: Source,
  { groupBy, threshold = 1, bins }: ResolvedEngineOptions,
  window: TableSqlOptions["window"],
  dialect: Dialect,
): string {
  const read = callCtes(source, undefined, dialect);
  const isGrouped = groupBy !== undefined;
  const group = isGrouped ? quotedName(groupBy) : undefined;
  const order: Order = { dialect, isGrouped, bounds: dialect.spreads ? "(SELECT bounds FROM bounds)" : undefined };
  const calls = dialect.spreads ? [...read, boundsCte(dialect, BUCKETS)] : read;
  switch (name) {
    case "distribution":
      return distributionTableSql(calls, order, group);
    case "tokens_in_flight":
      if (!hasTotals(source)) throw noTokens(source, "total_tokens");
      return tokensInFlightSql(calls, true, order, group);
    case "latency_by_concurrency":
      return latencyByConcurrencySql(calls, order, group);
    case "spikes":
      return spikesTableSql(calls, threshold, order, group);
    case "spike_tokens": {
      const tokens = [
        ...(source.prompt === undefined ? [] : ["prompt" as const]),
        ...(hasTotals(source) ? ["total" as const] : []),
      ];
      if (tokens.length === 0) throw noTokens(source, "prompt_tokens");
      return spikeTokensTableSql(calls, tokens, threshold, order, group);
    }
    case "segments":
      return `${segmentsSql(calls, order, group)} ORDER BY ${isGrouped ? "g, " : ""}start_time`;
    case "bins":
      return binsInWindowSql(calls, bordersOf(window ?? [0, 0], bins), order, group);
    case "diagnostics":
      return diagnosticsTableSql(read, source);
  }
}

const noTokens = ({ relation }: Source, column: string): TableError =>
  new TableError(
    "tableSql",
    `no column of ${relation.label} holds ${column}. Name it: columns ${column}=NAME.`,
    column,
  );

/** @throws OptionError for a window that lasts no time, or forever, or has no room for so many bins */
function bordersOf([from, to]: readonly [number, number], bins: number): Float64Array {
  const borders = binBorders(from, to, bins);
  if (borders.length === 0) throw new OptionError("window", `must be like 0..3600 in seconds, not ${from}..${to}.`);
  if (borders.some((time, k) => k > 0 && time === borders[k - 1]))
    throw new OptionError("bins", `are too many for the window ${from}..${to}: choose fewer.`);
  return borders;
}

/** What the text is, for whoever finds it. */
function comment(name: SqlTable, source: Source, { kinds, groupBy }: ResolvedEngineOptions, dialect: Dialect): string {
  const row = tableSpecs[name].row.replace("; made on demand", "");
  const oneLine = (text: string) => text.replaceAll(/\s+/g, " ");
  const counted = name === "diagnostics" ? "" : ` Counted are ${kinds.join(", ")}.`;
  const lines = [
    `${name}: a row is ${row}${groupBy === undefined ? "" : `, of each ${groupBy}`}.`,
    `Of ${source.relation.label}, for ${dialect.title}; written by spikeline.${counted}`,
    ...(name === "diagnostics"
      ? []
      : [`Times are seconds${source.start.isExact ? " since 1970" : ", from where the table counts them"}.`]),
  ];
  return lines.map((line) => `-- ${oneLine(line)}`).join("\n");
}
