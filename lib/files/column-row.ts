import { InputError, reasonOf } from "../errors.js";
import type { Dictionary } from "../kernels/dictionary.js";
import { isoDate } from "../tables/iso-date.js";
import { textOf } from "../tables/text-of.js";
import type { ByteTexts } from "./byte-texts.js";

/** A file of columns, read row by row. */
export interface ColumnRows {
  readonly header: readonly string[];
  /** about how many rows there are, to make room for them: what a file says that may be damaged, so never more than it has bytes */
  readonly roughly: number;
  /** the columns that the file itself says hold times or lengths of time: their cells are whole nanoseconds */
  readonly nanoseconds: ReadonlySet<string>;
  /**
   * Visits every row in turn, counted from 1. The same row is handed out again and again, with other cells.
   *
   * @param timesAs whether cells with a time are BigInts of nanoseconds since 1970, or ISO dates
   * @param wanted the columns that are asked for, all where it is left out; others need not be read, and may come back without anything
   */
  readonly rows: (
    visit: (row: ColumnRow, number: number) => void,
    timesAs: "nanoseconds" | "text",
    wanted?: ReadonlySet<number>,
  ) => Promise<void>;
}

/** The cells of one row of columns. There is nothing in column −1. */
export class ColumnRow {
  /** the values of each column, or of a part of it */
  columns: readonly ArrayLike<unknown>[] = [];
  /** of columns of texts that are bytes yet, those texts: such a column has no values */
  texts: readonly (ByteTexts | undefined)[] = [];
  /** the place of the row in them */
  at = 0;
  readonly #isTime: readonly boolean[];
  readonly #isText: boolean;

  /**
   * @param isTime which columns hold nanoseconds since 1970
   * @param asText whether `cell` gives those as ISO dates
   */
  constructor(isTime: readonly boolean[], asText: boolean) {
    this.#isTime = isTime;
    this.#isText = asText;
  }

  cell(column: number): unknown {
    if (column < 0) return undefined;
    const texts = this.texts[column];
    if (texts !== undefined) return texts.textAt(this.at);
    const value = this.columns[column][this.at];
    return this.#isText && this.#isTime[column] ? timeText(value) : value;
  }

  /** The number in a column; NaN where there is none. */
  plainNumber(column: number): number {
    if (column < 0 || this.texts[column] !== undefined) return NaN;
    const value = this.columns[column][this.at];
    return typeof value === "number" ? value : NaN;
  }

  /** The code of the text in a dictionary; −1 where it is missing or empty. */
  code(column: number, dictionary: Dictionary): number {
    if (column < 0) return -1;
    const texts = this.texts[column];
    if (texts !== undefined) return texts.codeAt(this.at, dictionary);
    const value = this.columns[column][this.at];
    if (typeof value === "string") return value === "" ? -1 : dictionary.addText(value);
    const text = textOf(this.#isTime[column] ? timeText(value) : value);
    return text === null ? -1 : dictionary.addText(text);
  }
}

/** The ends of what a Date can hold, in nanoseconds. */
const LATEST = 8_640_000_000_000_000_000_000n;

const timeText = (value: unknown): unknown =>
  typeof value === "bigint" && value <= LATEST && value >= -LATEST ? isoDate(value) : value;

/** Visits the rows of columns of the same length. */
export function visitRows(
  row: ColumnRow,
  columns: readonly ArrayLike<unknown>[],
  length: number,
  before: number,
  visit: (row: ColumnRow, number: number) => void,
): void {
  row.columns = columns;
  for (let i = 0; i < length; i++) {
    row.at = i;
    visit(row, before + i + 1);
  }
}

/** Says that a file of columns cannot be read. */
export const damaged = (format: string, error: unknown, file: string | undefined): InputError =>
  new InputError(`this ${format} file cannot be read (${reasonOf(error)}). Was it written and copied to the end?`, {
    file,
  });

/** Values as JSON could hold them: BigInts as numbers where a number is exact, else as they are; within lists and objects as texts then. */
export function plainValues(values: ArrayLike<unknown>): ArrayLike<unknown> {
  if (isNumbers(values)) return values;
  const plain = new Array<unknown>(values.length);
  for (let i = 0; i < plain.length; i++) {
    const value = values[i];
    plain[i] = typeof value === "bigint" ? (exactNumber(value) ?? value) : isObject(value) ? plainValue(value) : value;
  }
  return plain;
}

const isNumbers = (values: ArrayLike<unknown>): boolean =>
  ArrayBuffer.isView(values) && !(values instanceof BigInt64Array) && !(values instanceof BigUint64Array);
const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

function exactNumber(value: bigint): number | undefined {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : undefined;
}

function plainValue(value: unknown): unknown {
  if (typeof value === "bigint") return exactNumber(value) ?? String(value);
  if (!isObject(value)) return value;
  if (Array.isArray(value) || ArrayBuffer.isView(value))
    return Array.from(value as unknown as ArrayLike<unknown>, plainValue);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plainValue(inner)]));
}
