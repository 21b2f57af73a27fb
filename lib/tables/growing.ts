import { Dictionary } from "../kernels/dictionary.js";
import { TextColumn } from "./text-column.js";

/** A column of numbers that grows: room is doubled, so that pushing is O(1) on average. Places that were passed over hold NaN. */
export class GrowingNumbers {
  #values = new Float64Array(1024).fill(NaN);
  /** one past the last place that was put to */
  length = 0;

  put(place: number, value: number): void {
    if (place >= this.#values.length) {
      const wider = new Float64Array(2 * place).fill(NaN, this.#values.length);
      wider.set(this.#values);
      this.#values = wider;
    }
    this.#values[place] = value;
    this.length = place + 1;
  }

  /** The first `length` places, without a copy where they are there: put no more. */
  done(length: number): Float64Array {
    if (length > this.#values.length) this.put(length - 1, NaN);
    return this.#values.subarray(0, length);
  }
}

/** The same of whole numbers; places that were passed over hold −1. */
export class GrowingInts {
  #values = new Int32Array(1024).fill(-1);

  put(place: number, value: number): void {
    if (place >= this.#values.length) this.reserve(2 * place);
    this.#values[place] = value;
  }

  /** Makes room for so many places, if there are fewer. */
  reserve(room: number): void {
    if (!(room > this.#values.length)) return; // nor for NaN
    const wider = new Int32Array(room).fill(-1, this.#values.length);
    wider.set(this.#values);
    this.#values = wider;
  }

  done(length: number): Int32Array {
    if (length > this.#values.length) this.put(length - 1, -1);
    return this.#values.subarray(0, length);
  }
}

/** The same of texts, by their codes; rows that were passed over have none. */
export class GrowingTexts {
  readonly dictionary: Dictionary;
  readonly #codes = new GrowingInts();

  constructor(dictionary = new Dictionary()) {
    this.dictionary = dictionary;
  }

  put(row: number, code: number): void {
    this.#codes.put(row, code);
  }

  /** Makes room for so many rows, if there are fewer. */
  reserve(room: number): void {
    this.#codes.reserve(room);
  }

  done(length: number): TextColumn {
    return new TextColumn(this.#codes.done(length), this.dictionary);
  }
}
