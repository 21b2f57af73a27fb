import type { Dictionary } from "../kernels/dictionary.js";
import { readNumber, readText } from "./numbers.js";

/** The cells of a row, of CSV or JSON. There is nothing in column −1. */
export interface Row {
  cell(column: number): unknown;
  /** the number that a cell holds, if it is plain to see; else NaN */
  plainNumber(column: number): number;
  /** the code of the text of a cell in a dictionary; −1 where it is missing or empty */
  code(column: number, dictionary: Dictionary): number;
}

/** A row of values at hand. */
export class ValueRow implements Row {
  readonly #values: readonly unknown[];

  constructor(values: readonly unknown[]) {
    this.#values = values;
  }

  cell(column: number): unknown {
    return this.#values[column];
  }

  plainNumber(column: number): number {
    const value = this.#values[column];
    return typeof value === "number" ? value : NaN;
  }

  code(column: number, dictionary: Dictionary): number {
    const text = readText(this.#values[column]);
    return text === null ? -1 : dictionary.addText(text);
  }
}

/** The number in a cell: NaN where there is none, undefined where what stands there is not a number. */
export function numberAt(row: Row, column: number): number | undefined {
  const plain = row.plainNumber(column);
  return plain === plain ? plain : readNumber(row.cell(column));
}

/** A count of tokens: NaN where there is none, or where it cannot be read. */
export const tokensAt = (row: Row, column: number): number => (column < 0 ? NaN : (numberAt(row, column) ?? NaN));
