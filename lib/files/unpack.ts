import { Decompress } from "fzstd";
import { InputError, reasonOf } from "../errors.js";
import type { Platform } from "./platform.js";

/** Something packed within something packed within … is not gone into any further. */
const DEEPEST = 4;
/** So many bytes tell what a file is. */
const FIRST = 8;
/** zstd frames that stand in one piece are unpacked by recursion, so pieces are small. */
const PIECE = 1 << 16;

interface Packing {
  readonly name: string;
  readonly mark: readonly number[];
  readonly unpack: (chunks: AsyncIterable<Uint8Array>, gunzip: Platform["gunzip"]) => AsyncIterable<Uint8Array>;
}

/** What bytes may be wrapped in, by their first ones. Text in UTF-16 is one more wrapping of UTF-8. */
const packings: readonly Packing[] = [
  { name: "gzip", mark: [0x1f, 0x8b], unpack: (chunks, gunzip) => gunzip(chunks) },
  { name: "zstd", mark: [0x28, 0xb5, 0x2f, 0xfd], unpack: unzstd },
  // a frame to be skipped comes first where several threads packed
  ...Array.from({ length: 16 }, (_, i) => ({ name: "zstd", mark: [0x50 + i, 0x2a, 0x4d, 0x18], unpack: unzstd })),
  { name: "UTF-16", mark: [0xff, 0xfe], unpack: (chunks) => recode(chunks, "utf-16le") },
  { name: "UTF-16", mark: [0xfe, 0xff], unpack: (chunks) => recode(chunks, "utf-16be") },
];

/**
 * Unpacks `.gz` and `.zst`, known by their first bytes, also one within the other; turns UTF-16 with a byte order mark into UTF-8; passes all
 * else on as it is. Several gzip members or zstd frames are one content. Memory is that of a chunk.
 *
 * @param chunks the bytes; a chunk need only be there until the next one is asked for
 * @param file its name, for messages
 * @param gunzip unpacks gzip
 * @returns chunks that last until the next one is asked for; the first has at least eight bytes if there are so many
 * @throws InputError if what is packed is damaged or breaks off
 */
export async function* unpack(
  chunks: AsyncIterable<Uint8Array>,
  file: string | undefined,
  gunzip: Platform["gunzip"],
): AsyncGenerator<Uint8Array> {
  let content = chunks;
  for (let depth = 0; ; depth++) {
    const { first, all } = await begin(content);
    const packing = packings.find(({ mark }) => mark.every((byte, i) => first[i] === byte));
    if (!packing) {
      yield* all;
      return;
    }
    if (depth === DEEPEST) throw new InputError("this is packed again and again. Unpack it first.", { file });
    content = saying(packing, all, file, gunzip);
  }
}

/** The bytes of the first chunks, at least `FIRST` if there are so many, and all from the start. */
async function begin(
  chunks: AsyncIterable<Uint8Array>,
): Promise<{ first: Uint8Array; all: AsyncGenerator<Uint8Array> }> {
  const rest = chunks[Symbol.asyncIterator]();
  let first: Uint8Array = new Uint8Array(0);
  while (first.length < FIRST) {
    const next = await rest.next();
    if (next.done) break;
    if (first.length === 0) first = next.value.length < FIRST ? next.value.slice() : next.value;
    else {
      const joined = new Uint8Array(first.length + next.value.length);
      joined.set(first);
      joined.set(next.value, first.length);
      first = joined;
    }
  }
  async function* all(): AsyncGenerator<Uint8Array> {
    try {
      if (first.length > 0) yield first;
      for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
    } finally {
      await rest.return?.();
    }
  }
  return { first, all: all() };
}

/** Unpacks; an error of it names the file, one of reading the file stays what it is. */
async function* saying(
  { name, unpack }: Packing,
  chunks: AsyncIterable<Uint8Array>,
  file: string | undefined,
  gunzip: Platform["gunzip"],
): AsyncGenerator<Uint8Array> {
  let unread: { error: unknown } | undefined;
  async function* read(): AsyncGenerator<Uint8Array> {
    try {
      yield* chunks;
    } catch (error) {
      unread = { error };
      throw error;
    }
  }
  try {
    yield* unpack(read(), gunzip);
  } catch (error) {
    if (unread) throw unread.error;
    if (error instanceof InputError) throw error;
    throw new InputError(
      `the ${name} data is damaged or breaks off (${reasonOf(error)}). Copy or download the file again, or unpack it and give what comes out.`,
      { file },
    );
  }
}

async function* unzstd(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let out: Uint8Array[] = [];
  const decompressor = new Decompress((piece) => {
    if (piece.length > 0) out.push(piece);
  });
  for await (const chunk of chunks) {
    for (let from = 0; from < chunk.length; from += PIECE) {
      decompressor.push(chunk.slice(from, from + PIECE)); // it keeps what it cannot use yet
      yield* out;
      out = [];
    }
  }
  decompressor.push(new Uint8Array(0), true);
  yield* out;
}

async function* recode(chunks: AsyncIterable<Uint8Array>, encoding: string): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const encoder = new TextEncoder();
  for await (const chunk of chunks) yield encoder.encode(decoder.decode(chunk, { stream: true }));
  yield encoder.encode(decoder.decode());
}
