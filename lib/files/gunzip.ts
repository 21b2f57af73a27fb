const CHUNK = 1 << 20;

/**
 * Unpacks gzip, of one or several members. Node's zlib, which is three times as fast, is used where there is one, else the web's own stream,
 * which browsers have for a single member only.
 */
export function gunzip(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  // no import, so that a bundle for browsers holds nothing of Node's
  const node = (globalThis as { process?: Partial<NodeJS.Process> }).process;
  const zlib = node?.getBuiltinModule?.("node:zlib");
  const stream = node?.getBuiltinModule?.("node:stream");
  if (!zlib || !stream) return webGunzip(chunks);
  const unpacked = zlib.createGunzip({ chunkSize: CHUNK });
  // an error of either goes to whoever reads
  stream.pipeline(stream.Readable.from(copies(chunks), { highWaterMark: 1 }), unpacked, () => undefined);
  return unpacked;
}

async function* webGunzip(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { readable, writable } = new DecompressionStream("gzip");
  const writer = writable.getWriter();
  const writing = (async () => {
    try {
      for await (const chunk of copies(chunks)) await writer.write(chunk);
      await writer.close();
    } catch (error) {
      await writer.abort(error);
    }
  })();
  writing.catch(() => undefined); // the reader is told as well
  yield* chunksOf(readable as ReadableStream<Uint8Array>);
}

/** Streams ask for the next chunk before they are done with one. */
async function* copies(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) yield chunk.slice();
}

/** The chunks of a stream; not every browser can iterate over one. */
export async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
