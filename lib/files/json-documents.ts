import { InputError } from "../errors.js";
import { BARE_NAN, withNaN } from "./bare-nan.js";
import { closingQuote } from "./closing-quote.js";
import { cutJson } from "./cut-json.js";
import { brokenOff, parseJson, strayComma } from "./json.js";
import { LONG_WITH_FRACTION, type Mend, mendedText, mendOfNumber, mendOfWord, numberEnd } from "./json-mends.js";
import { mayHaveDigits } from "./may-have-digits.js";
import type { JsonBytes } from "./platform.js";

const [QUOTE, COMMA, NEWLINE, BRACE, BRACE_END] = [0x22, 0x2c, 0x0a, 0x7b, 0x7d];
/** Documents of more bytes are read in parts where they can be, so that neither they nor what they hold is in memory at once. */
const LONG_DOCUMENT = 16 * 1024 * 1024;
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
 * `NaN` and `Infinity`, as Python writes them, are numbers. Numbers of so many digits that a float
 * may not hold them are read as texts. Memory is that of the longest document, or of a part: a long document is visited several times, each
 * time with other entries of its lists and all that stands round them; but of what comes behind a list the parts before know nothing. O(n).
 *
 * @param chunks bytes; a chunk need only be there until the next one is asked for
 * @param file its name, for messages
 * @param visit takes each document, counted from 1; each part of one has its number
 * @param json how it is held and parsed
 * @param parts which lists may be taken apart: none where it is left out
 * @returns whether there was a list at the top, and whether that broke off behind a whole entry
 * @throws InputError if there is nothing, or something that is not JSON
 */
export async function readJsonDocuments(
  chunks: AsyncIterable<Uint8Array>,
  file: string | undefined,
  visit: Visit,
  json: JsonBytes,
  parts?: Parts,
): Promise<{ readonly isList: boolean; readonly brokeOff: boolean }> {
  const framer = new Framer(file, visit, json, parts);
  for await (const chunk of chunks) framer.push(chunk);
  return framer.end();
}

type Visit = (document: unknown, number: number) => void;

/** How long documents are read in parts. */
export interface Parts {
  /** whether the entries of a list can be read apart; asked with the keys to it, with dots between: `data.spans` */
  readonly isApart: (path: string) => boolean;
  /** from so many bytes on */
  readonly from?: number;
}

/** Cuts a stream of bytes into whole documents, or parts of them. */
class Framer {
  readonly #file: string | undefined;
  readonly #visit: Visit;
  readonly #json: JsonBytes;
  readonly #parts: Required<Parts>;
  readonly #decoder = new TextDecoder("utf-8", { fatal: true });
  /** the bytes not yet used, up to `#length` */
  #bytes: Uint8Array;
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
  /** in the document at hand */
  #mends: Mend[] = [];
  /** whether one of them is a bare NaN */
  #hasNaN = false;
  /** how long the document at hand shall be when it is next tried to cut it */
  #long: number;

  constructor(
    file: string | undefined,
    visit: Visit,
    json: JsonBytes,
    { isApart, from = LONG_DOCUMENT }: Parts = { isApart: () => false },
  ) {
    this.#file = file;
    this.#visit = visit;
    this.#json = json;
    this.#bytes = json.alloc(1 << 16);
    this.#parts = { isApart, from };
    this.#long = from;
  }

