// LZ4, unpacked: https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md and lz4_Frame_format.md. Checksums are not looked at.

const MAGIC = 0x184d2204;
const [HAS_CONTENT_SIZE, HAS_DICTIONARY, HAS_BLOCK_CHECKSUMS] = [0x08, 0x01, 0x10];

/**
 * Unpacks an LZ4 frame of known length.
 *
 * @throws Error if it is none, or damaged
 */
export function decompressLz4Frame(input: Uint8Array, length: number): Uint8Array {
  const view = new DataView(input.buffer, input.byteOffset, input.byteLength);
  if (view.getUint32(0, true) !== MAGIC) throw new Error("no LZ4 frame");
  const flags = input[4];
  let at = 6 + (flags & HAS_CONTENT_SIZE ? 8 : 0) + (flags & HAS_DICTIONARY ? 4 : 0) + 1;
  const output = new Uint8Array(length);
  let end = 0;
  for (;;) {
    const size = view.getUint32(at, true);
    at += 4;
    if (size === 0) break;
    const block = input.subarray(at, (at += size & 0x7fffffff));
    if (size >>> 31 === 1) {
      output.set(block, end); // not packed
      end += block.length;
    } else end = decompressLz4Block(block, output, end);
    if (flags & HAS_BLOCK_CHECKSUMS) at += 4;
  }
  if (end !== length) throw new Error(`LZ4 frame of ${end} bytes, not ${length}`);
  return output;
}

/**
 * Unpacks an LZ4 block behind what stands in the output already, to which it may refer.
 *
 * @returns where the output ends now
 * @throws Error if it is damaged
 */
export function decompressLz4Block(input: Uint8Array, output: Uint8Array, end: number): number {
  let at = 0;
  /** a length that goes on in further bytes */
  const longer = (length: number): number => {
    if (length < 15) return length;
    for (let byte = 255; byte === 255; length += byte) byte = input[at++];
    return length;
  };
  while (at < input.length) {
    const token = input[at++];
    const literals = longer(token >> 4);
    if (!(at + literals <= input.length)) throw new Error("LZ4 block breaks off");
    output.set(input.subarray(at, (at += literals)), end);
    end += literals;
    if (at === input.length) break; // the last sequence has no match

    const offset = input[at] | (input[at + 1] << 8);
    at += 2;
    const length = longer(token & 15) + 4;
    if (offset === 0 || offset > end || !(end + length <= output.length)) throw new Error("LZ4 block is damaged");
    // byte by byte: a match may run into what it has just written
    for (const stop = end + length; end < stop; end++) output[end] = output[end - offset];
  }
  return end;
}
