import { execFile, execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("../../", import.meta.url));
const command = join(root, "node_modules", ".bin", "deno");
/** What the command starts; it is put there when the command is first used. */
const deno = join(root, "node_modules", "deno", process.platform === "win32" ? "deno.exe" : "deno");
const KERNEL = "deno";

/** Where the notebooks are, and where they run. */
export const folder = join(root, "notebooks");

export const notebooks: readonly string[] = readdirSync(folder)
  .filter((name) => name.endsWith(".ipynb"))
  .sort();

/** The Python that nbconvert runs in, which has Jupyter's client, too. */
const python = (process.env.PATH ?? "")
  .split(delimiter)
  .map((path) => join(path, "jupyter-nbconvert"))
  .filter((path) => existsSync(path))
  .map((path) => /^#! *(\S*python\S*)/.exec(readFileSync(path, "utf8"))?.[1])
  .find((path) => path !== undefined);

/** What this machine lacks to execute notebooks; undefined if nothing. */
export const lacking = !existsSync(command)
  ? "the package deno is not installed"
  : python === undefined
    ? "nbconvert is not installed (apt-get install jupyter-nbconvert)"
    : undefined;

/** Executes notebooks of the folder from a clean state, two at a time, as they stand in files that are written to. */
export async function execute(files: readonly string[]): Promise<void> {
  execFileSync(command, ["--version"]);
  const data = mkdtempSync(join(tmpdir(), "spikeline-jupyter-"));
  try {
    const kernel = join(data, "kernels", KERNEL);
    mkdirSync(kernel, { recursive: true });
    writeFileSync(
      join(kernel, "kernel.json"),
      JSON.stringify({
        argv: [deno, "jupyter", "--kernel", "--conn", "{connection_file}"],
        display_name: "Deno",
        language: "typescript",
        env: { NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" },
      }),
    );
    const script = fileURLToPath(new URL("execute.py", import.meta.url));
    const env = { ...process.env, JUPYTER_DATA_DIR: data, JUPYTER_RUNTIME_DIR: join(data, "runtime") };
    const some = [0, 1].map((half) => files.filter((_, i) => i % 2 === half)).filter(({ length }) => length > 0);
    await Promise.all(
      some.map((half) => promisify(execFile)(python ?? "python3", [script, KERNEL, folder, ...half], { env })),
    );
  } finally {
    rmSync(data, { recursive: true });
  }
}
