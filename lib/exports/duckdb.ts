import type { DuckDBAppender, DuckDBConnection, DuckDBResultReader, DuckDBTimestampValue } from "@duckdb/node-api";
import type { ColumnTable } from "arquero";
import { TableError } from "../errors.js";
import { TextColumn } from "../tables/text-column.js";
import { quotedName } from "./quoted-name.js";
import { type Otherwise, tableOf, type TypedColumn, typedColumn, typedColumns, withNumbers } from "./typed-column.js";

/**
 * Makes a table of DuckDB of a table. Int32 is INTEGER, other numbers DOUBLE, BigInts BIGINT, booleans BOOLEAN, Dates TIMESTAMP, all else VARCHAR, lists
 * and objects as JSON. What is missing is NULL, a NaN too, so that `avg` leaves it out. Filters and orders are respected, a grouping is dropped.
 * Nothing is imported: the connection brings what is needed. O(cells), about a second for three million.
 *
 * @param connection a connection of `@duckdb/node-api`
 * @param name the name of the new table, in the current schema; any text, it is quoted
 * @param table any table with a column
 * @throws TableError if the table has no column; an error of DuckDB if there is a table of that name: `drop table` it before
 * @example
 * const { DuckDBInstance } = await import("@duckdb/node-api");
 * const connection = await (await DuckDBInstance.create()).connect();
 * await toDuckDB(connection, "calls", table({ call_id: Int32Array.of(0, 1), duration: [1.5, null] }));
 * const reader = await connection.runAndReadAll("select avg(duration) as mean from calls");
 * fromDuckDB(reader).objects(); // [{ mean: 1.5 }]
 */
export async function toDuckDB(connection: DuckDBConnection, name: string, table: ColumnTable): Promise<void> {
  const columns = typedColumns(table);
  if (columns.length === 0) throw new TableError("toDuckDB", "the table has no column; DuckDB needs one.");
  const declared = columns.map(([column, { type }]) => `${quotedName(column)} ${sqlTypes[type]}`);
  await connection.run(`create table ${quotedName(name)} (${declared.join(", ")})`);
  const appender = await connection.createAppender(name);
  const append = columns.map(([, column]) => appending(column, appender));
  const rows = table.numRows();
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < append.length; k++) append[k](i);
    appender.endRow();
  }
  appender.closeSync();
}

/**
 * A table from what a query of DuckDB gave, as far as the reader has read. Whole numbers of up to 32 bits are Int32 where none is NULL; other numbers are
 * Float64, a NULL is NaN there; those of 64 and more bits, of `count` and `sum` too, are numbers where every one of their column is below 2^53, else
 * BigInts. Times become Dates, to the millisecond: `epoch_ns(time)` keeps a time to the nanosecond. Texts, enums and UUIDs are texts, lists and structs
 * lists and objects; a NULL is null. A name that comes twice is counted on. O(cells).
 *
 * @param reader of `connection.runAndReadAll(sql)`
 * @example
 * const { DuckDBInstance } = await import("@duckdb/node-api");
 * const connection = await (await DuckDBInstance.create()).connect();
 * const reader = await connection.runAndReadAll("select * from (values (1, 'gpt', 0.5), (2, null, null)) as t (id, model, seconds)");
 * fromDuckDB(reader).objects(); // [{ id: 1, model: "gpt", seconds: 0.5 }, { id: 2, model: null, seconds: NaN }]
 */
export function fromDuckDB(reader: DuckDBResultReader): ColumnTable {
  // of a query without rows there are no columns
  const columns: readonly (Iterable<unknown> | undefined)[] = reader.getColumnsJS();
  return tableOf(
    reader.deduplicatedColumnNames().map((name, k) => {
      const type = String(reader.columnType(k));
      const column = withNumbers(typedColumn(columns[k] ?? [], otherwise(type)));
      return [name, SMALL.test(type) ? whole(column) : column] as const;
    }),
  );
}

const sqlTypes: Readonly<Record<TypedColumn["type"], string>> = {
  int32: "integer",
  float64: "double",
  text: "varchar",
  boolean: "boolean",
  bigint: "bigint",
  date: "timestamp",
  other: "varchar",
};

/** What appends the cell of a row. One call a cell: as fast as filling DuckDB's chunks, and needs none of its classes. */
function appending(column: TypedColumn, appender: DuckDBAppender): (row: number) => void {
  const orNull =
    <T>(at: (row: number) => T | null, append: (value: T) => void) =>
    (row: number) => {
      const value = at(row);
      if (value === null) appender.appendNull();
      else append(value);
    };
  switch (column.type) {
    case "int32":
      return (row) => {
        appender.appendInteger(column.values[row]);
      };
    case "float64":
      return (row) => {
        const value = column.values[row];
        if (Number.isNaN(value)) appender.appendNull();
        else appender.appendDouble(value);
      };
    case "boolean":
      return orNull(
        (row) => column.values[row],
        (value) => {
          appender.appendBoolean(value);
        },
      );
    case "bigint":
      return orNull(
        (row) => column.values[row],
        (value) => {
          appender.appendBigInt(value);
        },
      );
    case "date":
      // DuckDB reads nothing but the microseconds of its class
      return orNull(
        (row) => column.values[row],
        (value) => {
          const timestamp: unknown = { micros: 1000n * BigInt(value.getTime()) };
          appender.appendTimestamp(timestamp as DuckDBTimestampValue);
        },
      );
    default: {
      const texts = column.values instanceof TextColumn ? column.values : TextColumn.from(column.values);
      return orNull(
        (row) => texts.at(row),
        (value) => {
          appender.appendVarchar(value);
        },
      );
    }
  }
}

/** Types whose values are all whole numbers of 32 bits. */
const SMALL = /^(?:TINYINT|UTINYINT|SMALLINT|USMALLINT|INTEGER)$/;
const NUMBERS = /^(?:U?(?:TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL\(.*\)|BIGNUM)$/;

function otherwise(type: string): Otherwise {
  if (NUMBERS.test(type)) return "float64";
  if (type === "BOOLEAN") return "boolean";
  return /^(?:DATE|TIMESTAMP.*)$/.test(type) ? "date" : "text";
}

function whole(column: TypedColumn): TypedColumn {
  if (column.type !== "float64" || column.values.some(Number.isNaN)) return column;
  return { type: "int32", values: Int32Array.from(column.values) };
}