  push(chunk: Uint8Array): void {
    while (this.#from >= 0 && this.#length - this.#from >= this.#long) this.#cut();
    const used = this.#from < 0 ? this.#at : this.#from;
    const rest = this.#length - used;
    if (rest + chunk.length > this.#bytes.length) {
      const wider = this.#json.alloc(Math.max(rest + chunk.length, Math.ceil(1.5 * this.#bytes.length)));
      wider.set(this.#bytes.subarray(used, this.#length));
      this.#bytes = wider;
    } else if (used > 0) this.#bytes.copyWithin(0, used, this.#length);
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
            if (this.#owesEntry) throw strayComma(this.#file, this.#line);
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
            this.#mend(mendOfNumber(bytes, this.#from, at, to, next));
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
          this.#mend(mendOfWord(bytes, at, to));
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
      if (!atEnd) return this.#length - at < Math.min(LINE, this.#parts.from) ? 0 : -1;
      end = this.#length;
    }
    if (end - at >= this.#parts.from) return -1; // read in parts
    let last = end - 1;
    while (CLASSES[bytes[last]] === Byte.blank) last--;
    if (bytes[last] !== BRACE_END || mayHaveDigits(bytes, at, end, LONG_WITH_FRACTION)) return -1;
    const document = this.#json.parse(bytes, at, end);
    if (document === undefined) return -1;
    this.#number++;
    this.#visit(document, this.#number);
    return end;
  }

  #begin(at: number): void {
    this.#from = at;
    this.#lineOfDocument = this.#line;
  }

  #mend(mend: Mend | undefined): void {
    if (!mend) return;
    this.#mends.push(mend);
    if (mend[2] === BARE_NAN) this.#hasNaN = true;
  }

  /** Visits the document that ends here. */
  #finish(to: number): void {
    const from = this.#from;
    if (this.#floor === 1 && from < 0) throw this.#unexpected(COMMA);
    const document = this.#whole(from, to);
    this.#hasNaN = false;
    this.#from = -1;
    this.#mends = [];
    this.#owesEntry = false;
    this.#long = this.#parts.from;
    this.#number++;
    this.#visit(document, this.#number);
  }

  #whole(from: number, to: number): unknown {
    const quick = this.#mends.length === 0 ? this.#json.parse(this.#bytes, from, to) : undefined;
    // with an error that says what is wrong and where, if something is
    return quick === undefined ? this.#parse(this.#text(from, to, this.#mends)) : quick;
  }

  #parse(text: string): unknown {
    const document = parseJson(text, this.#file, this.#lineOfDocument);
    return this.#hasNaN ? withNaN(document) : document;
  }

  /** Visits what is there of the document at hand, up to an entry of a list. What stands round the list is put before the rest. */
  #cut(): void {
    const bytes = this.#bytes;
    const length = this.#length - this.#from;
    const cut = cutJson(bytes, this.#from, this.#at, this.#parts.isApart);
    if (!cut) {
      if (length >= LONGEST_TEXT) throw this.#tooLong();
      // seldom enough that all tries together are O(n)
      this.#long = Math.min(Math.ceil(1.25 * length), LONGEST_TEXT);
      return;
    }
    const before = this.#mends.filter(([, to]) => to <= cut.at);
    const rest = this.#mends.slice(before.length);
    const part = this.#parse(this.#text(this.#from, cut.at, before) + cut.closing);
    this.#lineOfDocument += linesIn(bytes.subarray(this.#from, cut.at));
    // what opens the rest is moved up to it, from the last piece to the first
    let begin = cut.at + 1;
    for (const [from, to] of [...cut.opening].reverse()) {
      const by = begin - to;
      bytes.copyWithin(from + by, from, to);
      begin = from + by;
      for (let mend = before.at(-1); mend && mend[0] >= from; before.pop(), mend = before.at(-1))
        if (mend[1] <= to) rest.push([mend[0] + by, mend[1] + by, mend[2]]);
    }
    this.#from = begin;
    this.#mends = rest.sort(([a], [b]) => a - b);
    this.#lineOfDocument -= linesIn(bytes.subarray(begin, cut.at));
    this.#long = Math.max(this.#parts.from, 2 * (cut.at - begin));
    this.#visit(part, this.#number + 1);
  }

  #text(from: number, to: number, mends: readonly Mend[]): string {
    try {
      return mendedText((a, b) => this.#decoder.decode(this.#bytes.subarray(a, b)), from, to, mends);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      throw new InputError("this is not text in UTF-8. Save the file as UTF-8.", { file: this.#file });
    }
  }

  #tooLong(): InputError {
    return new InputError(
      `one document, or one span in it, is longer than ${LONGEST_TEXT >> 20} MiB, more than can be parsed at once. Split it, or write a document a line.`,
      { file: this.#file },
    );
  }

  #unexpected(byte: number): InputError {
    return new InputError(
      `this is not JSON: a ${JSON.stringify(String.fromCharCode(byte))} where none can stand (line ${this.#line}). Mend the file, or write it anew.`,
      { file: this.#file },
    );
  }
}

/** How many lines end in some bytes. */
function linesIn(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) lines++;
  return lines;
}

const isLetter = (byte: number): boolean => (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
