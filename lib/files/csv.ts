import { InputError } from "../errors.js";
import { decimal } from "../kernels/decimal.js";
import type { Dictionary } from "../kernels/dictionary.js";

export interface Csv {
  readonly header: readonly string[];
  /** Visits every row in turn, counted from 1 without the header. The same row is handed out again and again, with other cells. */
  readonly rows: (visit: (row: CsvRow, number: number) => void) => Promise<void>;
}

const QUOTE = 34;
const NEWLINE = 10;
const RETURN = 13;
const LINE_BREAK = Uint8Array.of(NEWLINE);
const NOTHING = new Uint8Array(0);
/** Zeros behind the bytes, so that the last ones too can be looked at by four. */
const PADDING = 4;
/** A line break in each of four bytes, and all bits of each but the highest. */
const NEWLINES = 0x0a0a0a0a;
const LOW_BITS = 0x7f7f7f7f;

/**
 * Reads CSV (also with tabs, semicolons or bars) row by row: the header, then rows that all have as many fields as it. Quotes as in RFC 4180.
 * Lines may end in LF or CRLF; blank lines are passed over. Fields stay bytes until one is asked for as a number, a text or a code: most
 * never become a string. Memory is that of one chunk.
 *
 * @param chunks the bytes, UTF-8
 * @param file its name, for messages
 * @throws InputError, with the row, for a row with too many or too few fields and for a quote that is not closed
 */
