import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { EngineError, InputError, OptionError, reasonOf } from "../errors.js";
import type { DuckDBOptions } from "./duckdb.js";

/** A DuckDB that was opened for an analysis. */
export interface OpenDuckDB {
  readonly connection: DuckDBConnection;
  close(): Promise<void>;
}

const SIZE = /^\d+(?:\.\d+)?\s*(?:[KMGT]i?B|B)$/i;

/**
 * Opens DuckDB in this process. What it spills goes into a folder that is taken away in the end.
 *
 * @throws InputError if the package is not installed; OptionError for a memory limit that is none; EngineError if the database cannot be opened
 */
export async function openDuckDB(options: Omit<DuckDBOptions, "connection">): Promise<OpenDuckDB> {
  const { database, memoryLimit, tempDirectory, threads } = options;
  if (memoryLimit !== undefined && !SIZE.test(memoryLimit))
    throw new OptionError("memoryLimit", `must be like 1GB or 512MB, not ${JSON.stringify(memoryLimit)}.`);
  if (threads !== undefined && !(Number.isInteger(threads) && threads > 0))
    throw new OptionError("threads", `must be a positive whole number, not ${threads}.`);
  const duckdb = await duckdbPackage();
  const spill = tempDirectory ?? (await mkdtemp(join(tmpdir(), "spikeline-duckdb-")));
  let instance: DuckDBInstance | undefined;
  const close = async () => {
    instance?.closeSync();
    if (tempDirectory === undefined) await rm(spill, { recursive: true, force: true });
  };
  try {
    instance = await duckdb.DuckDBInstance.create(database ?? ":memory:", {
      ...(database !== undefined && { access_mode: "READ_ONLY" }),
      ...(memoryLimit !== undefined && { memory_limit: memoryLimit }),
      ...(threads !== undefined && { threads: String(threads) }),
      temp_directory: spill,
      // nothing here hangs on the order of the rows, and keeping it costs memory
      preserve_insertion_order: "false",
    });
    const connection = await instance.connect();
    // so that progress can be asked for
    await connection.run("SET enable_progress_bar = true; SET enable_progress_bar_print = false");
    // dates without a zone are UTC, as where files are read in memory, and not of this machine's zone
    await connection.run("SET TimeZone = 'UTC'");
    return {
      connection,
      close: async () => {
        connection.closeSync();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw new EngineError("duckdb", "CANNOT_OPEN", `${database ?? "a database"} cannot be opened: ${reasonOf(error)}`, {
      cause: error,
    });
  }
}

async function duckdbPackage(): Promise<typeof import("@duckdb/node-api")> {
  try {
    return await import("@duckdb/node-api");
  } catch {
    throw new InputError("the engine duckdb needs the package @duckdb/node-api: npm install @duckdb/node-api.");
  }
}
