import { inferSchema, initParser } from "udsv";
import { InputError } from "../errors.js";

/** Rows of a CSV file, as text; `first` is the number of the first one, counted from 1 without the header. */
export interface CsvBatch {
  readonly rows: string[][];
  readonly first: number;
}

export interface Csv {
  readonly header: readonly string[];
  readonly batches: AsyncIterable<CsvBatch>;
}

const QUOTE = 34;
const NEWLINE = 10;
const RETURN = 13;

/**
 * Reads CSV (also with tabs, semicolons or bars) in batches: the header, then rows that all have as many fields as it. Quotes as in RFC 4180.
 * Lines may end in LF or CRLF; blank lines are passed over. Memory is that of one chunk.
 *
 * @param chunks the bytes, UTF-8
 * @param file its name, for messages
 * @throws InputError, with the row, for a row with too many or too few fields and for a quote that is not closed
 */
export async function readCsv(chunks: AsyncIterable<Uint8Array>, file: string | undefined): Promise<Csv> {
  const source = chunks[Symbol.asyncIterator]();
  const framer = new Framer(file);
  let pending = "";
  while (framer.header === undefined) {
    const next = await source.next();
    pending += framer.push(next.done ? undefined : next.value);
    if (next.done) break;
  }
  if (framer.header === undefined || framer.header.line.trim() === "")
    throw new InputError("the file is empty. Give a file that holds a trace.", { file });

  const { line, delimiter } = framer.header;
  const parser = initParser({
    ...inferSchema(`${line}\n`, { col: delimiter, row: "\n" }),
    encl: null as unknown as string,
  });
  const header = parser.schema.cols.map((column) => column.name.trim());

  async function* batches(): AsyncGenerator<CsvBatch> {
    let first = 1;
    try {
      for (let text = pending, done = false; ;) {
        if (text !== "") {
          const rows = parser.stringArrs(`${line}\n${text}`);
          yield { rows, first };
          first += rows.length;
        }
        if (done) return;
        const next = await source.next();
        done = next.done === true;
        text = framer.push(next.done ? undefined : next.value);
      }
    } finally {
      await source.return?.();
    }
  }
  return { header, batches: batches() };
}

/**
 * Cuts a stream of bytes into whole records and checks them: udsv, which splits records into fields, neither knows where a chunk may end
 * nor minds a record with a field too many.
 */
class Framer {
  header: { line: string; delimiter: string } | undefined;
  readonly #file: string | undefined;
  readonly #decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  #rest: Uint8Array = new Uint8Array(0);
  #row = 0;
  #columns = 0;

  constructor(file: string | undefined) {
    this.#file = file;
  }

  /** Takes a chunk, or the end of the file; returns the text of the records that it completes, lines ending in LF. */
  push(chunk: Uint8Array | undefined): string {
    const bytes = this.#joined(chunk);
    let from = 0;
    if (this.header === undefined) {
      if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) from = 3;
      const end = this.#header(bytes, from, chunk === undefined);
      if (end < 0) {
        this.#rest = bytes;
        return "";
      }
      from = end;
    }
    const to = this.#records(bytes, from, chunk === undefined);
    this.#rest = bytes.subarray(to);
    return this.#text(bytes.subarray(from, to));
  }

  #joined(chunk: Uint8Array | undefined): Uint8Array {
    // a last line without a line break gets one
    const last =
      chunk ??
      (this.#rest.length > 0 && this.#rest[this.#rest.length - 1] !== NEWLINE
        ? Uint8Array.of(NEWLINE)
        : new Uint8Array(0));
    if (this.#rest.length === 0) return last;
    const bytes = new Uint8Array(this.#rest.length + last.length);
    bytes.set(this.#rest);
    bytes.set(last, this.#rest.length);
    return bytes;
  }

  /** Finds the header and how its fields are parted; returns where it ends, −1 where it is not complete. */
  #header(bytes: Uint8Array, from: number, atEnd: boolean): number {
    while (from < bytes.length && (bytes[from] === NEWLINE || bytes[from] === RETURN)) from++;
    const counts = new Map([",", "\t", ";", "|"].map((mark) => [mark.charCodeAt(0), 0]));
    let quoted = false;
    for (let i = from; i < bytes.length; i++) {
      const byte = bytes[i];
      if (byte === QUOTE) quoted = !quoted;
      else if (!quoted && byte === NEWLINE) {
        const [delimiter] = [...counts].sort((a, b) => b[1] - a[1])[0];
        this.header = {
          line: this.#text(bytes.subarray(from, i)).replace(/\r$/, ""),
          delimiter: String.fromCharCode(delimiter),
        };
        this.#columns = (counts.get(delimiter) ?? 0) + 1;
        return i + 1;
      } else if (!quoted && counts.has(byte)) counts.set(byte, (counts.get(byte) ?? 0) + 1);
    }
    if (atEnd && quoted) throw this.#unclosed(undefined);
    return -1;
  }

  /** Checks the records from `from` on; returns where the last whole one ends. */
  #records(bytes: Uint8Array, from: number, atEnd: boolean): number {
    const delimiter = (this.header as { delimiter: string }).delimiter.charCodeAt(0);
    let begin = from; // of the record
    let fields = 1;
    let fresh = true; // at the start of a field
    for (let i = from; i < bytes.length; i++) {
      const byte = bytes[i];
      if (byte === delimiter) {
        fields++;
        fresh = true;
      } else if (byte === NEWLINE) {
        const blank = i === begin || (i === begin + 1 && bytes[begin] === RETURN);
        if (!blank) {
          this.#row++;
          if (fields !== this.#columns) throw this.#ragged(fields);
        }
        begin = i + 1;
        fields = 1;
        fresh = true;
      } else if (byte === QUOTE && fresh) {
        // to the closing quote: one that is not doubled
        i = bytes.indexOf(QUOTE, i + 1);
        while (i >= 0 && bytes[i + 1] === QUOTE) i = bytes.indexOf(QUOTE, i + 2);
        const next = i < 0 ? undefined : bytes[i + 1] === RETURN ? bytes[i + 2] : bytes[i + 1];
        if (next === undefined) break; // goes on in the next chunk
        if (next !== NEWLINE && (next !== delimiter || bytes[i + 1] === RETURN)) throw this.#afterQuote();
        fresh = false;
      } else {
        fresh = false;
      }
    }
    if (atEnd && begin < bytes.length) throw this.#unclosed(this.#row + 1);
    return begin;
  }

  #text(bytes: Uint8Array): string {
    try {
      const text = this.#decoder.decode(bytes);
      return text.includes("\r\n") ? text.replaceAll("\r\n", "\n") : text;
    } catch {
      throw new InputError("this is not text in UTF-8. Save the file as UTF-8.", { file: this.#file });
    }
  }

  #ragged(fields: number): InputError {
    const message = `${fields} field${fields === 1 ? "" : "s"} where the header names ${this.#columns}. Mend the row; a field that holds the separator needs quotes.`;
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
