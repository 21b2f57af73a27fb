import { spawnSync } from "node:child_process";

/** Runs a command in a folder and returns what it prints; an error with all of that where it fails. */
export function run(folder: string, command: string, ...args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(`${[command, ...args].join(" ")}\n${error?.message ?? stdout + stderr}`);
  return stdout;
}
