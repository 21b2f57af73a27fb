import type { ColumnTable } from "arquero";
import { positions } from "../kernels/take.js";
import { table } from "../tables/own-table.js";
import { Reader } from "../tables/read.js";
import { type Text, TextColumn } from "../tables/text-column.js";

/** A column with what it holds. Missing numbers are NaN, what else is missing is null. */
export type TypedColumn =
  | { readonly type: "int32"; readonly values: Int32Array }
  | { readonly type: "float64"; readonly values: Float64Array }
  | { readonly type: "text"; readonly values: TextColumn | readonly Text[] }
  | { readonly type: "boolean"; readonly values: readonly (boolean | null)[] }
  | { readonly type: "bigint"; readonly values: readonly (bigint | null)[] }
  | { readonly type: "date"; readonly values: readonly (Date | null)[] }
  /** lists, objects, BigInts of more than 64 bits, or several kinds of values */
  | { readonly type: "other"; readonly values: readonly unknown[] };

/** What a column is that holds nothing to tell it by. */
export type Otherwise = "float64" | "text" | "boolean" | "date";

/** The columns of a table, without the rows that are filtered out, in its order; not copied where the table stands as it is. */
export function typedColumns(from: ColumnTable): [name: string, column: TypedColumn][] {
  const plain = from.ungroup();
  const inView =
    plain.isFiltered() || plain.isOrdered()
      ? new Reader(plain, "typedColumns").take(positions(plain.numRows()))
      : undefined;
  return plain
    .columnNames()
    .map((name: string) => [name, typedColumn((inView?.[name] ?? plain.column(name)) as Iterable<unknown>)]);
}

/**
 * A column with its type: that of a typed array, else that of its values. Numbers in a plain list are Float64, for the type must not hang on whether
 * they happen to be whole.
 */
export function typedColumn(column: Iterable<unknown>, otherwise: Otherwise = "text"): TypedColumn {
  if (column instanceof Float64Array) return { type: "float64", values: column };
  if (column instanceof Int32Array) return { type: "int32", values: column };
  if (column instanceof TextColumn) return { type: "text", values: column };
  if (column instanceof Int8Array || column instanceof Uint8Array)
    return { type: "int32", values: Int32Array.from(column) };
  if (column instanceof Int16Array || column instanceof Uint16Array)
    return { type: "int32", values: Int32Array.from(column) };
  const values = Array.from(column);
  const type = typeOf(values) ?? otherwise;
  if (type === "float64") return { type, values: Float64Array.from(values, (value) => (value ?? NaN) as number) };
  return { type, values: values.map((value) => (isMissing(value) ? null : value)) } as TypedColumn;
}

/** A typed column from elsewhere: BigInts are numbers where every one of them is exact as such. */
export function withNumbers(column: TypedColumn): TypedColumn {
  if (column.type !== "bigint") return column;
  const values = Float64Array.from(column.values, (value) => (value === null ? NaN : Number(value)));
  return values.every((value) => Number.isNaN(value) || Number.isSafeInteger(value))
    ? { type: "float64", values }
    : column;
}

/** A table of typed columns. */
export const tableOf = (columns: readonly (readonly [name: string, column: TypedColumn])[]): ColumnTable =>
  table(
    columns.map(([name, { values }]) => [name, values] as [string, typeof values]),
    columns.map(([name]) => name),
  );

const isMissing = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  Number.isNaN(value) ||
  (value instanceof Date && Number.isNaN(value.getTime()));

/** What all values are that are there; undefined where none is. A NaN says that it is about numbers if nothing else says more. */
function typeOf(values: readonly unknown[]): TypedColumn["type"] | undefined {
  let found: TypedColumn["type"] | undefined;
  let isNumeric = false;
  for (const value of values) {
    if (isMissing(value)) {
      isNumeric ||= typeof value === "number";
      continue;
    }
    const type = typeOfValue(value);
    if (found !== undefined && found !== type) return "other";
    found = type;
  }
  return found ?? (isNumeric ? "float64" : undefined);
}

function typeOfValue(value: unknown): TypedColumn["type"] {
  if (typeof value === "number") return "float64";
  if (typeof value === "string") return "text";
  if (typeof value === "boolean") return "boolean";
  if (typeof value === "bigint") return BigInt.asIntN(64, value) === value ? "bigint" : "other";
  return value instanceof Date ? "date" : "other";
}
