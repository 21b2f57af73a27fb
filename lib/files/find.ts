import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "../errors.js";
import { unreadable } from "./bytes.js";

/** Endings of files that are looked into when a folder is given. */
const ENDINGS = /\.(json|jsonl|ndjson|csv|tsv|parquet|arrow|feather)(\.gz|\.zst)?$/i;
const GLOB = /[*?[\]{}]|[!+@]\(/;

/** A file to read; one that nobody named, but that was found in a folder or by a glob, may turn out to be no trace. */
export interface Found {
  readonly path: string;
  readonly isNamed: boolean;
}

/**
 * The files that paths stand for: a file is itself, whatever its name; a folder all files below it with a name like a trace's, by name; a glob
 * (`traces/*.json`, `**\/*.jsonl`) all files that match it, by name. `-` is standard input.
 *
 * @throws InputError if a path does not exist, a folder holds no such file, or a glob matches none
 */
export async function findFiles(paths: readonly string[]): Promise<Found[]> {
  const found: Found[] = [];
  for (const path of paths) {
    const kind = path === "-" ? "file" : await kindOf(path);
    if (kind === "file") found.push({ path, isNamed: true });
    else {
      const files = kind === "glob" ? await matches(path) : await filesBelow(path);
      found.push(...files.map((file) => ({ path: file, isNamed: false })));
    }
  }
  return found;
}

async function kindOf(path: string): Promise<"file" | "folder" | "glob"> {
  try {
    return (await stat(path)).isDirectory() ? "folder" : "file";
  } catch (error) {
    const isMissing = ["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "");
    if (isMissing && GLOB.test(path)) return "glob";
    throw unreadable(path, error);
  }
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries
    .filter((entry) => entry.isFile() && ENDINGS.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  if (files.length > 0) return files;
  throw new InputError(
    "the folder holds no .json, .jsonl, .ndjson, .csv, .tsv, .parquet, .arrow or .feather file, packed (.gz, .zst) or not. Name the file itself.",
    { file: folder },
  );
}

async function matches(pattern: string): Promise<string[]> {
  const { glob } = await import("tinyglobby");
  const files = await glob(pattern, { expandDirectories: false });
  if (files.length > 0) return files.sort();
  throw new InputError("no file matches. Check the pattern; in a shell, quote it to have it read here.", {
    file: pattern,
  });
}
