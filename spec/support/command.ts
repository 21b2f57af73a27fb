import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";

export const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

export interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line in a folder. */
export const runIn = (
  folder: string,
  args: readonly string[],
  input?: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Run> =>
  new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [main, ...args],
      { cwd: folder, maxBuffer: 1 << 28, env: { ...process.env, FORCE_COLOR: undefined, NO_COLOR: undefined, ...env } },
      (error, out, err) => {
        resolve({ code: error ? Number(error.code) : 0, out, err });
      },
    );
    child.stdin?.end(input);
  });

/** Runs the command line in a folder, with a program that reads what it prints; the exit code is the command's own. */
export const pipeIn = (folder: string, args: readonly string[], reader: string): Promise<Run> =>
  new Promise((resolve) => {
    const script = `"$0" "$@" | ${reader}; exit \${PIPESTATUS[0]}`;
    execFile("bash", ["-c", script, process.execPath, main, ...args], { cwd: folder }, (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err });
    });
  });
