import { type SqlTable, sqlTables, type SqlView, tableSql, type TableSqlOptions, viewSql } from "../../lib/index.js";

/** A text that is printed for Trino. */
export interface TrinoText {
  /** of its golden file, without the ending */
  readonly name: string;
  /** as it is printed */
  readonly text: string;
  /** as Trino's API takes it: without the semicolon */
  readonly sql: string;
}

const textOf = (name: string, text: string): TrinoText => ({ name, text, sql: text.replace(/;\s*$/, "") });

/** What a query of a table cannot do without. */
function needs(table: SqlTable): Partial<TableSqlOptions> {
  if (table === "spikes" || table === "spike_tokens") return { threshold: 3 };
  return table === "bins" ? { window: [0, 60], bins: 6 } : {};
}

/**
 * What is printed for Trino, of every table: over all calls, and in groups.
 *
 * @param from a table with the columns of calls as spikeline writes them, and a text `team`
 */
export function trinoTexts(from: string): TrinoText[] {
  const options = (table: SqlTable) => ({ dialect: "trino", from, ...needs(table) }) as const;
  return [
    ...sqlTables.map((table) => textOf(table, tableSql(table, options(table)))),
    ...sqlTables
      .filter((table) => table !== "diagnostics")
      .map((table) => textOf(`${table}-by-team`, tableSql(table, { ...options(table), groupBy: "team" }))),
  ];
}

/**
 * What is printed for Trino of a table with other columns.
 *
 * @param from a table with `began` and `ended`, timestamps, `took`, milliseconds, `n`, whole numbers, and the texts `kind` and `team`
 */
export const mappedTrinoTexts = (from: string): TrinoText[] => [
  textOf(
    "mapped-timestamps",
    tableSql("tokens_in_flight", {
      dialect: "trino",
      from,
      columns: "start=began:iso,end=ended:iso,total_tokens=n,kind=kind",
      kinds: ["chat"],
      where: { team: "it's" },
    }),
  ),
];

/**
 * The views that are printed for Trino, by their names; each makes a view `calls` in the schema of the session.
 *
 * @param from the table of each
 */
export const trinoViews = (from: Readonly<Record<Exclude<SqlView, "otel">, string>>): TrinoText[] =>
  (["clickhouse", "tempo", "langfuse"] as const).map((view) =>
    textOf(`view-${view}`, viewSql(view, { dialect: "trino", from: from[view] })),
  );
