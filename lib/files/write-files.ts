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
export const writeFilesWhole = (files: readonly FileToWrite[]): Promise<void> =>
  writtenBeside(files.map(({ path, content }) => ({ path, write: (beside) => writeContent(beside, content) })));

/**
 * Lets somebody else write a file, which takes its place when it is whole.
 *
 * @param write writes it where it is told to
 * @returns what `write` does
 * @throws InputError if it cannot be written, and what `write` throws; then what stood there before still stands
 */
export async function writeFileWhole<T>(path: string, write: (beside: string) => Promise<T>): Promise<T> {
  const results: T[] = [];
  await writtenBeside([{ path, write: async (beside) => results.push(await write(beside)) }]);
  return results[0];
}

/**
 * Looks whether a file can be written, before the work of which it is to hold the result. Nothing is left there.
 *
 * @throws InputError if it cannot
 */
export async function checkWritable(path: string): Promise<void> {
  const beside = besideOf(path);
  const folders: string[] = [];
  try {
    await makeRoom(path, folders);
    await (await open(beside, "w")).close();
  } catch (error) {
    throw unreadable(path, error);
  } finally {
    await takeAway([beside], folders);
  }
}

async function writtenBeside(
  files: readonly { readonly path: string; readonly write: (beside: string) => Promise<unknown> }[],
): Promise<void> {
  const written: { beside: string; path: string }[] = [];
  const folders: string[] = [];
  let current = "";
  try {
    for (const { path, write } of files) {
      await makeRoom((current = path), folders);
      const beside = besideOf(path);
      written.push({ beside, path });
      await write(beside);
    }
    for (const { beside, path } of written) await rename(beside, (current = path));
  } catch (error) {
    await takeAway(
      written.map(({ beside }) => beside),
      folders,
    );
    throw unreadable(current, error);
  }
}

async function writeContent(path: string, content: FileToWrite["content"]): Promise<void> {
  const file = await open(path, "w");
  try {
    for (const piece of await content()) await file.writeFile(piece);
  } finally {
    await file.close();
  }
}

const besideOf = (path: string): string => join(dirname(path), `.${basename(path)}.${process.pid}.part`);

/** Makes the folders of a file, and adds them to those that were made, the deepest first. */
async function makeRoom(path: string, folders: string[]): Promise<void> {
  folders.unshift(...made(dirname(path), await mkdir(dirname(path), { recursive: true })));
  const there = await stat(path).catch(() => undefined);
  if (there?.isDirectory()) throw new InputError("a folder has this name. Move it, or choose another.", { file: path });
}

async function takeAway(files: readonly string[], folders: readonly string[]): Promise<void> {
  for (const file of files) await rm(file, { force: true }).catch(() => undefined);
  for (const folder of folders) await rmdir(folder).catch(() => undefined);
}

/** The folders that were made, the deepest first: from the one that was needed up to the first that had been missing. */
function made(needed: string, first: string | undefined): string[] {
  if (first === undefined) return [];
  const folders = [resolve(needed)];
  while (folders[folders.length - 1].length > resolve(first).length) folders.push(dirname(folders[folders.length - 1]));
  return folders;
}
