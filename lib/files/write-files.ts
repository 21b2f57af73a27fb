import { mkdir, open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { unreadable } from "./bytes.js";

export interface FileToWrite {
  readonly path: string;
  /** made when its turn comes, in pieces */
  readonly content: () => Promise<Iterable<string | Uint8Array>>;
}

/**
 * Writes files, all of them or none: each into a file beside it, and when all are written these take their places. Folders are made if
 * they are missing.
 *
 * @throws InputError if one cannot be written; then what stood there before still stands
 */
export async function writeFilesWhole(files: readonly FileToWrite[]): Promise<void> {
  const written: { beside: string; path: string }[] = [];
  let current = "";
  try {
    for (const { path, content } of files) {
      current = path;
      await mkdir(dirname(path), { recursive: true });
      const beside = join(dirname(path), `.${basename(path)}.${process.pid}.part`);
      written.push({ beside, path });
      const file = await open(beside, "w");
      try {
        for (const piece of await content()) await file.writeFile(piece);
      } finally {
        await file.close();
      }
    }
    for (const { beside, path } of written) await rename(beside, (current = path));
  } catch (error) {
    for (const { beside } of written) await rm(beside, { force: true }).catch(() => undefined);
    throw unreadable(current, error);
  }
}
