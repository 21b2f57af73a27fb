import {
  type Batch,
  batchType,
  bool,
  Column,
  columnFromArray,
  type DataType,
  dictionary as dictionaryOf,
  float64,
  int32,
  int64,
  type Table,
  tableFromColumns,
  timestamp,
  TimeUnit,
  Type,
  utf8,
} from "@uwdata/flechette";
import type { ColumnTable } from "arquero";
import { TableError } from "../errors.js";
import { decodeArrow } from "../files/arrow.js";
import { Dictionary } from "../kernels/dictionary.js";
import { takeInts } from "../kernels/take.js";
import { TextColumn } from "../tables/text-column.js";
import { tableOf, type TypedColumn, typedColumn, typedColumns, withNumbers } from "./typed-column.js";

/**
 * A table as an Arrow table of flechette, in one batch. Float64 and Int32 columns share their memory with it, and so do the codes of texts that are held
 * once each where none is missing: who changes one changes both. A NaN becomes a null, with the NaN still beneath it. BigInts are int64, Dates
 * timestamps in milliseconds, lists and objects JSON. A filtered or ordered table is copied, in its order; a grouping is dropped. O(cells) where
 * something is missing, else O(columns + different texts).
 *
 * @param table any table
 * @returns an Arrow table; `tableToIPC` of `@uwdata/flechette` makes bytes of it, for Python, DuckDB, Polars or apache-arrow
 * @example
 * const arrow = toArrow(table({ start_time: Float64Array.of(0, NaN), operation_name: ["gpt", null] }));
 * arrow.toArray(); // [{ start_time: 0, operation_name: "gpt" }, { start_time: null, operation_name: null }]
 */
export function toArrow(table: ColumnTable): Table {
  return tableFromColumns(typedColumns(table).map(([name, column]) => [name, arrowColumn(column)]));
}

/**
 * A table from an Arrow table of flechette, or from bytes of Arrow IPC, as a file (Feather 2) or a stream, also packed with zstd or LZ4. Float64 and
 * Int32 columns in one batch share its memory where nothing is missing, or NaN stands beneath every null, as `toArrow` has it; others are copied. A
 * missing number is NaN, what else is missing null. Texts in dictionaries stay codes. Whole numbers of 64 bits become numbers where every one of their
 * column is below 2^53, else BigInts; times in bytes Dates, to the millisecond (`loadTrace` reads a file to the nanosecond). O(cells).
 *
 * @param arrow a table of flechette, or bytes; a table of `apache-arrow` comes as `tableToIPC(table)`
 * @throws InputError if the bytes are damaged or not Arrow; TableError for anything else
 * @example
 * const calls = table({ call_id: Int32Array.of(0, 1), duration: Float64Array.of(1.5, NaN) });
 * const back = fromArrow(toArrow(calls));
 * back.objects(); // [{ call_id: 0, duration: 1.5 }, { call_id: 1, duration: NaN }]
 * back.column("duration").buffer === calls.column("duration").buffer; // true
 */
export function fromArrow(arrow: Table | Uint8Array | ArrayBuffer): ColumnTable {
  const { names, children } = ArrayBuffer.isView(arrow) || arrow instanceof ArrayBuffer ? decoded(arrow) : arrow;
  if (!Array.isArray(names) || !Array.isArray(children)) {
    throw new TableError(
      "fromArrow",
      "takes a table of @uwdata/flechette or the bytes of Arrow IPC; one of apache-arrow comes as its tableToIPC(table).",
    );
  }
  return tableOf(names.map((name, i) => [name, columnFromArrow(children[i])]));
}

const decoded = (bytes: Uint8Array | ArrayBuffer): Table =>
  decodeArrow(bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes), undefined, {
    useBigInt: true,
    useDate: true,
  });

type AnyBatch = Batch<unknown> & { values: unknown; dictionary?: Column<unknown> };

function arrowColumn(column: TypedColumn): Column<unknown> {
  switch (column.type) {
    case "int32":
      return columnOf(int32(), column.values);
    case "float64":
      return columnOf(
        float64(),
        column.values,
        column.values.some(Number.isNaN) ? (i) => !Number.isNaN(column.values[i]) : undefined,
      );
    case "boolean":
      return columnFromArray(column.values as boolean[], bool());
    case "date":
      return columnFromArray(column.values as Date[], timestamp(TimeUnit.MILLISECOND, null), { useDate: true });
    case "bigint":
      return columnFromArray(column.values as bigint[], int64(), { useBigInt: true });
    default:
      return textColumn(column.values instanceof TextColumn ? column.values : TextColumn.from(column.values));
  }
}

