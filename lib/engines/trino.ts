import type { Database, Relation, SqlColumns } from "./database.js";
import { EngineError, TableError } from "../errors.js";
import { quotedPath } from "../exports/quoted-name.js";
import type { Engine, EngineWatch } from "./engine.js";
import { resolveEngineOptions } from "./options.js";
import { sqlCalls } from "./sql-calls.js";
import { trinoDialect } from "./sql/trino-dialect.js";
import { type TrinoClient, trinoClient, type TrinoOptions } from "./trino-client.js";

/**
 * Makes the tables in a Trino cluster: the sweep is cut into buckets of time that its workers share, and only the result tables cross the wire. Nothing is
 * installed there, and nothing written, but the segments where they are asked for. The input is the name of a table or view, `calls` or
 * `catalog.schema.calls`. User, password and token come from the environment or from a file: see `trinoCredentials`.
 *
 * @returns an engine for `analyzeOn`
 * @throws OptionError for an address that cannot be used
 * @example
 * const engine = trino({ server: "http://127.0.0.1:8080", catalog: "lake", schema: "default" });
 * engine.name; // "trino"
 */
export function trino(options: TrinoOptions): Engine {
  const client = trinoClient(options);
  return {
    name: "trino",
    async checkTarget(into, watch) {
      // it looks at the names and rights as if it were to run
      const sql = `EXPLAIN (TYPE VALIDATE) CREATE TABLE ${quotedPath(into)} AS SELECT 1 AS concurrency`;
      await trinoDatabase(client, watch).query(sql, "segments");
    },
    open(input, given, watch) {
      const resolved = resolveEngineOptions(given);
      if (typeof input !== "string")
        throw new TableError(
          "trino",
          "it reads a table or view of its own by its name. Files are for duckdb() and memory().",
        );
      const relation: Relation = { from: quotedPath(input), label: input };
      return sqlCalls(trinoDatabase(client, watch), relation, resolved);
    },
  };
}

/** A name in up to three parts; Trino's names are in lower case whatever the quotes. */

function trinoDatabase(client: TrinoClient, { signal, progress, warn }: EngineWatch): Database {
  const ask = (sql: string, table: string) =>
    client.query(sql, {
      ...(signal && { signal }),
      ...(warn && { onRetry: warn }),
      onProgress: ({ splitsDone, splitsTotal, rows, bytes, elapsed }) => {
        progress?.({ table, share: splitsTotal > 0 ? splitsDone / splitsTotal : undefined, rows, bytes, elapsed });
      },
    });
  const query = async (sql: string, table: string): Promise<SqlColumns> => {
    const { columns, rows } = await ask(sql, table);
    return Object.fromEntries(columns.map(({ name }, k) => [name, rows.map((row) => row[k])]));
  };
  return {
    dialect: trinoDialect,
    query,
    columnsOf: async ({ from }) => (await ask(`SELECT * FROM ${from} LIMIT 0`, "columns")).columns,
    write: async (sql, into) => {
      const { rows } = await ask(`CREATE TABLE ${quotedPath(into)} AS ${sql}`, "segments");
      const [written] = rows[0] ?? [];
      if (written === undefined)
        throw new EngineError("trino", "NO_COUNT", `it does not say how many segments ${into} has.`);
      return Number(written);
    },
    close: () => Promise.resolve(),
  };
}
