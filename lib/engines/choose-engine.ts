import { stat } from "node:fs/promises";
import { freemem } from "node:os";
import { findFiles } from "../files/find.js";
import { REMOTE } from "./duckdb-files.js";

/** Which engine suits files, and why. */
export interface Choice {
  readonly engine: "memory" | "duckdb";
  readonly why: string;
}

/**
 * All tables are made faster in memory for as long as the calls fit, in half of the time or two thirds (measured: 1e5 to 5e6 calls of Parquet). They take
 * some twelve times the size of Parquet there, six times that of text, which gzip makes a quarter of, and are to take no more than half of what is free.
 */
const KINDS = [
  { name: "Parquet", ending: /\.parquet$/i, times: 24 },
  { name: "text", ending: /\.(?:csv|tsv|ndjson|jsonl)$/i, times: 12 },
  { name: "packed text", ending: /\.(?:csv|tsv|ndjson|jsonl)\.(?:gz|zst)$/i, times: 48 },
];

const ON_THE_WEB = /^https?:/i;

/**
 * Chooses between memory and DuckDB for files, by their kind and size.
 *
 * @param free bytes of memory that are free
 * @throws InputError if a file is not there
 */
export async function chooseEngine(paths: readonly string[], free = freemem()): Promise<Choice> {
  if (paths.includes("-")) return { engine: "memory", why: "standard input is read once" };
  const addresses = paths.filter((path) => REMOTE.test(path));
  if (addresses.some((path) => !ON_THE_WEB.test(path)))
    return { engine: "duckdb", why: "a store of objects is read by DuckDB alone" };
  if (addresses.length > 0) return { engine: "memory", why: "how much lies at an address is not known before" };
  const files = (await findFiles(paths)).map(({ path }) => path);
  const kind = KINDS.find(({ ending }) => files.every((path) => ending.test(path)));
  if (!kind) return { engine: "memory", why: "DuckDB reads tables of calls in Parquet, CSV or NDJSON, not traces" };
  let bytes = 0;
  for (const path of files) bytes += (await stat(path)).size;
  const most = free / kind.times;
  const engine = bytes <= most ? "memory" : "duckdb";
  const limit = `${megabytes(most)} of ${kind.name}`;
  return {
    engine,
    why: `${megabytes(bytes)}; memory, the faster, has room for ${limit}`,
  };
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toLocaleString("en", { maximumFractionDigits: 1 })} MB`;
