import type { Dictionary } from "../kernels/dictionary.js";

// as hyparquet does: a byte order mark is left out, and what is no UTF-8 is replaced
const decoder = new TextDecoder();

/**
 * A part of a column of texts, which lie side by side as bytes, each in its place: they become strings or codes when they are asked for,
 * once each. Where the file has a dictionary, a text that stands in many rows has one place for all of them.
 */
export class ByteTexts {
  #bytes = new Uint8Array(1024);
  #view = new DataView(this.#bytes.buffer);
  /** text k stands at `#ends[k − 1]` to `#ends[k]` */
  #ends = new Int32Array(256);
  #size = 0;
  /** 1 where there is more than ASCII */
  #wide = new Uint8Array(256);
  #strings: (string | undefined)[] = [];
  /** codes + 2, 0 where none was asked for, in the dictionary that was asked for last */
  #codes = new Int32Array(256);
  #dictionary: Dictionary | undefined;
  /** the place of the text of each row, −1 where there is none */
  #places = new Int32Array(0);

  /** Forgets all texts. */
  clear(): void {
    this.#size = 0;
    this.#strings = [];
    this.#dictionary = undefined;
  }

  /** Takes a text, and gives its place. */
  add(text: Uint8Array): number {
    const place = this.#size++;
    if (place === this.#ends.length) this.#makePlaces();
    const begin = this.#begin(place);
    const end = begin + text.length;
    if (end > this.#bytes.length) this.#makeRoom(end);
    const bytes = this.#bytes;
    let any = 0;
    for (let i = 0, k = begin; k < end; i++, k++) any |= bytes[k] = text[i];
    this.#wide[place] = any >>> 7;
    this.#ends[place] = end;
    return place;
  }

  /** Takes the places of the texts of so many rows; what is no number is a missing text. */
  setRows(places: ArrayLike<unknown>, rows: number): void {
    if (rows > this.#places.length) this.#places = new Int32Array(rows);
    for (let row = 0; row < rows; row++) {
      const place = places[row];
      this.#places[row] = typeof place === "number" ? place : -1;
    }
  }

  textAt(row: number): string | null {
    const place = this.#places[row];
    return place < 0 ? null : this.#text(place);
  }

  #text(place: number): string {
    return (this.#strings[place] ??= decoder.decode(this.#bytes.subarray(this.#begin(place), this.#ends[place])));
  }

  /** The code of the text of a row in a dictionary; −1 where it is missing or empty. */
  codeAt(row: number, dictionary: Dictionary): number {
    const place = this.#places[row];
    if (place < 0) return -1;
    if (this.#dictionary !== dictionary) {
      this.#dictionary = dictionary;
      this.#codes.fill(0, 0, this.#size);
    }
    const known = this.#codes[place];
    return known > 0 ? known - 2 : (this.#codes[place] = this.#find(place, dictionary) + 2) - 2;
  }

  #find(place: number, dictionary: Dictionary): number {
    if (this.#wide[place] === 0) {
      const begin = this.#begin(place);
      const end = this.#ends[place];
      return begin === end ? -1 : dictionary.add(this.#view, begin, end);
    }
    const text = this.#text(place);
    return text === "" ? -1 : dictionary.addText(text);
  }

  #begin(place: number): number {
    return place === 0 ? 0 : this.#ends[place - 1];
  }

  #makePlaces(): void {
    const room = 2 * this.#ends.length;
    const ends = new Int32Array(room);
    ends.set(this.#ends);
    this.#ends = ends;
    const wide = new Uint8Array(room);
    wide.set(this.#wide);
    this.#wide = wide;
    this.#codes = new Int32Array(room);
  }

  #makeRoom(needed: number): void {
    const wider = new Uint8Array(Math.ceil(1.5 * needed));
    wider.set(this.#bytes);
    this.#bytes = wider;
    this.#view = new DataView(wider.buffer);
  }
}
