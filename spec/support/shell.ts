import { execFile } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { main } from "./command.js";
import { root } from "./pages.js";

/** Whether a script only installs something: such ones are shown, not run. */
const installs = (script: string): boolean => script.split("\n").every((line) => /^(npm .*|#.*|)$/.test(line));
/** Whether a script asks a cluster: what runs on one runs it there. */
export const asksCluster = (script: string): boolean => script.includes("--engine trino");

/**
 * Runs scripts one after the other, in a folder of their own that holds `data/`, with `spikeline` as a command.
 *
 * @returns what each prints on standard output; undefined for those that only install something, or ask a cluster
 * @throws Error if one ends with another exit code than 0
 */
export async function runScripts(scripts: readonly string[]): Promise<(string | undefined)[]> {
  const folder = mkdtempSync(join(tmpdir(), "spikeline-"));
  try {
    symlinkSync(join(root, "data"), join(folder, "data"));
    const bin = join(folder, ".bin");
    mkdirSync(bin);
    writeFileSync(join(bin, "spikeline"), `#!/bin/sh\nexec "${process.execPath}" "${main}" "$@"\n`);
    chmodSync(join(bin, "spikeline"), 0o755);
    const env = { ...process.env, FORCE_COLOR: undefined, PATH: `${bin}${delimiter}${process.env.PATH ?? ""}` };

    const printed: (string | undefined)[] = [];
    for (const script of scripts)
      printed.push(installs(script) || asksCluster(script) ? undefined : await run(script, folder, env));
    return printed;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const run = (script: string, cwd: string, env: NodeJS.ProcessEnv): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = execFile("bash", ["-euo", "pipefail", "-c", script], { cwd, env }, (error, out, err) => {
      if (error) reject(new Error(`exit ${error.code}:\n${script}${err}`));
      else resolve(out);
    });
    child.stdin?.end();
  });