/** A column in one batch, over the values as they are. */
function columnOf(
  type: DataType,
  values: Int32Array | Float64Array,
  isThere?: (i: number) => boolean,
): Column<unknown> {
  const { length } = values;
  const validity = new Uint8Array(isThere ? Math.ceil(length / 8) : 0);
  let there = isThere ? 0 : length;
  for (let i = 0; isThere && i < length; i++) {
    if (!isThere(i)) continue;
    validity[i >> 3] |= 1 << (i & 7);
    there++;
  }
  const BatchOf = batchType(type) as new (options: object) => Batch<unknown>;
  return new Column([new BatchOf({ length, nullCount: length - there, type, validity, values })], type);
}

function textColumn(texts: TextColumn): Column<unknown> {
  // rows that were picked from many share the texts of all
  const { codes, dictionary } = texts.dictionary.size > texts.length ? TextColumn.from([...texts]) : texts;
  const isMissing = codes.includes(-1);
  // beneath a null stands a code that is one, for readers that look at it all the same
  const textType = utf8(); // one object in both places: flechette finds the dictionary by it
  const column = columnOf(
    dictionaryOf(textType, int32()),
    isMissing ? codes.map((code) => Math.max(code, 0)) : codes,
    isMissing ? (i) => codes[i] >= 0 : undefined,
  );
  // flechette does not write a dictionary without texts, and does not read a column without a dictionary
  const values =
    dictionary.size === 0 ? [""] : Array.from({ length: dictionary.size }, (_, code) => dictionary.text(code));
  (column.data[0] as unknown as { setDictionary(texts: Column<string>): void }).setDictionary(
    columnFromArray(values, textType),
  );
  return column;
}

function columnFromArrow(column: Column<unknown>): TypedColumn {
  const batches = column.data as readonly AnyBatch[];
  const values = batches.length === 1 ? batches[0].values : undefined;
  const { typeId } = column.type;
  if (typeId === Type.Dictionary) return textsFromArrow(column) ?? typedColumn(column);
  if (values instanceof Float64Array && typeId === Type.Float && isNaNBeneathNulls(batches[0], values))
    return { type: "float64", values };
  return withNumbers(typedColumn(column.toArray() as Iterable<unknown>, otherwise(typeId)));
}

const isNaNBeneathNulls = (batch: AnyBatch, values: Float64Array): boolean =>
  batch.nullCount === 0 || values.every((value, i) => Number.isNaN(value) || batch.isValid(i));

const otherwise = (typeId: number) =>
  typeId === Type.Int || typeId === Type.Float || typeId === Type.Decimal
    ? "float64"
    : typeId === Type.Bool
      ? "boolean"
      : typeId === Type.Date || typeId === Type.Timestamp
        ? "date"
        : "text";

/** Codes and texts; undefined if the dictionary holds anything but texts. */
function textsFromArrow(column: Column<unknown>): TypedColumn | undefined {
  const batches = column.data as readonly AnyBatch[];
  const texts = batches.at(-1)?.dictionary?.toArray() as ArrayLike<unknown> | undefined;
  if (texts === undefined || !Array.from(texts).every((text) => typeof text === "string")) return undefined;
  const dictionary = new Dictionary();
  const codes = Int32Array.from(texts, (text) => dictionary.addText(text as string));
  const isSame = codes.every((code, i) => code === i);
  let keys = batches[0].values as Int32Array;
  if (batches.length > 1 || column.nullCount > 0 || !(keys instanceof Int32Array)) {
    keys = new Int32Array(column.length);
    let row = 0;
    for (const batch of batches) {
      const from = batch.values as ArrayLike<number | bigint>;
      for (let i = 0; i < batch.length; i++)
        keys[row++] = batch.nullCount === 0 || batch.isValid(i) ? Number(from[i]) : -1;
    }
  }
  return { type: "text", values: new TextColumn(isSame ? keys : takeInts(codes, keys, -1), dictionary) };
}
