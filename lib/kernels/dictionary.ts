/** Texts up to this code are kept decoded once asked for; beyond it a dictionary holds ids, of which few are. */
const KEPT = 1 << 16;

const encoder = new TextEncoder();
// a mark at the start of a text is a character like any other
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * Gives every different text a code, counted from 0 in the order of appearance. Texts are held as UTF-8 side by side, and found by an open
 * hash table: 12 to 20 bytes a text besides its own.
 */
export class Dictionary {
  #bytes = new Uint8Array(256);
  /** text k stands at `#ends[k - 1]` to `#ends[k]` */
  #ends = new Uint32Array(16);
  #hashes = new Int32Array(16);
  /** codes + 1 by hash, 0 where there is none; at least twice as long as there are codes */
  #slots = new Int32Array(32);
  #size = 0;
  readonly #decoded: (string | undefined)[] = [];
  readonly #known = new Map<string, number>();
  /** texts that UTF-8 cannot hold (half of a surrogate pair), by code */
  readonly #broken = new Map<number, string>();

  get size(): number {
    return this.#size;
  }

  /** The code of the UTF-8 text at `bytes[from]` to `bytes[to − 1]`. Expected O(length). */
  add(bytes: Uint8Array, from: number, to: number): number {
    let hash = 0x811c9dc5; // FNV-1a
    for (let i = from; i < to; i++) hash = Math.imul(hash ^ bytes[i], 0x01000193);
    hash ^= hash >>> 15;

    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (let code = this.#slots[slot] - 1; code >= 0; code = this.#slots[slot] - 1) {
      if (this.#hashes[code] === hash && this.#equals(code, bytes, from, to)) return code;
      slot = (slot + 1) & mask;
    }
    this.#slots[slot] = this.#size + 1;
    return this.#append(hash, bytes, from, to);
  }

  /** The code of a text. */
  addText(text: string): number {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const bytes = encoder.encode(text);
    let code: number;
    if (bytes.length === text.length || decoder.decode(bytes) === text) code = this.add(bytes, 0, bytes.length);
    else this.#broken.set((code = this.#append(0, bytes, 0, 0)), text);
    if (this.#known.size < KEPT || this.#broken.has(code)) this.#known.set(text, code);
    return code;
  }

  /** The text of a code. */
  text(code: number): string {
    const decoded = this.#decoded[code] ?? this.#broken.get(code);
    if (decoded !== undefined) return decoded;
    const text = decoder.decode(this.#bytes.subarray(code === 0 ? 0 : this.#ends[code - 1], this.#ends[code]));
    if (code < KEPT) this.#decoded[code] = text;
    return text;
  }

  #equals(code: number, bytes: Uint8Array, from: number, to: number): boolean {
    const begin = code === 0 ? 0 : this.#ends[code - 1];
    const length = to - from;
    if (this.#ends[code] - begin !== length || this.#broken.has(code)) return false;
    for (let i = 0; i < length; i++) if (this.#bytes[begin + i] !== bytes[from + i]) return false;
    return true;
  }

  #append(hash: number, bytes: Uint8Array, from: number, to: number): number {
    const code = this.#size++;
    const begin = code === 0 ? 0 : this.#ends[code - 1];
    const end = begin + (to - from);
    if (end > this.#bytes.length) this.#bytes = wider(this.#bytes, end);
    if (code === this.#ends.length) {
      this.#ends = wider(this.#ends, code + 1);
      this.#hashes = wider(this.#hashes, code + 1);
    }
    for (let i = from, k = begin; i < to; i++, k++) this.#bytes[k] = bytes[i];
    this.#ends[code] = end;
    this.#hashes[code] = hash;
    if (2 * this.#size > this.#slots.length) this.#rehash();
    return code;
  }

  #rehash(): void {
    const slots = new Int32Array(2 * this.#slots.length);
    const mask = slots.length - 1;
    for (let code = 0; code < this.#size; code++) {
      let slot = this.#hashes[code] & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = code + 1;
    }
    this.#slots = slots;
  }
}

/** A copy with room for at least `needed` values, and half as many again. */
function wider<A extends Uint8Array | Uint32Array | Int32Array>(values: A, needed: number): A {
  const copy = new (values.constructor as new (length: number) => A)(Math.ceil(1.5 * needed));
  copy.set(values);
  return copy;
}
