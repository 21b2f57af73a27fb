import { stat } from "node:fs/promises";
import { freemem } from "node:os";
import { findFiles } from "../files/find.js";

/** Which engine suits files, and why. */
export interface Choice {
  readonly engine: "memory" | "duckdb";
  readonly why: string;
}

/**
 * All tables are made faster in memory for as long as the calls fit, in half of the time or two thirds (measured: 1e5 to 5e6 calls of Parquet). They take
 * some twelve times the size of Parquet there, six times that of text, and are to take no more than half of what is free.
 */
const TIMES = { parquet: 24, text: 12 };

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
  const most = free / TIMES[isParquet ? "parquet" : "text"];
  const engine = bytes <= most ? "memory" : "duckdb";
  const limit = `${megabytes(most)} of ${isParquet ? "Parquet" : "text"}`;
  return {
    engine,
    why: `${megabytes(bytes)}; memory, the faster, has room for ${limit}`,
  };
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toLocaleString("en", { maximumFractionDigits: 1 })} MB`;
