import { execFile } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { answerQueries } from "./answer-queries.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = join(root, "notebooks");
const command = join(root, "node_modules/@observablehq/notebook-kit/dist/bin/notebooks.js");

/** The pages for Notebook Kit, in reading order. */
export const pages: readonly string[] = readdirSync(folder)
  .filter((name) => name.endsWith(".html"))
  .sort()
  .map((name) => join(folder, name));

/** Builds pages as a static site, where each is at its place in this repository. What was in the folder before is gone. */
export async function buildObservable(out: string, paths: readonly string[] = pages): Promise<void> {
  const options = ["--root", root, "--out", out, "--empty"];
  await promisify(execFile)(process.execPath, [command, "build", ...options, "--", ...paths], { cwd: root });
}

/** Asks the queries of all pages anew. */
async function renewAnswers(): Promise<void> {
  rmSync(join(folder, ".observable"), { recursive: true, force: true });
  for (const page of pages) {
    for (const [file, answer] of await answerQueries(page)) {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, answer);
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const out = join(root, ".observable/dist");
  await renewAnswers();
  await buildObservable(out);
  console.log(`${pages.length} pages are in ${join(out, "notebooks")}`);
}
