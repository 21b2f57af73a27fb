import { cpSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Lays spikeline, as it was built, into a folder where some packages are not installed; returns the path of its command line. */
export function layOutWithout(folder: string, packages: readonly string[]): string {
  cpSync(join(root, "dist"), join(folder, "dist"), { recursive: true });
  cpSync(join(root, "package.json"), join(folder, "package.json"));
  mkdirSync(join(folder, "node_modules"));
  for (const name of readdirSync(join(root, "node_modules"))) {
    if (packages.some((missing) => missing === name || missing.startsWith(`${name}/`))) continue;
    symlinkSync(join(root, "node_modules", name), join(folder, "node_modules", name));
  }
  return join(folder, "dist", "cli", "main.js");
}
