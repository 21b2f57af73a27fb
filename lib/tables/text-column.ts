import { Dictionary } from "../kernels/dictionary.js";
import { takeInts } from "../kernels/take.js";
import { textOf } from "./text-of.js";

export type Text = string | null;

/** A column of texts that holds each different one once: Arquero takes it as a column like any other. A missing text is null. */
export class TextColumn implements Iterable<Text> {
  readonly dictionary: Dictionary;
  readonly length: number;
  #codes: Int32Array | (() => Int32Array);

  /** @param codes the code of each row in the dictionary, −1 where the text is missing; or what makes them once they are asked for */
  constructor(codes: Int32Array | (() => Int32Array), dictionary: Dictionary, length = codes.length) {
    this.#codes = codes;
    this.dictionary = dictionary;
    this.length = length;
  }

  /** the code of each row in the dictionary, −1 where the text is missing */
  get codes(): Int32Array {
    if (typeof this.#codes === "function") this.#codes = this.#codes();
    return this.#codes;
  }

  /** The values as texts; objects become JSON. */
  static from(values: ArrayLike<unknown>): TextColumn {
    const dictionary = new Dictionary();
    const codes = new Int32Array(values.length);
    for (let i = 0; i < codes.length; i++) {
      const text = textOf(values[i]);
      codes[i] = text === null ? -1 : dictionary.addText(text);
    }
    return new TextColumn(codes, dictionary);
  }

  /** One text in every row. */
  static of(text: Text, length: number): TextColumn {
    const column = new TextColumn(new Int32Array(length), new Dictionary());
    if (text === null) column.codes.fill(-1);
    else column.dictionary.addText(text);
    return column;
  }

  /** For each item one of a few texts, by its position among them. */
  static among(texts: readonly string[], items: Int32Array, which: (item: number) => number): TextColumn {
    const dictionary = new Dictionary();
    const codes = texts.map((text) => dictionary.addText(text));
    return new TextColumn(
      items.map((item) => codes[which(item)]),
      dictionary,
    );
  }

  at(row: number): Text {
    const code = this.codes[row];
    return code >= 0 ? this.dictionary.text(code) : null;
  }

  *[Symbol.iterator](): Generator<Text> {
    for (let i = 0; i < this.codes.length; i++) yield this.at(i);
  }

  /** The rows at these positions; missing where a position is −1. */
  take(rows: Int32Array): TextColumn {
    return new TextColumn(() => takeInts(this.codes, rows, -1), this.dictionary, rows.length);
  }

  /** Another text in place of each different one. O(rows + texts). */
  map(change: (text: string) => string): TextColumn {
    const dictionary = new Dictionary();
    const texts = Array.from({ length: this.dictionary.size }, (_, code) => this.dictionary.text(code));
    const others = texts.map(change);
    if (others.every((other, code) => other === texts[code])) return this;
    const codes = Int32Array.from(others, (other) => dictionary.addText(other));
    return new TextColumn(takeInts(codes, this.codes, -1), dictionary);
  }

  /** A text where there is none. */
  orElse(text: string): TextColumn {
    if (!this.codes.includes(-1)) return this;
    const code = this.dictionary.addText(text);
    return new TextColumn(
      this.codes.map((c) => (c < 0 ? code : c)),
      this.dictionary,
    );
  }

  /** The same texts, equal ones with equal codes. */
  unified(): TextColumn {
    if (!this.dictionary.repeats) return this;
    const { dictionary, codes } = this.dictionary.unified();
    return new TextColumn(takeInts(codes, this.codes, -1), dictionary);
  }

  /** The code of each row, the same for equal texts, and below the size of the dictionary. */
  equalCodes(): Int32Array {
    return this.dictionary.repeats ? takeInts(this.dictionary.firsts(), this.codes, -1) : this.codes;
  }

  /** The code of each row in another dictionary, which learns the texts that it lacks. */
  codesIn(dictionary: Dictionary): Int32Array {
    if (dictionary === this.dictionary) return this.codes;
    const codes = Int32Array.from({ length: this.dictionary.size }, (_, code) =>
      dictionary.addText(this.dictionary.text(code)),
    );
    return takeInts(codes, this.codes, -1);
  }

  /** For each code a flag: whether the predicate holds for its text. */
  flags(holds: (text: string) => boolean): Uint8Array {
    return Uint8Array.from({ length: this.dictionary.size }, (_, code) => (holds(this.dictionary.text(code)) ? 1 : 0));
  }

  /** Whether any row has a text. */
  hasAny(): boolean {
    return this.codes.some((code) => code >= 0);
  }

  /** Whether no text, and no missing one, occurs twice. */
  isUnique(): boolean {
    const { codes, dictionary } = this.unified();
    const seen = new Uint8Array(dictionary.size + 1);
    for (const code of codes) {
      if (seen[code + 1] === 1) return false;
      seen[code + 1] = 1;
    }
    return true;
  }

  /** In how many rows the text stands. O(rows + texts). */
  count(text: string): number {
    const flags = this.flags((other) => other === text);
    let count = 0;
    for (let i = 0; i < this.codes.length; i++) if (this.codes[i] >= 0) count += flags[this.codes[i]];
    return count;
  }

  /** How often each text occurs, in the order of their codes; the missing last. */
  counts(): Map<Text, number> {
    const { codes, dictionary } = this.unified();
    const counts = new Int32Array(dictionary.size + 1);
    const missing = counts.length - 1;
    for (const code of codes) counts[code < 0 ? missing : code]++;
    const found = new Map<Text, number>();
    for (let code = 0; code < counts.length; code++) {
      if (counts[code] > 0) found.set(code === missing ? null : dictionary.text(code), counts[code]);
    }
    return found;
  }
}
