import { mix, settle } from "./murmur.js";
import { positions } from "./take.js";

/** Texts up to this code are kept decoded once asked for; beyond it a dictionary holds ids, of which few are. */
const KEPT = 1 << 16;

/** So many texts are remembered as asked for lately. */
const ALIKE = 256;

const encoder = new TextEncoder();
// a mark at the start of a text is a character like any other
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
/** where texts are encoded */
let scratch = new Uint8Array(1 << 10);
let scratchView = new DataView(scratch.buffer);
/** Texts up to this length are encoded here where they are ASCII: calling the encoder takes longer. */
const SHORT = 64;

/**
 * Gives every different text a code, counted from 0 in the order of appearance; one that `repeats` gives every text a code of its own, for
 * columns of ids, where looking each up would find nothing and takes most of the time. Texts are held as UTF-8 side by side, and found by an open
 * hash table: 15 to 30 bytes a text besides its own. Bytes are looked at by four at once.
 */
export class Dictionary {
  #bytes: DataView = new DataView(new ArrayBuffer(256));
  /** text k stands at `#offsets[k]` to `#offsets[k + 1]` */
  #offsets = new Uint32Array(16);
  /** a hash, and the code + 1 or 0 where the slot is free, in turns; three of four slots are in use at most */
  #slots = new Int32Array(2 * 32);
  #size = 0;
  /** codes that were asked for lately, by length, first and last byte */
  readonly #lately = new Int32Array(ALIKE);
  /** whether a text may have several codes */
  readonly repeats: boolean;
  readonly #decoded: (string | undefined)[] = [];
  readonly #known = new Map<string, number>();
  /** texts that UTF-8 cannot hold (half of a surrogate pair), by code; they are in no slot */
  readonly #broken = new Map<number, string>();

  constructor(repeats = false) {
    this.repeats = repeats;
  }

  get size(): number {
    return this.#size;
  }

