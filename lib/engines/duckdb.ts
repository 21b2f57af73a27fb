import type { DuckDBConnection } from "@duckdb/node-api";
import { ColumnTable } from "arquero";
import { EngineError, OptionError } from "../errors.js";
import { toDuckDB } from "../exports/duckdb.js";
import { quotedName, quotedPath } from "../exports/quoted-name.js";
import type { Relation } from "./database.js";
import { duckdbDatabase } from "./duckdb-database.js";
import { filesRelation } from "./duckdb-files.js";
import { openDuckDB } from "./duckdb-open.js";
import { checkDuckDBTarget } from "./duckdb-segments.js";
import type { Engine, EngineInput } from "./engine.js";
import { resolveEngineOptions } from "./options.js";
import { sqlCalls } from "./sql-calls.js";
import type { Dialect } from "./sql/dialect.js";
import { duckdbDialect } from "./sql/duckdb-dialect.js";
import { isFiles } from "./sql/named-relation.js";

/** Where DuckDB runs, and how much it may take. */
export interface DuckDBOptions {
  /** a file of DuckDB, which is opened to be read */
  readonly database?: string;
  /** a connection at hand, which is left open; the other options do not go with it */
  readonly connection?: DuckDBConnection;
  /** what it may keep in memory, like `"1GB"`; the rest goes to a folder for a while. Four fifths of the machine's if left out */
  readonly memoryLimit?: string;
  /** the folder for what does not fit, one of its own in the system's if left out */
  readonly tempDirectory?: string;
  /** how many threads it uses; all of the machine's if left out */
  readonly threads?: number;
}

/**
 * Makes the tables in DuckDB, in this process but out of its heap: of files of calls (Parquet, CSV, NDJSON) that may be longer than memory, of tables of
 * a database, or of a table at hand. Needs the package `@duckdb/node-api`. One sweep of n calls is O(n log n); what does not fit into `memoryLimit` is
 * spilled.
 *
 * @returns an engine for `analyzeOn`
 * @throws OptionError for options that do not go together
 * @example
 * const calls = table({ start_time: [0, 1], end_time: [2, 3] });
 * const { tables } = await analyzeOn(duckdb({ memoryLimit: "1GB" }), calls, { tables: ["distribution"] });
 * tables.distribution.array("total_time"); // [2, 1]
 */
export function duckdb(options: DuckDBOptions = {}): Engine {
  return duckdbSpeaking(duckdbDialect, options);
}

/** The same in another dialect: the form for many machines can be run on one, to see that both give the same. */
export function duckdbSpeaking(dialect: Dialect, options: DuckDBOptions = {}): Engine {
  const { connection: given, ...own } = options;
  const without = Object.entries<unknown>(own).find(([, value]) => value !== undefined);
  if (given && without)
    throw new OptionError(without[0], "does not go with a connection, which has settings of its own.");
  return {
    name: dialect.name,
    checkTarget: (into, watch) => checkDuckDBTarget(into, given && duckdbDatabase(given, dialect, watch, leave)),
    async open(input, options, watch) {
      const resolved = resolveEngineOptions(options);
      const opened = given ? { connection: given, close: leave } : await openDuckDB(own);
      const { connection } = opened;
      const made: string[] = [];
      const close = async () => {
        try {
          for (const name of made) await connection.run(`DROP TABLE IF EXISTS ${quotedName(name)}`);
        } finally {
          await opened.close();
        }
      };
      try {
        const relation = await relationOf(input, connection, given !== undefined || own.database !== undefined, made);
        const database = duckdbDatabase(connection, dialect, watch, close);
        return await sqlCalls(database, relation, resolved);
      } catch (error) {
        await close();
        throw error;
      }
    },
  };
}

/** A connection of somebody else stays open. */
const leave = (): Promise<void> => Promise.resolve();

let tables = 0;

/** What the input is to DuckDB; a table at hand is put into it. */
async function relationOf(
  input: EngineInput,
  connection: DuckDBConnection,
  hasTables: boolean,
  made: string[],
): Promise<Relation> {
  if (input instanceof ColumnTable) {
    const name = `spikeline_calls_${++tables}`;
    made.push(name);
    await toDuckDB(connection, name, input);
    return { from: quotedName(name), label: "table", isCalls: true };
  }
  if (typeof input === "string" && hasTables && !isFiles(input)) return { from: quotedPath(input), label: input };
  if (typeof input === "string" || Array.isArray(input))
    return filesRelation(typeof input === "string" ? [input] : (input as readonly string[]));
  throw new EngineError(
    "duckdb",
    "NO_TABLE",
    "it reads files, tables of its own, and tables of calls, not a trace of events or spans. Hand over its calls: buildCallTreePerExample(trace).",
  );
}
