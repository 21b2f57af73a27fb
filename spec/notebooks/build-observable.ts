import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { answerQueries } from "./answer-queries.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const command = join(root, "node_modules/@observablehq/notebook-kit/dist/bin/notebooks.js");

/** The pages for Notebook Kit, in reading order. */
export const pages = readdirSync(join(root, "notebooks"))
  .filter((name) => name.endsWith(".html"))
  .sort();

/** Builds the pages as a static site, which is emptied before; a page is at `notebooks/NAME` in it. */
export async function buildObservable(out: string): Promise<void> {
  const paths = pages.map((page) => join(root, "notebooks", page));
  for (const path of paths) await answerQueries(path);
  await promisify(execFile)(
    process.execPath,
    [command, "build", "--root", root, "--out", out, "--empty", "--", ...paths],
    { cwd: root },
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const out = join(root, ".observable/dist");
  await buildObservable(out);
  for (const page of pages) console.log(join(out, "notebooks", page));
}
