import { mkdir, open, rename, rm, rmdir, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { InputError } from "../errors.js";
import { unreadable } from "./bytes.js";

export interface FileToWrite {
  readonly path: string;
  /** made when its turn comes, in pieces */
  readonly content: () => Promise<Iterable<string | Uint8Array>>;
}

/**
 * Writes files, all of them or none: each into a file beside it, and when all are written these take their places. Folders are made if
 * they are missing, and taken away again if a file cannot be written.
 *
 * @throws InputError if one cannot be written; then what stood there before still stands
 */
export async function writeFilesWhole(files: readonly FileToWrite[]): Promise<void> {
  const written: { beside: string; path: string }[] = [];
  const folders: string[] = [];
  let current = "";
  try {
    for (const { path, content } of files) {
      current = path;
      folders.unshift(...made(dirname(path), await mkdir(dirname(path), { recursive: true })));
      const there = await stat(path).catch(() => undefined);
      if (there?.isDirectory())
        throw new InputError("a folder has this name. Move it, or choose another.", { file: path });
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
    for (const folder of folders) await rmdir(folder).catch(() => undefined);
    throw unreadable(current, error);
  }
}

/** The folders that were made, the deepest first: from the one that was needed up to the first that had been missing. */
function made(needed: string, first: string | undefined): string[] {
  if (first === undefined) return [];
  const folders = [resolve(needed)];
  while (folders[folders.length - 1].length > resolve(first).length) folders.push(dirname(folders[folders.length - 1]));
  return folders;
}
