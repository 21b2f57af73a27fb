import { InputError, reasonOf } from "../errors.js";
import type { Progress, Ranges } from "./bytes.js";
import type { Platform } from "./platform.js";
import { streamChunks } from "./stream-chunks.js";

/** A file of a notebook: what Observable's `FileAttachment` gives. */
export interface Attachment {
  readonly name: string;
  /** its content */
  blob(): Promise<Blob>;
}

/** What bytes can be read from, besides a path: the address of a file, or what browsers, notebooks and `fetch` hand out. */
export type Readable =
  string | URL | Blob | Response | Attachment | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;

/** A file to read, wherever it is. */
export interface Source {
  /** the path, the address or the name of the file, for messages and for the column `source` */
  readonly name: string;
  /** whether it was asked for itself; what was found in a folder or by a glob may turn out to be no trace */
  readonly isNamed: boolean;
  /** its bytes; a chunk is there until the next one is asked for */
  readonly bytes: (progress?: Progress) => AsyncGenerator<Uint8Array>;
  /** its bytes by their places, where that is possible */
  readonly ranges?: (progress?: Progress) => Promise<Ranges & { close?(): Promise<void> }>;
}

/** Whether bytes can be read from a value. */
export const isReadable = (value: unknown): value is Readable =>
  typeof value === "string" ||
  value instanceof URL ||
  value instanceof Blob ||
  value instanceof Response ||
  value instanceof ReadableStream ||
  isAttachment(value) ||
  (typeof value === "object" && value !== null && Symbol.asyncIterator in value);

const isAttachment = (value: unknown): value is Attachment =>
  typeof value === "object" && value !== null && "name" in value && "blob" in value && typeof value.blob === "function";

/**
 * The files that paths, folders, globs, addresses, blobs and streams stand for.
 *
 * @param files those of a path
 * @throws InputError if a path does not exist, a folder holds no such file, or a glob matches none
 */
export async function sourcesOf(inputs: readonly Readable[], files: Platform["files"]): Promise<Source[]> {
  const sources: Source[] = [];
  for (const input of inputs) {
    if (input instanceof Blob) sources.push(blob(input));
    else if (input instanceof Response)
      sources.push(response(input.url || "the response", () => Promise.resolve(input)));
    else if (isAttachment(input)) sources.push({ ...blob(await input.blob()), name: input.name });
    else if (typeof input !== "string" && !(input instanceof URL)) sources.push(stream(input));
    else if (/^https?:\/\//i.test(String(input))) sources.push(address(String(input)));
    else sources.push(...(await files(input)));
  }
  return sources;
}

const blob = (input: Blob): Source => ({
  name: input instanceof File ? input.name : "the blob",
  isNamed: true,
  bytes: (progress) => told(streamChunks(input.stream() as ReadableStream<Uint8Array>), input.size, progress),
  ranges: () =>
    Promise.resolve({ byteLength: input.size, slice: (start, end) => input.slice(start, end).arrayBuffer() }),
});

const stream = (input: ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>): Source => ({
  name: "the stream",
  isNamed: true,
  bytes: (progress) => told(input instanceof ReadableStream ? streamChunks(input) : input, undefined, progress),
});

/** A file that is fetched. */
export const address = (url: string): Source =>
  response(url, async () => {
    try {
      return await fetch(url);
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      throw new InputError(
        `nothing can be fetched from there (${reasonOf(cause)}). Check the address and the network.`,
        {
          file: url,
        },
      );
    }
  });

function response(name: string, get: () => Promise<Response>): Source {
  async function* bytes(progress?: Progress): AsyncGenerator<Uint8Array> {
    const answer = await get();
    if (!answer.ok) {
      await answer.body?.cancel();
      const status = `${answer.status} ${answer.statusText}`.trim();
      throw new InputError(`the server answers ${status}. Check the address, and whether it needs a login.`, {
        file: name,
      });
    }
    if (answer.bodyUsed) throw new InputError("the response has been read already. Give a fresh one.", { file: name });
    if (!answer.body) return;
    // of a body that was packed for the way, the length is not known
    const length = answer.headers.has("content-encoding") ? 0 : Number(answer.headers.get("content-length"));
    try {
      yield* told(streamChunks(answer.body as ReadableStream<Uint8Array>), length > 0 ? length : undefined, progress);
    } catch (error) {
      throw new InputError(`the answer breaks off (${reasonOf(error)}). Try again.`, { file: name });
    }
  }
  return { name, isNamed: true, bytes };
}

/** The same chunks as bytes, with `progress` told of each. */
async function* told(
  chunks: AsyncIterable<Uint8Array>,
  total: number | undefined,
  progress: Progress | undefined,
): AsyncGenerator<Uint8Array> {
  let read = 0;
  for await (const chunk of chunks) {
    const bytes = typeof chunk === "string" ? new TextEncoder().encode(chunk) : chunk;
    progress?.((read += bytes.length), total);
    yield bytes;
  }
}

/** All bytes in one piece. */
export async function allBytes(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    pieces.push(chunk.slice());
    length += chunk.length;
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
