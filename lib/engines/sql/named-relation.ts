import { OptionError } from "../../errors.js";
import { quotedPath } from "../../exports/quoted-name.js";
import type { Relation } from "../database.js";
import { textLiteral } from "./literals.js";

/** What DuckDB reads files of each kind with; JSON is a list of rows, or a row a line. */
const READERS: readonly (readonly [ending: RegExp, read: string])[] = [
  [/\.parquet$/i, "read_parquet"],
  [/\.[ct]sv(?:\.gz|\.zst)?$/i, "read_csv"],
  [/\.(?:ndjson|jsonl|json)(?:\.gz|\.zst)?$/i, "read_json"],
];

/** The function of DuckDB that reads a file, by its ending. */
export const readerOf = (path: string): string | undefined => READERS.find(([ending]) => ending.test(path))?.[1];

/** Whether a text names files, rather than a table. */
export const isFiles = (text: string): boolean => readerOf(text) !== undefined || /[*?[\]{}/\\]/.test(text);

/** Files as what stands behind FROM; columns are told by their names where there are several. */
export const readFiles = (reader: string, files: string, settings: readonly string[] = []): string =>
  `${reader}(${[files, "union_by_name = true", ...settings].join(", ")})`;

/**
 * What a text names in printed SQL: a table, its parts quoted, or for DuckDB files. Nothing is looked for.
 *
 * @throws OptionError for a name with an empty part, and for files that cannot be read
 */
export function namedRelation(text: string, dialect: string): Relation {
  const reader = readerOf(text);
  if (isFiles(text) && dialect !== "duckdb")
    throw new OptionError("from", `must be a table of ${dialect}, which reads no files by their names: not ${text}.`);
  if (isFiles(text) && reader === undefined)
    throw new OptionError(
      "from",
      `must name files by their ending, like 'calls/*.parquet', .csv or .ndjson: not ${text}.`,
    );
  if (reader !== undefined) return { from: readFiles(reader, textLiteral(text)), label: text };
  if (text.split(".").includes(""))
    throw new OptionError("from", `must be a table like calls or catalog.schema.calls, not ${JSON.stringify(text)}.`);
  return { from: quotedPath(text), label: text };
}
