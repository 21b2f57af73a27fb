import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { tellMissing } from "./outcome.js";

const cwd = fileURLToPath(new URL("../../", import.meta.url));
const here = fileURLToPath(new URL("here.ts", import.meta.url));

/** Runs the suite by a command of another runtime, if that can tell its version. */
export function inChild(
  runtime: string,
  [command, ...first]: readonly [string, ...string[]],
  options: readonly string[],
  remedy: string,
): void {
  const isThere = spawnSync(command, [...first, "--version"], { cwd }).status === 0;
  if (!isThere) tellMissing(runtime, remedy);
  else if (spawnSync(command, [...first, ...options, here], { cwd, stdio: "inherit" }).status !== 0)
    process.exitCode = 1;
}
