import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "../errors.js";
import { unreadable } from "./bytes.js";

/** Endings of files that are looked into when a folder is given. */
const ENDINGS = /\.(json|csv|tsv)$/i;

/** A file to read; one that was found in a folder may turn out to be no trace. */
export interface Found {
  readonly path: string;
  readonly inFolder: boolean;
}

/**
 * The files that paths stand for: a file is itself, a folder all `.json`, `.csv` and `.tsv` files below it, by name. `-` is standard input.
 *
 * @throws InputError if a path does not exist, or a folder holds no such file
 */
export async function findFiles(paths: readonly string[]): Promise<Found[]> {
  const found: Found[] = [];
  for (const path of paths) {
    if (path === "-" || !(await isFolder(path))) {
      found.push({ path, inFolder: false });
      continue;
    }
    const entries = await readdir(path, { withFileTypes: true, recursive: true });
    const files = entries
      .filter((entry) => entry.isFile() && ENDINGS.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
    if (files.length === 0)
      throw new InputError("the folder holds no .json, .csv or .tsv file. Name the file itself.", { file: path });
    found.push(...files.map((file) => ({ path: file, inFolder: true })));
  }
  return found;
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    throw unreadable(path, error);
  }
}
