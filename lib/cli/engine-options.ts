import { type Command, InvalidArgumentError } from "commander";
import { oneOf } from "./values.js";

export type EngineName = "memory" | "duckdb" | "trino" | "auto";

/** Where an analysis runs. */
export interface EngineFlags {
  readonly engine?: EngineName;
  readonly memoryLimit?: string;
  readonly database?: string;
  readonly server?: string;
  readonly catalog?: string;
  readonly schema?: string;
  readonly credentials?: string;
  readonly ca?: string;
  readonly allowHttp?: true;
  readonly table?: string;
  readonly groupBy?: string;
  readonly bins?: number;
  readonly segments?: string;
}

/** Adds the options that say where an analysis runs, and what only an engine can do. */
export const withEngineOptions = (command: Command): Command =>
  command
    .option(
      "--engine <name>",
      "where it is computed: memory, duckdb (out of core), trino (a cluster), or auto: memory where it fits, else duckdb",
      oneOf<EngineName>("memory", "duckdb", "trino", "auto"),
    )
    .option("--table <name>", "a table or view of --database or of trino, instead of files")
    .option("--group-by <column>", "each value of this column by itself; with an engine")
    .option("--bins <n>", "stretches of time in the table bins (else: 100); with an engine", positive)
    .option("--segments <where>", "write the segments where they lie: a new table of trino, else a .parquet file")
    .option("--memory-limit <size>", "of duckdb, like 1GB; what does not fit goes to disk for a while")
    .option("--database <file>", "of duckdb: the database that has --table")
    .option("--server <url>", "of trino: the coordinator; user, password and token come from the environment")
    .option("--catalog <name>", "of trino")
    .option("--schema <name>", "of trino")
    .option("--credentials <file>", "of trino: JSON with user and password, or token, that only you can read")
    .option("--ca <file>", "of trino: the authority that signed its certificate, in PEM")
    .option("--allow-http", "of trino: ask another machine without encryption");

function positive(value: string): number {
  if (!/^\d+$/.test(value) || Number(value) < 1) throw new InvalidArgumentError("It must be a positive whole number.");
  return Number(value);
}
