import { stat } from "node:fs/promises";
import { InputError } from "../errors.js";
import { type Found, findFiles } from "../files/find.js";
import type { Relation } from "./database.js";
import { textLiteral } from "./sql/literals.js";
import { readerOf, readFiles } from "./sql/named-relation.js";

/** An address, which DuckDB reads from itself. */
export const REMOTE = /^[a-z][a-z0-9]+:\/\//i;

/** A pattern that one file matches, whatever its name: a[1].csv would else be a1.csv. */
const literalGlob = (path: string): string => path.replaceAll(/[[*?]/g, "[$&]");

/**
 * Files of calls as one table.
 *
 * @param paths files, folders, globs, or addresses that DuckDB can read from
 * @throws InputError if there is none, or one is of a kind that it does not read
 */
export async function filesRelation(paths: readonly string[]): Promise<Relation> {
  const files: string[] = [];
  for (const path of paths) {
    if (REMOTE.test(path)) files.push(path);
    else files.push(...(await filled(await findFiles([path]))));
  }
  const reader = readerOf(files[0]);
  const other = files.find((file) => readerOf(file) !== reader);
  if (reader === undefined || other !== undefined) {
    const message =
      reader === undefined
        ? "DuckDB reads calls from Parquet, CSV or NDJSON. Bring it into one of these: spikeline convert FILE -o calls.parquet"
        : `the files must be of one kind, and this one is another than ${files[0]}. Convert one: spikeline convert FILE -o calls.parquet`;
    throw new InputError(message, { file: other ?? files[0] });
  }
  const patterns = files.map((file) => textLiteral(REMOTE.test(file) ? file : literalGlob(file)));
  const list = `[${patterns.join(", ")}]`;
  const label = paths.join(", ");
  // read as texts and taken for numbers later, a cell that is none is a row to tell of, and not the end of it all; it costs a quarter more
  if (reader === "read_csv") return { from: readFiles(reader, list, CSV_OF_TEXTS), label, isTexts: true };
  return { from: readFiles(reader, list), label };
}

const CSV_OF_TEXTS = ["header = true", "all_varchar = true"];

/**
 * The files that are not empty.
 *
 * @throws InputError if one that was named is, or all are
 */
async function filled(files: readonly Found[]): Promise<string[]> {
  const sizes = await Promise.all(files.map(async ({ path }) => (await stat(path)).size));
  const empty = files.find(({ isNamed }, i) => sizes[i] === 0 && (isNamed || sizes.every((size) => size === 0)));
  if (empty) throw new InputError("the file is empty. Give a file that holds a trace.", { file: empty.path });
  return files.filter((_, i) => sizes[i] > 0).map(({ path }) => path);
}
