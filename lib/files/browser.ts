import type { Platform } from "./platform.js";
import { address } from "./source.js";
import { streamChunks } from "./stream-chunks.js";

/** Browsers, and whatever else has only what the web has. A path is an address, beside that of the page. */
export const browser: Platform = {
  files: (path) => Promise.resolve([address(String(path))]),
  gunzip,
  json: { alloc: (length) => new Uint8Array(length), parse },
};

/** Unpacks gzip by the web's own stream, which browsers have for a single member only. */
async function* gunzip(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { readable, writable } = new DecompressionStream("gzip");
  const writer = writable.getWriter();
  const writing = (async () => {
    try {
      // copied, for the stream asks for the next chunk before it is done with one
      for await (const chunk of chunks) await writer.write(chunk.slice());
      await writer.close();
    } catch (error) {
      await writer.abort(error);
    }
  })();
  writing.catch(() => undefined); // the reader is told as well
  yield* streamChunks(readable as ReadableStream<Uint8Array>);
}

const decoder = new TextDecoder("utf-8", { fatal: true });

function parse(bytes: Uint8Array, from: number, to: number): unknown {
  try {
    return JSON.parse(decoder.decode(bytes.subarray(from, to)));
  } catch {
    return undefined;
  }
}
