import { columnFromArray, float64, int32, tableFromColumns, tableToIPC, utf8 } from "@uwdata/flechette";
import type { ColumnTable } from "arquero";
import { OptionError } from "../errors.js";
import { textOf } from "../tables/text-of.js";

export const tableFormats = ["csv", "tsv", "json", "ndjson", "arrow", "parquet"] as const;
export type TableFormat = (typeof tableFormats)[number];

/** Rows that become text at once. */
const ROWS_AT_ONCE = 20_000;

/**
 * A table as the content of a file, in pieces. Missing numbers are an empty cell in CSV and null elsewhere; no NaN or Infinity is written.
 * JSON is a list of rows, NDJSON a row a line.
 *
 * @throws OptionError if Parquet is asked for and `hyparquet-writer` is not installed
 */
export async function tableContent(table: ColumnTable, format: TableFormat): Promise<Iterable<string | Uint8Array>> {
  if (format === "csv") return csv(table);
  if (format === "tsv") return csv(table, true, "\t");
  if (format === "json") return json(table);
  if (format === "ndjson") return ndjson(table);
  if (format === "arrow") return [arrow(table)];
  return [await parquet(table)];
}

const finite = (value: unknown): unknown => (typeof value === "number" && !Number.isFinite(value) ? null : value);

/** Tables of the same columns as one CSV, in pieces. */
export function* tablesAsCsv(tables: Iterable<ColumnTable>): Generator<string, void, undefined> {
  let header = true;
  for (const table of tables) {
    yield* csv(table, header);
    header = false;
  }
}

function* csv(table: ColumnTable, header = true, delimiter = ","): Generator<string, void, undefined> {
  const format = Object.fromEntries(table.columnNames().map((name) => [name, finite]));
  for (let offset = 0; offset === 0 || offset < table.numRows(); offset += ROWS_AT_ONCE) {
    yield table.toCSV({ delimiter, format, header: header && offset === 0, offset, limit: ROWS_AT_ONCE });
  }
}

function* json(table: ColumnTable): Generator<string> {
  yield "[";
  for (let offset = 0; offset < table.numRows(); offset += ROWS_AT_ONCE) {
    const rows = table.objects({ offset, limit: ROWS_AT_ONCE });
    // JSON.stringify writes NaN and Infinity as null
    yield rows.map((row, i) => `${offset + i === 0 ? "\n" : ",\n"}${JSON.stringify(row)}`).join("");
  }
  yield "\n]\n";
}

function* ndjson(table: ColumnTable): Generator<string> {
  for (let offset = 0; offset < table.numRows(); offset += ROWS_AT_ONCE) {
    const rows = table.objects({ offset, limit: ROWS_AT_ONCE });
    yield rows.map((row) => `${JSON.stringify(row)}\n`).join("");
  }
}

interface PlainColumn {
  readonly name: string;
  readonly type: "int32" | "float64" | "text";
  /** null where a value is missing */
  readonly values: Int32Array | (number | string | null)[];
}

function plainColumns(table: ColumnTable): PlainColumn[] {
  const plain = table.reify();
  return plain.columnNames().map((name: string): PlainColumn => {
    const column = plain.column(name) as Iterable<unknown>;
    if (column instanceof Int32Array) return { name, type: "int32", values: column };
    const values = Array.from(column, finite);
    const numeric =
      column instanceof Float64Array ||
      (values.some((v) => typeof v === "number") && values.every((v) => typeof v === "number" || v === null));
    if (numeric) return { name, type: "float64", values: values as (number | null)[] };
    return {
      name,
      type: "text",
      values: values.map(textOf),
    };
  });
}

function arrow(table: ColumnTable): Uint8Array {
  const types = { int32: int32(), float64: float64(), text: utf8() };
  const columns = plainColumns(table).map(
    ({ name, type, values }) => [name, columnFromArray(values, types[type])] as const,
  );
  return tableToIPC(tableFromColumns(columns as never), { format: "file" }) as Uint8Array;
}

async function parquet(table: ColumnTable): Promise<Uint8Array> {
  let writer: typeof import("hyparquet-writer");
  try {
    writer = await import("hyparquet-writer");
  } catch {
    throw new OptionError("format", "parquet needs the package hyparquet-writer: npm install hyparquet-writer.");
  }
  const types = { int32: "INT32", float64: "DOUBLE", text: "STRING" } as const;
  const columnData = plainColumns(table).map(({ name, type, values }) => ({
    name,
    type: types[type],
    nullable: true,
    data: values,
  }));
  return new Uint8Array(writer.parquetWriteBuffer({ columnData }));
}
