import type { ColumnTable } from "arquero";
import { TableError } from "../errors.js";
import { textOf } from "./text-of.js";

export type Text = string | null;

/**
 * The one way from a table to typed arrays: it respects filters and orders, turns null into NaN, accepts Arrow's columns and BigInts,
 * and says which function misses which column. Float64 and Int32 columns of a table as it stands are handed out without a copy.
 */
export class Reader {
  readonly #table: ColumnTable;
  readonly #caller: string;
  readonly #rows: Uint32Array | undefined;
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
    this.#rows = table.isFiltered() || table.isOrdered() ? table.indices() : undefined;
    this.size = table.numRows();
  }

  has(name: string): boolean {
    return this.#table.columnIndex(name) >= 0;
  }

  /** The positions of the rows in the backing data, undefined where the table is as it stands. */
  get rows(): Uint32Array | undefined {
    return this.#rows;
  }

  /** Numbers; a missing one is NaN. */
  numbers(name: string): Float64Array {
    const column = this.#column(name);
    if (column instanceof Float64Array && !this.#rows) return column;
    const out = new Float64Array(this.size);
    for (let i = 0; i < out.length; i++) out[i] = this.#number(column, name, i);
    return out;
  }

  /** Numbers, or NaN throughout where there is no such column. */
  maybeNumbers(name: string): Float64Array {
    return this.has(name) ? this.numbers(name) : new Float64Array(this.size).fill(NaN);
  }

  /** Whole numbers from 0, none missing. */
  ints(name: string): Int32Array {
    const column = this.#column(name);
    const out = column instanceof Int32Array && !this.#rows ? column : new Int32Array(this.size);
    for (let i = 0; i < out.length; i++) {
      const value = out === column ? out[i] : this.#number(column, name, i);
      if (!Number.isInteger(value) || value < 0 || value > 0x7fffffff) {
        throw this.#wrong(name, "whole numbers from 0", i, value);
      }
      if (out !== column) out[i] = value;
    }
    return out;
  }

  /** Texts; a missing one is null. */
  texts(name: string): Text[] {
    const column = this.#column(name);
    const out = new Array<Text>(this.size);
    for (let i = 0; i < out.length; i++) {
      const value: unknown = column.at(this.#rows ? this.#rows[i] : i);
      if (typeof value === "object" && value !== null) throw this.#wrong(name, "texts", i, value);
      out[i] = textOf(value);
    }
    return out;
  }

  /** Texts, or null throughout where there is no such column. */
  maybeTexts(name: string): Text[] {
    return this.has(name) ? this.texts(name) : new Array<Text>(this.size).fill(null);
  }

  /** The durations of calls: the column, or end − start where there is none. */
  durations(): Float64Array {
    if (this.has("duration")) return this.numbers("duration");
    const starts = this.numbers("start_time");
    return this.numbers("end_time").map((end, i) => end - starts[i]);
  }

  /** The rows for which the predicate holds, with all columns. */
  pick(keep: (i: number) => boolean): ColumnTable {
    const kept: number[] = [];
    for (let i = 0; i < this.size; i++) if (keep(i)) kept.push(this.#rows ? this.#rows[i] : i);
    return this.#table.ungroup().reify(kept);
  }

  /** The columns that are not in `known`, at the given rows; undefined where there are none. */
  further(known: ReadonlySet<string>, rows: Int32Array): ColumnTable | undefined {
    const names = this.#table.columnNames((name: string) => !known.has(name));
    if (names.length === 0) return undefined;
    const backing = this.#rows;
    return this.#table
      .ungroup()
      .select(names)
      .reify((backing ? rows.map((row) => backing[row]) : rows) as unknown as number[]);
  }

  #column(name: string): { at(row: number): unknown } {
    const column = this.#table.column(name) as { at(row: number): unknown } | undefined;
    if (column) return column;
    throw new TableError(
      this.#caller,
      `the table has no column ${name}; it has ${this.#table.columnNames().join(", ") || "none"}.`,
      name,
    );
  }

  #number(column: { at(row: number): unknown }, name: string, i: number): number {
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
