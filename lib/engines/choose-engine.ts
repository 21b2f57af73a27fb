import { stat } from "node:fs/promises";
import { freemem } from "node:os";
import { findFiles } from "../files/find.js";

/** Which engine suits files, and why. */
export interface Choice {
  readonly engine: "memory" | "duckdb";
  readonly why: string;
}

/** Parquet up to so many bytes, some 400,000 calls, is analysed faster in memory, since DuckDB has to be loaded; above DuckDB reads it faster. */
const PARQUET = 10e6;
/** A text of calls is read faster in memory for as long as it fits; it takes some six times its size there, and no more than half of what is free. */
const TEXT_TIMES = 12;

const NDJSON_OR_CSV = /\.(?:csv|tsv|ndjson|jsonl)$/i;

/**
 * Chooses between memory and DuckDB for files, by their kind and size.
 *
 * @param free bytes of memory that are free
 * @throws InputError if a file is not there
 */
export async function chooseEngine(paths: readonly string[], free = freemem()): Promise<Choice> {
  if (paths.includes("-")) return { engine: "memory", why: "standard input is read once" };
  const files = (await findFiles(paths)).map(({ path }) => path);
  const isParquet = files.every((path) => /\.parquet$/i.test(path));
  if (!isParquet && !files.every((path) => NDJSON_OR_CSV.test(path)))
    return { engine: "memory", why: "DuckDB reads tables of calls in Parquet, CSV or NDJSON, not traces" };
  let bytes = 0;
  for (const path of files) bytes += (await stat(path)).size;
  const most = isParquet ? PARQUET : free / TEXT_TIMES;
  const engine = bytes <= most ? "memory" : "duckdb";
  const limit = `${megabytes(most)} of ${isParquet ? "Parquet" : "text"}`;
  return {
    engine,
    why: `${megabytes(bytes)}; memory ${isParquet ? "is faster up to" : "has room for"} ${limit}`,
  };
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toLocaleString("en", { maximumFractionDigits: 1 })} MB`;
