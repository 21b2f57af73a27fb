import type { ColumnTable } from "arquero";
import { TableError } from "../errors.js";
import { flagged, takeInts, takeNumbers } from "../kernels/take.js";
import { table } from "./own-table.js";
import { type Text, TextColumn } from "./text-column.js";
import { textOf } from "./text-of.js";

/** What Arquero takes as a column. */
interface Column {
  readonly length: number;
  at(row: number): unknown;
}

/**
 * The one way from a table to typed arrays: it respects filters and orders, turns null into NaN, accepts Arrow's columns and BigInts,
 * and says which function misses which column. Float64 and Int32 columns of a table as it stands are handed out without a copy.
 */
export class Reader {
  readonly #table: ColumnTable;
  readonly #caller: string;
  readonly #rows: Int32Array | undefined;
  readonly size: number;

  /**
   * @param table any table with the columns asked for
   * @param caller the function that reads, for messages
   * @throws TableError if the table is grouped by anything but example_number
   */
  constructor(table: ColumnTable, caller: string) {
    const groups = table.groups() as { names: string[] } | null;
    if (groups && groups.names.join() !== "example_number") {
      throw new TableError(
        caller,
        `the table is grouped by ${groups.names.join(", ")}; only groupby("example_number") is understood. Use \`ungroup()\`, or the option \`groupBy\` where there is one.`,
      );
    }
    this.#table = table;
    this.#caller = caller;
    this.#rows = table.isFiltered() || table.isOrdered() ? Int32Array.from(table.indices()) : undefined;
    this.size = table.numRows();
  }

  has(name: string): boolean {
    return this.#table.columnIndex(name) >= 0;
  }

  /** What stands in row i; undefined where there is no such column. */
  cell(name: string, i: number): unknown {
    return this.has(name) ? this.#column(name).at(this.#rows ? this.#rows[i] : i) : undefined;
  }

  /** Where row i comes from: the file, and its row in that, or here where it has none. */
  placeOf(i: number): { readonly source: string | null; readonly row: number } {
    const row = this.cell("row", i);
    const isKnown = typeof row === "number" && !Number.isNaN(row);
    return { source: textOf(this.cell("source", i)), row: isKnown ? row : i + 1 };
  }

  /** Numbers; a missing one is NaN. */
  numbers(name: string): Float64Array {
    const column = this.#column(name);
    if (column instanceof Float64Array) return this.#rows ? takeNumbers(column, this.#rows) : column;
    const out = new Float64Array(this.size);
    for (let i = 0; i < out.length; i++) out[i] = this.#number(column, name, i);
    return out;
  }

  /** Numbers, or undefined where there is no such column. */
  numbersIfAny(name: string): Float64Array | undefined {
    return this.has(name) ? this.numbers(name) : undefined;
  }

  /** Numbers, or NaN throughout where there is no such column. */
  maybeNumbers(name: string): Float64Array {
    return this.numbersIfAny(name) ?? new Float64Array(this.size).fill(NaN);
  }

  /** Whole numbers from 0, none missing. */
  ints(name: string): Int32Array {
    const column = this.#column(name);
    if (column instanceof Int32Array) {
      const out = this.#rows ? takeInts(column, this.#rows, -1) : column;
      for (let i = 0; i < out.length; i++) if (out[i] < 0) throw this.#wrong(name, "whole numbers from 0", i, out[i]);
      return out;
    }
    const out = new Int32Array(this.size);
    for (let i = 0; i < out.length; i++) {
      const value = this.#number(column, name, i);
      if (!Number.isInteger(value) || value < 0 || value > 0x7fffffff) {
        throw this.#wrong(name, "whole numbers from 0", i, value);
      }
      out[i] = value;
    }
    return out;
  }

  /** Texts; a missing one is null. */
  texts(name: string): TextColumn {
    const column = this.#column(name);
    if (column instanceof TextColumn) return this.#rows ? column.take(this.#rows) : column;
    const at = this.textAt(name);
    const values = new Array<Text>(this.size);
    for (let i = 0; i < values.length; i++) values[i] = at(i);
    return TextColumn.from(values);
  }

  /** Reads the text of a row; a missing one is null. For who asks for each row about once: `texts` puts them all into a dictionary. */
  textAt(name: string): (i: number) => Text {
    const column = this.#column(name);
    const rows = this.#rows;
    return (i) => {
      const value: unknown = column.at(rows ? rows[i] : i);
      if (typeof value === "object" && value !== null) throw this.#wrong(name, "texts", i, value);
      return textOf(value);
    };
  }

  /** Reads the text of a row, or null for every row where there is no such column. */
  maybeTextAt(name: string): (i: number) => Text {
    return this.has(name) ? this.textAt(name) : () => null;
  }

  /** Texts, or undefined where there is no such column. */
  textsIfAny(name: string): TextColumn | undefined {
    return this.has(name) ? this.texts(name) : undefined;
  }

  /** Texts, or null throughout where there is no such column. */
  maybeTexts(name: string): TextColumn {
    return this.textsIfAny(name) ?? TextColumn.of(null, this.size);
  }

  /** The durations of calls: the column, or end − start where there is none. */
  durations(): Float64Array {
    if (this.has("duration")) return this.numbers("duration");
    const starts = this.numbers("start_time");
    const ends = this.numbers("end_time");
    const out = new Float64Array(this.size);
    for (let i = 0; i < out.length; i++) out[i] = ends[i] - starts[i];
    return out;
  }

  /** The rows at these positions, with all columns but those in `without`. Typed columns stay typed. */
  take(rows: Int32Array, without?: ReadonlySet<string>): Record<string, Column> {
    const backing = this.#rows ? takeInts(this.#rows, rows, -1) : rows;
    const names = this.#table.columnNames((name: string) => !without?.has(name));
    return Object.fromEntries(names.map((name) => [name, takeColumn(this.#column(name), backing)]));
  }

  /** The rows for which the predicate holds, with all columns. */
  pick(keep: (i: number) => boolean): ColumnTable {
    const flags = new Uint8Array(this.size);
    for (let i = 0; i < flags.length; i++) if (keep(i)) flags[i] = 1;
    return table(this.take(flagged(flags)), this.#table.columnNames());
  }

  #column(name: string): Column {
    const column = this.#table.column(name) as Column | undefined;
    if (column) return column;
    throw new TableError(
      this.#caller,
      `the table has no column ${name}; it has ${this.#table.columnNames().join(", ") || "none"}.`,
      name,
    );
  }

  #number(column: Column, name: string, i: number): number {
    const value = column.at(this.#rows ? this.#rows[i] : i);
    if (typeof value === "number") return value;
    if (value === null || value === undefined) return NaN;
    if (typeof value === "bigint") return Number(value);
    throw this.#wrong(name, "numbers", i, value);
  }

  #wrong(name: string, wanted: string, i: number, value: unknown): TableError {
    const shown = typeof value === "string" || value instanceof Date ? JSON.stringify(value) : textOf(value);
    return new TableError(this.#caller, `column ${name} must hold ${wanted}, but row ${i + 1} holds ${shown}.`, name);
  }
}

function takeColumn(column: Column, rows: Int32Array): Column {
  if (column instanceof TextColumn) return column.take(rows);
  if (column instanceof Float64Array) return takeNumbers(column, rows);
  if (column instanceof Int32Array) return takeInts(column, rows, -1);
  return Array.from(rows, (row) => column.at(row));
}
