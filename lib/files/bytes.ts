import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { InputError } from "../errors.js";

/** Tells of reading: bytes read so far, and in all where that is known. */
export type Progress = (read: number, total: number | undefined) => void;

const CHUNK = 1 << 20;

/**
 * The bytes of a file, in chunks; `-` is standard input.
 *
 * @throws InputError if it cannot be read
 */
export async function* readBytes(path: string, progress?: Progress): AsyncGenerator<Uint8Array> {
  let read = 0;
  try {
    const total = path === "-" ? undefined : (await stat(path)).size;
    const stream = path === "-" ? process.stdin : createReadStream(path, { highWaterMark: CHUNK });
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      read += chunk.length;
      progress?.(read, total);
      yield chunk;
    }
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