  /** The code of the UTF-8 text from `from` to before `to`. Expected O(length). */
  add(bytes: DataView, from: number, to: number): number {
    if (this.repeats) return this.#append(bytes, from, to);
    if (to === from) return this.#find(bytes, from, to);

    // where there are few texts, the last one of this length and these ends is mostly the one
    const alike = ((to - from) ^ (bytes.getUint8(from) << 1) ^ (bytes.getUint8(to - 1) << 3)) & (ALIKE - 1);
    const guess = this.#lately[alike];
    if (guess < this.#size && this.#is(guess, bytes, from, to)) return guess;

    const code = this.#find(bytes, from, to);
    this.#lately[alike] = code;
    return code;
  }

  #find(bytes: DataView, from: number, to: number): number {
    const hash = hashOf(bytes, from, to);
    const slots = this.#slots;
    const last = slots.length - 2;
    let slot = (hash << 1) & last;
    while (slots[slot + 1] !== 0) {
      if (slots[slot] === hash) {
        const code = slots[slot + 1] - 1;
        if (this.#is(code, bytes, from, to)) return code;
      }
      slot = (slot + 2) & last;
    }
    slots[slot] = hash;
    slots[slot + 1] = this.#size + 1;
    return this.#append(bytes, from, to);
  }

  /** The code of a text. */
  addText(text: string): number {
    if (!this.repeats) {
      const known = this.#known.get(text);
      if (known !== undefined) return known;
    }
    if (3 * text.length > scratch.length) {
      scratch = new Uint8Array(3 * text.length);
      scratchView = new DataView(scratch.buffer);
    }
    const length = encode(text);
    let code: number;
    if (length === text.length || decoder.decode(scratch.subarray(0, length)) === text)
      code = this.add(scratchView, 0, length);
    else this.#broken.set((code = this.#append(scratchView, 0, 0)), text);
    if (!this.repeats && (this.#known.size < KEPT || this.#broken.has(code))) this.#known.set(text, code);
    return code;
  }

  /** The text of a code. */
  text(code: number): string {
    const decoded = this.#decoded[code] ?? this.#broken.get(code);
    if (decoded !== undefined) return decoded;
    const begin = this.#offsets[code];
    const text = decoder.decode(new Uint8Array(this.#bytes.buffer, begin, this.#offsets[code + 1] - begin));
    if (code < KEPT) this.#decoded[code] = text;
    return text;
  }

  #is(code: number, bytes: DataView, from: number, to: number): boolean {
    const begin = this.#offsets[code];
    return this.#offsets[code + 1] - begin === to - from && equal(this.#bytes, begin, bytes, from, to);
  }

  #append(bytes: DataView, from: number, to: number): number {
    const code = this.#size++;
    const begin = this.#offsets[code];
    const end = begin + (to - from);
    if (end > this.#bytes.byteLength) this.#bytes = widerBytes(this.#bytes, end);
    if (code + 2 > this.#offsets.length) {
      const wider = new Uint32Array(Math.ceil(1.5 * (code + 2)));
      wider.set(this.#offsets);
      this.#offsets = wider;
    }
    for (let i = from, k = begin; i < to; i++, k++) this.#bytes.setUint8(k, bytes.getUint8(i));
    this.#offsets[code + 1] = end;
    if (!this.repeats && 8 * this.#size > 3 * this.#slots.length) this.#rehash();
    return code;
  }

  /** The code of each text in a dictionary of the same texts that does not repeat any. */
  unified(): { readonly dictionary: Dictionary; readonly codes: Int32Array } {
    const dictionary = new Dictionary();
    const codes = new Int32Array(this.#size);
    for (let code = 0; code < codes.length; code++) {
      const broken = this.#broken.get(code);
      codes[code] =
        broken === undefined
          ? dictionary.add(this.#bytes, this.#offsets[code], this.#offsets[code + 1])
          : dictionary.addText(broken);
    }
    return { dictionary, codes };
  }

  /** For each code the first one of the same text: itself, but in a dictionary that repeats. Expected O(bytes). */
  firsts(): Int32Array {
    const size = this.#size;
    const firsts = positions(size);
    if (!this.repeats) return firsts;
    const bytes = this.#bytes;
    const offsets = this.#offsets;
    const hashes = new Int32Array(size);
    for (let code = 0; code < size; code++) hashes[code] = hashOf(bytes, offsets[code], offsets[code + 1]);

    // an open hash table of those that are equal to none before; half of it stays free
    let room = 4;
    while (room < 2 * size) room *= 2;
    const slots = new Int32Array(room); // a code, plus 1
    for (let code = 0; code < size; code++) {
      if (this.#broken.size > 0 && this.#broken.has(code)) continue;
      const hash = hashes[code];
      let slot = hash & (room - 1);
      for (; slots[slot] !== 0; slot = (slot + 1) & (room - 1)) {
        const other = slots[slot] - 1;
        if (hashes[other] !== hash || !this.#is(other, bytes, offsets[code], offsets[code + 1])) continue;
        firsts[code] = other;
        break;
      }
      if (firsts[code] === code) slots[slot] = code + 1;
    }

    // those that UTF-8 cannot hold have no bytes to look at
    const broken = new Map<string, number>();
    for (const [code, text] of this.#broken) {
      firsts[code] = broken.get(text) ?? code;
      broken.set(text, firsts[code]);
    }
    return firsts;
  }

  #rehash(): void {
    const from = this.#slots;
    const slots = new Int32Array(2 * from.length);
    const last = slots.length - 2;
    for (let k = 0; k < from.length; k += 2) {
      if (from[k + 1] === 0) continue;
      let slot = (from[k] << 1) & last;
      while (slots[slot + 1] !== 0) slot = (slot + 2) & last;
      slots[slot] = from[k];
      slots[slot + 1] = from[k + 1];
    }
    this.#slots = slots;
  }
}

/** Writes a text as UTF-8 where texts are encoded, and returns its bytes. */
function encode(text: string): number {
  const { length } = text;
  let any = length > SHORT ? 0x80 : 0;
  for (let i = 0; i < length && any < 0x80; i++) {
    const unit = text.charCodeAt(i);
    any |= unit;
    scratch[i] = unit;
  }
  return any < 0x80 ? length : encoder.encodeInto(text, scratch).written;
}

/** MurmurHash3, but that the last word overlaps the one before instead of being filled up. */
function hashOf(bytes: DataView, from: number, to: number): number {
  let hash = to - from;
  if (to - from >= 4) {
    for (let i = from; i < to - 4; i += 4) hash = mix(hash, bytes.getInt32(i, true));
    hash = mix(hash, bytes.getInt32(to - 4, true));
  } else for (let i = from; i < to; i++) hash = mix(hash, bytes.getUint8(i));
  return settle(hash);
}

/** Whether the bytes from `begin` on are those from `from` to before `to`. */
function equal(bytes: DataView, begin: number, others: DataView, from: number, to: number): boolean {
  const shift = begin - from;
  if (to - from < 4) {
    for (let i = from; i < to; i++) if (bytes.getUint8(i + shift) !== others.getUint8(i)) return false;
    return true;
  }
  for (let i = from; i < to - 4; i += 4) {
    if (bytes.getInt32(i + shift, true) !== others.getInt32(i, true)) return false;
  }
  return bytes.getInt32(to - 4 + shift, true) === others.getInt32(to - 4, true);
}

/** A copy with room for at least `needed` bytes, and half as many again. */
function widerBytes(bytes: DataView, needed: number): DataView {
  const copy = new Uint8Array(Math.ceil(1.5 * needed));
  copy.set(new Uint8Array(bytes.buffer));
  return new DataView(copy.buffer);
}
