import { OptionError } from "../errors.js";
import type { Dialect } from "./sql/dialect.js";
import { duckdbDialect } from "./sql/duckdb-dialect.js";
import { laidOut } from "./sql/layout.js";
import { namedRelation } from "./sql/named-relation.js";
import { trinoDialect } from "./sql/trino-dialect.js";
import { clickhouse } from "./sql/views/clickhouse.js";
import { langfuse } from "./sql/views/langfuse.js";
import { tempo } from "./sql/views/tempo.js";
import type { View } from "./sql/views/view.js";
import { type SqlDialect, sqlDialects } from "./table-sql.js";

/** The tables of spans that a view makes calls of; `otel` is any that has the names of `clickhouse`. */
export const sqlViews = ["clickhouse", "otel", "tempo", "langfuse"] as const;
/** The name of a view. */
export type SqlView = (typeof sqlViews)[number];

const views: Readonly<Record<SqlView, View>> = { clickhouse, otel: clickhouse, tempo, langfuse };
const dialects: Readonly<Record<SqlDialect, Dialect>> = { trino: trinoDialect, duckdb: duckdbDialect };

/** For which database a view is, and of what. */
export interface ViewSqlOptions {
  /** whose SQL it is */
  readonly dialect: SqlDialect;
  /** the table of spans; for DuckDB also files. As the product calls it, if left out */
  readonly from?: string;
}

/**
 * The SQL of a view `calls` over spans as another product lays them out, to run elsewhere: kinds, models, tools and tokens are found as in its files.
 * It has every span, whatever its kind, with times in seconds since 1970; a span without an end is `unfinished`, and has no place in time. Queries of
 * `tableSql` read it as it is.
 *
 * @param name of the product
 * @returns one statement, with a comment before it and a semicolon behind
 * @throws OptionError for a view, a dialect or a table that is none
 * @example
 * const sql = viewSql("clickhouse", { dialect: "trino", from: "clickhouse.default.otel_traces" });
 * sql.includes("CREATE VIEW calls AS"); // true
 */
export function viewSql(name: SqlView, { dialect, from }: ViewSqlOptions): string {
  const view = views[name] as View | undefined;
  if (!view) throw new OptionError("view", `must be ${sqlViews.join(", ")}, not ${JSON.stringify(name)}.`);
  const speaks = dialects[dialect] as Dialect | undefined;
  if (!speaks) throw new OptionError("dialect", `must be ${sqlDialects.join(" or ")}, not ${JSON.stringify(dialect)}.`);
  const relation = namedRelation(from ?? view.table, dialect);
  const lines = [
    `calls, made of ${view.title}.`,
    ...view.notes,
    `Of ${relation.label.replaceAll(/\s+/g, " ")}, for ${speaks.title}; written by spikeline. Times are seconds since 1970.`,
  ];
  const comment = lines.map((line) => `-- ${line}`).join("\n");
  return `${comment}\nCREATE VIEW calls AS\n${laidOut(view.sql(relation.from, speaks))};\n`;
}
