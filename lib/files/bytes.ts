import { open } from "node:fs/promises";
import { InputError } from "../errors.js";

/** Tells of reading: bytes read so far, and in all where that is known. */
export type Progress = (read: number, total: number | undefined) => void;

/** The bytes of a file by their places. */
export interface Ranges {
  readonly byteLength: number;
  slice(start: number, end?: number): ArrayBuffer | Promise<ArrayBuffer>;
}

const CHUNK = 1 << 20;

/**
 * The bytes of a file, in chunks; `-` is standard input. A chunk is there until the next one is asked for: they share their memory.
 *
 * @throws InputError if it cannot be read
 */
export async function* readBytes(path: string, progress?: Progress): AsyncGenerator<Uint8Array> {
  let read = 0;
  try {
    if (path === "-") {
      for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
        progress?.((read += chunk.length), undefined);
        yield chunk;
      }
      return;
    }
    const file = await open(path);
    try {
      const { size } = await file.stat();
      const buffer = new Uint8Array(CHUNK);
      for (;;) {
        const { bytesRead } = await file.read(buffer);
        if (bytesRead === 0) return;
        progress?.((read += bytesRead), size);
        yield buffer.subarray(0, bytesRead);
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    throw unreadable(path, error);
  }
}

/**
 * The bytes of a file by their places.
 *
 * @throws InputError if it cannot be read
 */
export async function openRanges(path: string, progress?: Progress): Promise<Ranges & { close(): Promise<void> }> {
  try {
    const file = await open(path);
    const { size } = await file.stat();
    let read = 0;
    return {
      byteLength: size,
      async slice(start, end = size) {
        const bytes = new Uint8Array(end - start);
        const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
        progress?.(Math.min((read += bytesRead), size), size);
        return bytes.buffer;
      },
      close: () => file.close(),
    };
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** What the system says of a file, in words. */
export function unreadable(path: string, error: unknown): Error {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === "ENOENT") return new InputError("no such file. Check the path.", { file: path });
  if (code === "EACCES" || code === "EPERM")
    return new InputError("no permission. Check the rights of the file and its folder.", { file: path });
  if (code === "EEXIST") return new InputError("a file stands where a folder is needed.", { file: path });
  if (code === "EISDIR") return new InputError("this is a folder, not a file. Check the path.", { file: path });
  if (code === "ENOTDIR")
    return new InputError("a part of the path is a file, not a folder. Check the path.", { file: path });
  if (code === "ENOSPC")
    return new InputError("no space is left on the device. Make room, or write elsewhere.", { file: path });
  if (code === "EROFS") return new InputError("the file system cannot be written to. Write elsewhere.", { file: path });
  return error instanceof Error ? error : new Error(String(error));
}
