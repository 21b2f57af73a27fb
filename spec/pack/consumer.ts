import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { run } from "./run.js";

/** A project that uses the package as it is published. */
export interface Consumer {
  readonly name: string;
  /** what it installs beside spikeline */
  readonly packages?: readonly string[];
  /** what it consists of, by path */
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  /** runs it in its folder, and tells what it said */
  readonly run: (folder: string) => string | Promise<string>;
}

/** Three calls, all in flight from 2 to 3. */
export const calls = gzipSync("start_time,end_time\n0,4\n1,3\n2,5\n");
export const READ = `import { concurrencySpikeAnalysis, loadTrace } from "spikeline";
const result = concurrencySpikeAnalysis(await loadTrace("calls.csv.gz"));
`;
/** What every consumer has to say. */
export const SAID = "3 calls in flight";

/** Makes the project in an empty folder and installs the tarball. */
export function install({ packages = [], files }: Consumer, folder: string, tarball: string): void {
  const content = { "package.json": '{ "private": true, "type": "module" }', ...files };
  for (const [path, text] of Object.entries(content)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  run(folder, "npm", "install", "--prefer-offline", "--no-audit", "--no-fund", tarball, ...packages);
}
