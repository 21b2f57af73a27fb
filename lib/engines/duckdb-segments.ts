import { EngineError, OptionError } from "../errors.js";
import { quotedPath } from "../exports/quoted-name.js";
import { checkWritable, writeFileWhole } from "../files/write-files.js";
import type { Database } from "./database.js";
import { textLiteral } from "./sql/literals.js";

const ADDRESS = /^[a-z][a-z0-9+.-]*:\/\//i;
/** Where DuckDB's extensions write; what else looks like an address would fail when all the work is done. */
const STORES = /^(?:s3|s3a|s3n|gcs|gs|r2|az|azure|abfss?):\/\//i;
const PARQUET = /\.parquet$/i;

type Asked = Pick<Database, "query">;

/**
 * Looks whether segments can be written: to a Parquet file, to a store of objects, or to a new table of a connection.
 *
 * @param database on a connection that outlives the analysis, if there is one: a DuckDB of its own is in memory, or is only read
 * @throws OptionError, InputError or EngineError if not
 */
export async function checkDuckDBTarget(into: string, database: Asked | undefined): Promise<void> {
  if (ADDRESS.test(into) && !(STORES.test(into) && PARQUET.test(into)))
    throw new OptionError(
      "segments",
      `must be a Parquet file, or an address of one that DuckDB writes to, like s3://bucket/segments.parquet: not ${into}.`,
    );
  if (STORES.test(into)) return;
  if (PARQUET.test(into)) return checkWritable(into);
  if (!database)
    throw new OptionError(
      "segments",
      `must be a file like segments.parquet, not ${into}: a new table is for a connection of yours.`,
    );
  // this binds the name, so that it tells of a schema that is not there; whether a table is, it does not look
  await database.query(`EXPLAIN CREATE TABLE ${quotedPath(into)} AS SELECT 1 AS concurrency`, "segments");
  const isThere = await database.query(`SELECT * FROM ${quotedPath(into)} LIMIT 0`, "segments").then(
    () => true,
    () => false,
  );
  if (isThere)
    throw new EngineError("duckdb", "ALREADY_THERE", `${into} is there already. Choose another name, or drop it.`);
}

/** Writes segments to where `checkDuckDBTarget` found that they can be; tells how many there are. */
export async function writeDuckDBSegments(database: Asked, sql: string, into: string): Promise<number> {
  if (!PARQUET.test(into)) {
    const { Count } = await database.query(`CREATE TABLE ${quotedPath(into)} AS ${sql}`, "segments");
    return Number(Count?.[0]);
  }
  const copy = async (path: string) => {
    const { Count } = await database.query(`COPY (${sql}) TO ${textLiteral(path)} (FORMAT parquet)`, "segments");
    return Number(Count?.[0]);
  };
  if (STORES.test(into)) return copy(into);
  return writeFileWhole(into, (beside) =>
    copy(beside).catch((error: unknown) => {
      // nobody knows of the file beside
      if (error instanceof Error) error.message = error.message.replaceAll(beside, into);
      throw error;
    }),
  );
}
