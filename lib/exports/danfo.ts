import type { ColumnTable } from "arquero";
import type { DataFrame } from "danfojs-node";
import { TableError } from "../errors.js";
import { TextColumn } from "../tables/text-column.js";
import { type Otherwise, tableOf, type TypedColumn, typedColumn, typedColumns, withNumbers } from "./typed-column.js";

/** What is asked of a DataFrame: names, and rows of cells. Those of `danfojs-node` and of `danfojs` have it. */
export interface DanfoFrame {
  readonly columns: readonly string[];
  readonly values: unknown;
  readonly dtypes?: readonly string[];
}

/** What is asked of Danfo: its namespace, as `import * as danfo` or the browser's `dfd`. */
export interface Danfo {
  readonly DataFrame: new (rows: never, options: never) => unknown;
}

/**
 * A table from a DataFrame of Danfo, in the order of its rows; nothing of Danfo is imported. Its types come from the cells, for Danfo guesses its own
 * from the first rows and keeps calling a column `int32` that has become another: numbers become Int32 where Danfo says `int32` and every one is there,
 * whole and fits, else Float64; texts, booleans and Dates stay. Null, undefined and NaN are missing: NaN among numbers, else null. The texts `"NaN"`
 * and `"undefined"`, which `asType` makes of what is missing, are texts. Columns of several kinds stay as they are. The index is left out:
 * `df.addColumn("index", df.index)` keeps it. O(cells).
 *
 * @param df a DataFrame of `danfojs-node` or `danfojs`, also one of a group: `df.groupby(["example_number"]).getGroup([0])`
 * @throws TableError if it is none
 * @example
 * const df = { columns: ["call_id", "duration", "operation_name"], dtypes: ["int32", "float32", "string"], values: [[0, 1.5, "gpt"], [1, NaN, null]] };
 * fromDanfo(df).objects(); // [{ call_id: 0, duration: 1.5, operation_name: "gpt" }, { call_id: 1, duration: NaN, operation_name: null }]
 */
export function fromDanfo(df: DanfoFrame): ColumnTable {
  const { columns, values: rows } = df;
  if (!Array.isArray(columns) || !Array.isArray(rows) || !rows.every((row) => Array.isArray(row))) {
    throw new TableError("fromDanfo", "takes a DataFrame of Danfo, not a Series, a grouping or anything else.");
  }
  return tableOf(
    columns.map((name: string, k) => {
      const dtype = df.dtypes?.[k] ?? "string";
      const cells = rows.map((row: unknown[]) => row[k]);
      return [name, fromDtype(withNumbers(typedColumn(cells, otherwise[dtype])), dtype)] as const;
    }),
  );
}

/** A table as a DataFrame of this Danfo; see `toDanfo`. */
export function dataFrameOf(table: ColumnTable, { DataFrame }: Danfo): DataFrame {
  const columns = typedColumns(table).map(([name, column]) => [name, forDanfo(column)] as const);
  const lists = columns.map(([, { values }]) => Array.from(values as Iterable<unknown>));
  const rows = Array.from({ length: table.numRows() }, (_, i) => lists.map((values) => values[i]));
  return new DataFrame(
    rows as never,
    { columns: columns.map(([name]) => name), dtypes: columns.map(([, { type }]) => dtypes[type]) } as never,
  ) as DataFrame;
}

const dtypes: Readonly<Record<TypedColumn["type"], string>> = {
  int32: "int32",
  float64: "float32",
  text: "string",
  boolean: "boolean",
  date: "datetime",
  bigint: "string",
  other: "string",
};

const otherwise: Readonly<Record<string, Otherwise | undefined>> = {
  int32: "float64",
  float32: "float64",
  boolean: "boolean",
  datetime: "date",
};

function forDanfo(from: TypedColumn): TypedColumn {
  const column = withNumbers(from);
  if (column.type !== "bigint" && column.type !== "other") return column;
  return { type: "text", values: TextColumn.from(column.values) };
}

/** Whole numbers of 32 bits, where Danfo says so and they are. */
function fromDtype(column: TypedColumn, dtype: string): TypedColumn {
  if (dtype !== "int32" || column.type !== "float64") return column;
  const values = Int32Array.from(column.values);
  return values.every((value, i) => value === column.values[i]) ? { type: "int32", values } : column;
}
