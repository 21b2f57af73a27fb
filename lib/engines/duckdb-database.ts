import type { DuckDBConnection, DuckDBResultReader } from "@duckdb/node-api";
import { EngineError, reasonOf } from "../errors.js";
import { fromDuckDB } from "../exports/duckdb.js";
import type { Database, SqlColumns } from "./database.js";
import { writeDuckDBSegments } from "./duckdb-segments.js";
import type { EngineWatch } from "./engine.js";
import { held } from "./held.js";
import type { Dialect } from "./sql/dialect.js";

/** Milliseconds between two looks at how far a query is. */
const EVERY = 200;

/** At so many rows is looked to tell what texts hold. */
const LOOKED_AT = 1000;

/** A DuckDB as a database to ask. */
export function duckdbDatabase(
  connection: DuckDBConnection,
  dialect: Dialect,
  { signal, progress }: EngineWatch,
  close: () => Promise<void>,
): Database {
  const run = async (sql: string, table: string): Promise<DuckDBResultReader> => {
    signal?.throwIfAborted();
    const began = performance.now();
    const stop = () => {
      connection.interrupt();
    };
    signal?.addEventListener("abort", stop);
    const timer =
      progress &&
      setInterval(() => {
        const { percentage, rows_processed } = connection.progress;
        progress({
          table,
          share: percentage < 0 ? undefined : percentage / 100,
          rows: Number(rows_processed),
          bytes: undefined,
          elapsed: (performance.now() - began) / 1000,
        });
      }, EVERY);
    try {
      return await connection.runAndReadAll(sql);
    } catch (error) {
      signal?.throwIfAborted();
      throw failure(error);
    } finally {
      clearInterval(timer);
      signal?.removeEventListener("abort", stop);
    }
  };
  const query = async (sql: string, table: string): Promise<SqlColumns> => {
    const found = fromDuckDB(await run(sql, table));
    return Object.fromEntries(
      found.columnNames().map((name: string) => [name, found.array(name) as unknown as unknown[]]),
    );
  };
  return {
    dialect,
    close,
    query,
    columnsOf: async ({ from, isTexts }) => {
      if (isTexts) {
        const first = Object.entries(await query(`SELECT * FROM ${from} LIMIT ${LOOKED_AT}`, "columns"));
        return first.map(([name, texts = []]) => ({ name, type: "VARCHAR", holds: held(texts) }));
      }
      const { column_name = [], column_type = [] } = await query(`DESCRIBE SELECT * FROM ${from}`, "columns");
      return column_name.map((name, i) => ({ name: String(name), type: String(column_type[i]) }));
    },
    write: (sql, into) => writeDuckDBSegments({ query }, sql, into),
  };
}

const REASONS: readonly (readonly [RegExp, code: string, wayOut: string])[] = [
  [
    /^Out of Memory/i,
    "OUT_OF_MEMORY",
    "Give it more (memoryLimit, --memory-limit), fewer threads, or a folder with more room for what does not fit (tempDirectory).",
  ],
  [/^(?:IO|Invalid Input|HTTP|Permission) Error/i, "CANNOT_READ", "Look whether the file can be read, and is whole."],
  [/^Catalog Error.*does not exist/i, "TABLE_NOT_FOUND", "Look how it is called: SHOW ALL TABLES."],
  [/^Catalog Error/i, "ALREADY_THERE", "Choose another name, or drop what has it."],
  [/^Conversion Error/i, "WRONG_TYPE", "Name another column, or bring it into shape in a view."],
];

/** What DuckDB says, its first line, and of a text of rows what is wrong with that row, and what can be done. */
function failure(error: unknown): EngineError {
  const [first, ...others] = reasonOf(error).split("\n");
  const inRow = others.filter((other) => /^(?:Error when converting|Could not convert)/.test(other));
  const line = [first, ...inRow].map((part) => part.trim().replace(/\.$/, "")).join(": ");
  const [, code, wayOut] = REASONS.find(([pattern]) => pattern.test(line)) ?? [undefined, "FAILED", ""];
  return new EngineError("duckdb", code, [line.trim().replace(/[^.!?]$/, "$&."), wayOut].join(" ").trim(), {
    cause: error,
  });
}
