import { Buffer } from "node:buffer";
import { InputError } from "../errors.js";
import { brokenOff, parseJson } from "./json.js";
import { mayHaveDigits, quickJson } from "./quick-json.js";

const [QUOTE, BACKSLASH, COMMA, NEWLINE, BRACE, BRACE_END] = [0x22, 0x5c, 0x2c, 0x0a, 0x7b, 0x7d];
/** Whole numbers with so many digits may be beyond 2^53, and so may those with a fraction from here on. */
const LONG = 16;
const LONG_WITH_FRACTION = 13;
/** A line of so many bytes is waited for until it is whole. */
const LINE = 1 << 20;
/** The most bytes that can become one text in V8, less some room. */
const LONGEST_TEXT = 500 * 1024 * 1024;

const BYTE_ORDER_MARK = new Set([0xef, 0xbb, 0xbf]);

/** What a byte can begin or end, outside strings. */
const Byte = { other: 0, blank: 1, quote: 2, open: 3, close: 4, comma: 5, digit: 6, letter: 7 } as const;

const CLASSES = new Uint8Array(256);
for (const byte of [0x20, 0x09, 0x0d, 0x1e, NEWLINE]) CLASSES[byte] = Byte.blank;
for (const byte of [0x5b, 0x7b]) CLASSES[byte] = Byte.open;
for (const byte of [0x5d, 0x7d]) CLASSES[byte] = Byte.close;
for (let byte = 0x30; byte <= 0x39; byte++) CLASSES[byte] = Byte.digit;
for (const byte of [0x49, 0x4e]) CLASSES[byte] = Byte.letter; // I of Infinity, N of NaN
CLASSES[QUOTE] = Byte.quote;
CLASSES[COMMA] = Byte.comma;

/**
 * Reads JSON, document by document: one or several, one a line or each over many lines, one after the other; of a list its entries. Bare
 * `NaN` and `Infinity` are read as Python writes them, as null and as numbers beyond all others. Numbers of so many digits that a float
 * may not hold them are read as texts. Memory is that of the longest document. O(n).
 *
 * @param chunks bytes; a chunk need only be there until the next one is asked for
 * @param file its name, for messages
 * @param visit takes each document, counted from 1
 * @returns whether there was a list at the top, and whether that broke off behind a whole entry
 * @throws InputError if there is nothing, or something that is not JSON
 */
export async function readJsonDocuments(
  chunks: AsyncIterable<Uint8Array>,
  file: string | undefined,
  visit: (document: unknown, number: number) => void,
): Promise<{ readonly isList: boolean; readonly brokeOff: boolean }> {
  const framer = new Framer(file, visit);
  for await (const chunk of chunks) framer.push(chunk);
  return framer.end();
}

/** Cuts a stream of bytes into whole documents. */
class Framer {
  readonly #file: string | undefined;
  readonly #visit: (document: unknown, number: number) => void;
  readonly #decoder = new TextDecoder("utf-8", { fatal: true });
  /** the bytes not yet used, up to `#length`; a Buffer, since only those are searched by the C library */
  #bytes = Buffer.alloc(1 << 16);
  #length = 0;
  /** all before has been looked at */
  #at = 0;
  /** where the document at hand begins; −1 between documents */
  #from = -1;
  #depth = 0;
  /** the depth at which documents stand: 1 within a list at the top */
  #floor = 0;
  #isList = false;
  #inString = false;
  /** within a list: whether there was a comma, behind which an entry must come */
  #owesEntry = false;
  #number = 0;
  #line = 1;
  #lineOfDocument = 1;
  /** what has to be mended in the document: from, to and how, in turns */
  #mends: [from: number, to: number, as: string][] = [];

  constructor(file: string | undefined, visit: (document: unknown, number: number) => void) {
    this.#file = file;
    this.#visit = visit;
  }