export async function readCsv(chunks: AsyncIterable<Uint8Array>, file: string | undefined): Promise<Csv> {
  const source = chunks[Symbol.asyncIterator]();
  const framer = new Framer(file);
  for (let done = false; framer.header === undefined && !done;) {
    const next = await source.next();
    done = next.done === true;
    framer.push(next.done ? undefined : next.value);
  }
  const header = framer.header;
  if (header === undefined || (header.length === 1 && header[0] === ""))
    throw new InputError("the file is empty. Give a file that holds a trace.", { file });

  async function rows(visit: (row: CsvRow, number: number) => void): Promise<void> {
    try {
      framer.visit(visit);
      for (let next = await source.next(); !next.done; next = await source.next()) {
        framer.push(next.value);
        framer.visit(visit);
      }
      framer.push(undefined);
      framer.visit(visit);
    } finally {
      await source.return?.();
    }
  }
  return { header, rows };
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** A header of more names is none. */
const MOST_COLUMNS = 100_000;

/** The cells of one row, as bytes. */
export class CsvRow {
  bytes = new Uint8Array(0);
  view = new DataView(this.bytes.buffer);
  /** field c stands at `starts[c]` to `ends[c]`, without its quotes */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** 1 where a quoted field holds what has to be undone: doubled quotes, CRLF */
  readonly escaped: Uint8Array;

  constructor(columns: number) {
    this.starts = new Int32Array(columns);
    this.ends = new Int32Array(columns);
    this.escaped = new Uint8Array(columns);
  }

  /** The text in a column; undefined where there is no such column (−1). */
  cell(column: number): string | undefined {
    if (column < 0) return undefined;
    const text = decoder.decode(this.bytes.subarray(this.starts[column], this.ends[column]));
    return this.escaped[column] === 1 ? text.replaceAll('""', '"').replaceAll("\r\n", "\n") : text;
  }

  /** The number in a column if it is plain (see `decimal`), else NaN. */
  plainNumber(column: number): number {
    return column < 0 ? NaN : decimal(this.bytes, this.starts[column], this.ends[column]);
  }

  /** The code of the text in a dictionary; −1 where there is none. */
  code(column: number, dictionary: Dictionary): number {
    if (column < 0 || this.starts[column] === this.ends[column]) return -1;
    if (this.escaped[column] === 1) return dictionary.addText(this.cell(column) as string);
    return dictionary.add(this.view, this.starts[column], this.ends[column]);
  }
}

/** Cuts a stream of bytes into whole records and their fields, and checks them. */
class Framer {
  header: readonly string[] | undefined;
  readonly #file: string | undefined;
  /** bytes not yet used up to `#length`, and some zeros behind */
  #bytes = new Uint8Array(PADDING);
  #length = 0;
  #used = 0;
  #atEnd = false;
  #delimiter = 0;
  #record = new CsvRow(0);
  #row = 0;

  constructor(file: string | undefined) {
    this.#file = file;
  }

  /** Takes a chunk, or the end of the file; finds the header as soon as it is whole. */
  push(chunk: Uint8Array | undefined): void {
    const rest = this.#length - this.#used;
    this.#atEnd = chunk === undefined;
    // a last line without a line break gets one
    const next = chunk ?? (rest > 0 && this.#bytes[this.#length - 1] !== NEWLINE ? LINE_BREAK : NOTHING);
    const length = rest + next.length;
    if (length + PADDING > this.#bytes.length) {
      const wider = new Uint8Array(length + PADDING);
      wider.set(this.#bytes.subarray(this.#used, this.#length));
      this.#bytes = wider;
    } else this.#bytes.copyWithin(0, this.#used, this.#length);
    this.#bytes.set(next, rest);
    this.#bytes.fill(0, length, length + PADDING);
    this.#length = length;
    this.#used = 0;
    if (this.header === undefined) this.#findHeader();
  }

  /** Finds the header and how its fields are parted, if it is whole. */
  #findHeader(): void {
    const bytes = this.#bytes;
    const length = this.#length;
    let from = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
    while (from < length && (bytes[from] === NEWLINE || bytes[from] === RETURN)) from++;
    const counts = new Map([",", "\t", ";", "|"].map((mark) => [mark.charCodeAt(0), 0]));
    let quoted = false;
    for (let i = from; i < length; i++) {
      const byte = bytes[i];
      if (byte === QUOTE) {
        // within a field it is a character like any other
        const opens = i === from || counts.has(bytes[i - 1]) || bytes[i - 1] === QUOTE;
        quoted = !quoted && opens;
      } else if (!quoted && byte === NEWLINE) {
        const [delimiter, count] = [...counts].sort((a, b) => b[1] - a[1])[0];
        if (count >= MOST_COLUMNS) {
          const message = `the first line has ${count + 1} fields, more than any table has. Is this a table with a header?`;
          throw new InputError(message, { file: this.#file });
        }
        this.#delimiter = delimiter;
        this.#record = new CsvRow(count + 1);
        this.#used = from;
        this.#length = i + 1;
        this.visit((row) => (this.header = Array.from(row.starts, (_, column) => (row.cell(column) ?? "").trim())));
        this.#length = length;
        this.#row = 0;
        return;
      } else if (!quoted && counts.has(byte)) counts.set(byte, (counts.get(byte) ?? 0) + 1);
    }
    if (this.#atEnd && quoted) throw this.#unclosed(undefined);
  }

  /** Visits the records that are whole. */
  visit(visit: (row: CsvRow, number: number) => void): void {
    const bytes = this.#bytes;
    const length = this.#length;
    const delimiter = this.#delimiter;
    const delimiters = Math.imul(delimiter, 0x01010101);
    const record = this.#record;
    const { starts, ends, escaped } = record;
    const columns = starts.length;
    const view = new DataView(bytes.buffer);
    record.bytes = bytes;
    record.view = view;
    let begin = this.#used; // of the record
    let start = begin; // of the field
    let field = 0;
    let any = 0; // every bit that occurs

    for (let i = begin; i < length;) {
      let stop: number; // where the field ends: a delimiter or a line break
      if (i === start && bytes[i] === QUOTE) {
        // to the closing quote: one that is not doubled
        let undo = 0;
        let quote = bytes.indexOf(QUOTE, start + 1);
        while (quote >= 0 && bytes[quote + 1] === QUOTE) {
          undo = 1;
          quote = bytes.indexOf(QUOTE, quote + 2);
        }
        const isReturn = bytes[quote + 1] === RETURN;
        stop = isReturn ? quote + 2 : quote + 1;
        if (quote < 0 || stop >= length) break; // goes on in the next chunk
        if (bytes[stop] !== NEWLINE && (bytes[stop] !== delimiter || isReturn)) throw this.#afterQuote();
        for (let k = start + 1; k < quote; k++) {
          any |= bytes[k];
          if (bytes[k] === RETURN) undo = 1;
        }
        starts[field] = start + 1;
        ends[field] = quote;
        escaped[field++] = undo;
      } else {
        // four bytes at once: a byte of `found` is 0x80 where one of them is a delimiter or a line break, else 0
        const word = view.getInt32(i, true);
        const isNoDelimiter = word ^ delimiters;
        const isNoBreak = word ^ NEWLINES;
        const found =
          ~(
            (((isNoDelimiter & LOW_BITS) + LOW_BITS) | isNoDelimiter) &
            (((isNoBreak & LOW_BITS) + LOW_BITS) | isNoBreak)
          ) & ~LOW_BITS;
        any |= word;
        if (found === 0) {
          i += 4;
          continue;
        }
        stop = i + ((31 - Math.clz32(found & -found)) >>> 3);
        starts[field] = start;
        ends[field] = stop > start && bytes[stop] === NEWLINE && bytes[stop - 1] === RETURN ? stop - 1 : stop;
        escaped[field++] = 0;
      }
      i = start = stop + 1;
      if (bytes[stop] === NEWLINE) {
        const isBlank = field === 1 && ends[0] === begin;
        if (!isBlank) {
          this.#row++;
          if (field !== columns) throw this.#ragged(field);
          visit(record, this.#row);
        }
        begin = start;
        field = 0;
      }
    }
    if (this.#atEnd && begin < length) throw this.#unclosed(this.#row + 1);
    if ((any & ~LOW_BITS) !== 0) this.#check(bytes.subarray(this.#used, begin));
    this.#used = begin;
  }

  /** @throws InputError if bytes are no UTF-8 */
  #check(bytes: Uint8Array): void {
    try {
      strict.decode(bytes);
    } catch {
      throw new InputError("this is not text in UTF-8. Save the file as UTF-8.", { file: this.#file });
    }
  }

  #ragged(fields: number): InputError {
    const message = `${fields} field${fields === 1 ? "" : "s"} where the header names ${this.#record.starts.length}. Mend the row; a field that holds the separator needs quotes.`;
    return new InputError(message, { file: this.#file, row: this.#row });
  }

  #unclosed(row: number | undefined): InputError {
    return new InputError("a quote is opened here and never closed. Was the file written to the end?", {
      file: this.#file,
      row,
    });
  }

  #afterQuote(): InputError {
    return new InputError("text stands behind a closing quote. A quote within a quoted field is written twice.", {
      file: this.#file,
      row: this.#row + 1,
    });
  }
}

const strict = new TextDecoder("utf-8", { fatal: true });
