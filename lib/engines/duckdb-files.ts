import { InputError } from "../errors.js";
import { findFiles } from "../files/find.js";
import type { Relation } from "./database.js";
import { textLiteral } from "./sql/literals.js";
import { readerOf, readFiles } from "./sql/named-relation.js";

const REMOTE = /^[a-z][a-z0-9]+:\/\//i;

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
    else files.push(...(await findFiles([path])).map((found) => found.path));
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
  return { from: readFiles(reader, `[${patterns.join(", ")}]`), label: paths.join(", ") };
}