  push(chunk: Uint8Array): void {
    const used = this.#from < 0 ? this.#at : this.#from;
    const rest = this.#length - used;
    if (rest > LONGEST_TEXT) {
      throw new InputError(
        `one document is longer than ${LONGEST_TEXT >> 20} MiB, more than can be parsed at once. Split it, or write a document a line.`,
        { file: this.#file },
      );
    }
    if (rest + chunk.length > this.#bytes.length) {
      const wider = Buffer.alloc(Math.max(rest + chunk.length, Math.ceil(1.5 * this.#bytes.length)));
      wider.set(this.#bytes.subarray(used, this.#length));
      this.#bytes = wider;
    } else this.#bytes.copyWithin(0, used, this.#length);
    this.#bytes.set(chunk, rest);
    this.#length = rest + chunk.length;
    this.#at -= used;
    if (this.#from >= 0) this.#from = 0;
    for (const mend of this.#mends) {
      mend[0] -= used;
      mend[1] -= used;
    }
    this.#scan(false);
  }

  end(): { isList: boolean; brokeOff: boolean } {
    this.#scan(true);
    if (this.#from >= 0 && this.#depth === this.#floor && !this.#inString) this.#finish(this.#length);
    if (this.#from >= 0) throw brokenOff(this.#file);
    if (this.#number === 0 && !this.#isList) {
      throw new InputError("the file is empty. Give a file that holds a trace.", { file: this.#file });
    }
    return { isList: this.#isList, brokeOff: this.#floor === 1 };
  }

  /** Looks at the bytes that are there; numbers and words that may go on are left for the next chunk. */
  #scan(atEnd: boolean): void {
    const bytes = this.#bytes;
    const length = this.#length;
    let at = this.#at;
    let inString = this.#inString;
    scan: while (at < length) {
      if (inString) {
        at = closingQuote(bytes, at, length);
        if (at === length) break;
        inString = false;
        at++;
        continue;
      }
      const byte = bytes[at];
      const kind = CLASSES[byte];
      switch (kind) {
        case Byte.blank:
          if (byte === NEWLINE) this.#line++;
          // what stands by itself ends here: a number, a word
          if (this.#from >= 0 && this.#depth === 0) this.#finish(at);
          at++;
          continue;
        case Byte.quote:
          if (this.#from < 0) this.#begin(at);
          inString = true;
          at++;
          continue;
        case Byte.open:
          if (byte === BRACE && this.#from < 0 && this.#floor === 0) {
            const end = this.#visitLine(at, atEnd);
            if (end === 0) break scan;
            if (end > 0) {
              at = end;
              continue;
            }
          }
          if (this.#from < 0 && this.#floor === 0 && byte === 0x5b) {
            this.#isList = true;
            this.#floor = 1;
            this.#depth = 1;
          } else {
            if (this.#from < 0) this.#begin(at);
            this.#depth++;
          }
          at++;
          continue;
        case Byte.close:
          if (this.#depth === this.#floor) {
            if (this.#floor === 0 || byte !== 0x5d) throw this.#unexpected(byte);
            if (this.#from >= 0) this.#finish(at);
            if (this.#owesEntry) throw this.#unexpected(byte);
            this.#floor = 0;
            this.#depth = 0;
          } else if (--this.#depth === 0) this.#finish(at + 1);
          at++;
          continue;
        case Byte.comma:
          if (this.#depth === this.#floor) {
            if (this.#floor === 0) throw this.#unexpected(byte);
            this.#finish(at);
            this.#owesEntry = true;
          }
          at++;
          continue;
        case Byte.digit: {
          let to = at + 1;
          while (to < length && CLASSES[bytes[to]] === Byte.digit) to++;
          if (this.#from < 0) this.#begin(at);
          if (to === length && !atEnd) break scan;
          if (to - at >= LONG_WITH_FRACTION) {
            const next = numberEnd(bytes, at, length);
            if (next === length && !atEnd) break scan;
            this.#longNumber(at, to, next);
            to = next;
          }
          at = to;
          continue;
        }
        case Byte.letter: {
          let to = at + 1;
          while (to < length && isLetter(bytes[to])) to++;
          if (this.#from < 0) this.#begin(at);
          if (to === length && !atEnd) break scan;
          this.#word(at, to);
          at = to;
          continue;
        }
        default:
          if (this.#from < 0 && !BYTE_ORDER_MARK.has(byte)) this.#begin(at);
          at++;
      }
    }
    this.#at = at;
    this.#inString = inString;
  }

  /**
   * Visits the document that fills the line from here on, which is most of what is read: no byte of it need be looked at by itself.
   *
   * @returns where the line ends; 0 where its end may come with the next chunk, −1 where it holds anything else than one usual document
   */
  #visitLine(at: number, atEnd: boolean): number {
    const bytes = this.#bytes;
    let end = bytes.indexOf(NEWLINE, at);
    if (end < 0 || end >= this.#length) {
      if (!atEnd) return this.#length - at < LINE ? 0 : -1;
      end = this.#length;
    }
    let last = end - 1;
    while (CLASSES[bytes[last]] === Byte.blank) last--;
    if (bytes[last] !== BRACE_END || mayHaveDigits(bytes, at, end, LONG_WITH_FRACTION)) return -1;
    const document = quickJson(bytes, at, end);
    if (document === undefined) return -1;
    this.#number++;
    this.#visit(document, this.#number);
    return end;
  }

  #begin(at: number): void {
    this.#from = at;
    this.#lineOfDocument = this.#line;
  }

  /** A whole number of many digits, or such a one with a fraction, becomes a text. */
  #longNumber(at: number, digitsEnd: number, end: number): void {
    const before = this.#bytes[at - 1];
    const signed = at > this.#from && before === 0x2d;
    const previous = this.#bytes[at - (signed ? 2 : 1)];
    // not within a fraction, an exponent or a word
    if (at > this.#from && (previous === 0x2e || previous === 0x65 || previous === 0x45 || before === 0x2b)) return;
    for (let i = digitsEnd; i < end; i++) if (this.#bytes[i] === 0x65 || this.#bytes[i] === 0x45) return;
    if (digitsEnd - at >= LONG || end - at > LONG) {
      const from = signed ? at - 1 : at;
      this.#mends.push([from, end, ""]);
    }
  }

  #word(at: number, end: number): void {
    const length = end - at;
    if (length === 3 && this.#bytes[at] === 0x4e) this.#mends.push([at, end, "null"]);
    else if (length === 8 && this.#bytes[at] === 0x49) this.#mends.push([at, end, "1e999"]);
  }

  /** Visits the document that ends here. */
  #finish(to: number): void {
    const from = this.#from;
    if (this.#floor === 1 && from < 0) throw this.#unexpected(COMMA);
    const quick = this.#mends.length === 0 ? quickJson(this.#bytes, from, to) : undefined;
    // with an error that says what is wrong and where, if something is
    const document = quick === undefined ? parseJson(this.#text(from, to), this.#file, this.#lineOfDocument) : quick;
    this.#from = -1;
    this.#mends = [];
    this.#owesEntry = false;
    this.#number++;
    this.#visit(document, this.#number);
  }

  #text(from: number, to: number): string {
    try {
      const decode = (a: number, b: number) => this.#decoder.decode(this.#bytes.subarray(a, b));
      if (this.#mends.length === 0) return decode(from, to);
      const pieces: string[] = [];
      let done = from;
      for (const [begin, end, as] of this.#mends) {
        pieces.push(decode(done, begin), as === "" ? `"${decode(begin, end)}"` : as);
        done = end;
      }
      pieces.push(decode(done, to));
      return pieces.join("");
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      throw new InputError("this is not text in UTF-8. Save the file as UTF-8.", { file: this.#file });
    }
  }

  #unexpected(byte: number): InputError {
    return new InputError(
      `this is not JSON: a ${JSON.stringify(String.fromCharCode(byte))} where none can stand (line ${this.#line}). Mend the file, or write it anew.`,
      { file: this.#file },
    );
  }
}

/** So many bytes are looked at one by one, before the search of the engine, which is slow to begin. */
const NEAR = 64;

/** Where a string that goes on here is closed: a quote behind an even number of backslashes; `length` where it is not. */
function closingQuote(bytes: Uint8Array, from: number, length: number): number {
  const near = Math.min(length, from + NEAR);
  for (let at = from; ; at++) {
    while (at < near && bytes[at] !== QUOTE) at++;
    if (at >= near) {
      at = bytes.indexOf(QUOTE, at);
      if (at < 0 || at >= length) return length;
    }
    let backslashes = 0;
    while (bytes[at - 1 - backslashes] === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return at;
  }
}

/** Where a number ends that begins before. */
function numberEnd(bytes: Uint8Array, at: number, length: number): number {
  let to = at;
  while (to < length && (CLASSES[bytes[to]] === Byte.digit || [0x2b, 0x2d, 0x2e, 0x45, 0x65].includes(bytes[to]))) to++;
  return to;
}

const isLetter = (byte: number): boolean => (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
