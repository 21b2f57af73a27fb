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

/** The cells of one row, as bytes. */
export class CsvRow {
  bytes: Uint8Array = new Uint8Array(0);
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
    return dictionary.add(this.bytes, this.starts[column], this.ends[column]);
  }
}

/** Cuts a stream of bytes into whole records and their fields, and checks them. */
class Framer {
  header: readonly string[] | undefined;
  readonly #file: string | undefined;
  #bytes: Uint8Array = new Uint8Array(0);
  /** up to where the bytes have been used */
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
    const rest = this.#bytes.subarray(this.#used);
    this.#atEnd = chunk === undefined;
    // a last line without a line break gets one
    const last =
      chunk ?? (rest.length > 0 && rest[rest.length - 1] !== NEWLINE ? Uint8Array.of(NEWLINE) : new Uint8Array(0));
    this.#bytes = rest.length === 0 ? last : joined(rest, last);
    this.#used = 0;
    if (this.header === undefined) this.#findHeader();
  }

  /** Finds the header and how its fields are parted, if it is whole. */
  #findHeader(): void {
    const bytes = this.#bytes;
    let from = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
    while (from < bytes.length && (bytes[from] === NEWLINE || bytes[from] === RETURN)) from++;
    const counts = new Map([",", "\t", ";", "|"].map((mark) => [mark.charCodeAt(0), 0]));
    let quoted = false;
    for (let i = from; i < bytes.length; i++) {
      const byte = bytes[i];
      if (byte === QUOTE) quoted = !quoted;
      else if (!quoted && byte === NEWLINE) {
        const [delimiter, count] = [...counts].sort((a, b) => b[1] - a[1])[0];
        this.#delimiter = delimiter;
        this.#record = new CsvRow(count + 1);
        this.#bytes = bytes.subarray(0, i + 1);
        this.#used = from;
        this.visit((row) => (this.header = Array.from(row.starts, (_, column) => (row.cell(column) ?? "").trim())));
        this.#row = 0;
        this.#bytes = bytes;
        this.#used = i + 1;
        return;
      } else if (!quoted && counts.has(byte)) counts.set(byte, (counts.get(byte) ?? 0) + 1);
    }
    if (this.#atEnd && quoted) throw this.#unclosed(undefined);
  }

  /** Visits the records that are whole. */
  visit(visit: (row: CsvRow, number: number) => void): void {
    const bytes = this.#bytes;
    const delimiter = this.#delimiter;
    const record = this.#record;
    const { starts, ends, escaped } = record;
    const columns = starts.length;
    const length = bytes.length;
    record.bytes = bytes;
    let begin = this.#used; // of the record
    let start = begin; // of the field
    let field = 0;
    let all = 0; // every bit that occurs
    for (let i = begin; i < length; i++) {
      const byte = bytes[i];
      all |= byte;
      if (byte === delimiter) {
        starts[field] = start;
        ends[field] = i;
        escaped[field++] = 0;
        start = i + 1;
      } else if (byte === NEWLINE) {
        const end = i > begin && bytes[i - 1] === RETURN ? i - 1 : i;
        if (end > begin) {
          this.#row++;
          // a quoted field that ends the row has been noted already
          if (start <= end) {
            starts[field] = start;
            ends[field] = end;
            escaped[field++] = 0;
          }
          if (field !== columns) throw this.#ragged(field);
          visit(record, this.#row);
        }
        begin = start = i + 1;
        field = 0;
      } else if (byte === QUOTE && i === start) {
        // to the closing quote: one that is not doubled
        let undo = 0;
        i = bytes.indexOf(QUOTE, start + 1);
        while (i >= 0 && bytes[i + 1] === QUOTE) {
          undo = 1;
          i = bytes.indexOf(QUOTE, i + 2);
        }
        const next = i < 0 ? undefined : bytes[i + 1] === RETURN ? bytes[i + 2] : bytes[i + 1];
        if (next === undefined) break; // goes on in the next chunk
        if (next !== NEWLINE && (next !== delimiter || bytes[i + 1] === RETURN)) throw this.#afterQuote();
        for (let k = start + 1; k < i; k++) {
          all |= bytes[k];
          if (bytes[k] === RETURN) undo = 1;
        }
        starts[field] = start + 1;
        ends[field] = i;
        escaped[field++] = undo;
        if (next === delimiter) start = ++i + 1;
        else start = length + 1;
      }
    }
    if (this.#atEnd && begin < length) throw this.#unclosed(this.#row + 1);
    if (all >= 0x80) this.#check(bytes.subarray(this.#used, begin));
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

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(a.length + b.length);
  bytes.set(a);
  bytes.set(b, a.length);
  return bytes;
}
