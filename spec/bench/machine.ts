import { execFileSync } from "node:child_process";
import { cpus, totalmem } from "node:os";
import { readFileSync } from "node:fs";
import { type Peer, PYTHON, isPython } from "./peers.js";

/** Of Node, that are peers. */
const PACKAGES = ["arquero", "hyparquet"];

/** Takes the names of packages as arguments. */
const VERSIONS = `
import platform, sys
from importlib.metadata import version
print(platform.python_version(), *(f"{name} {version(name)}" for name in sys.argv[1:]), sep=", ")
`;

/** The kind of machine and what ran on it; no names of hosts or paths. */
export function machine(peers: readonly Peer[]): string {
  const memory = Math.round(totalmem() / 2 ** 30);
  const parts = [`${cpus()[0].model}, ${cpus().length} cores, ${memory} GiB`, `Node ${process.versions.node}`];
  for (const name of PACKAGES.filter((name) => peers.some((peer) => peer.name === name))) {
    const text = readFileSync(new URL(`../../node_modules/${name}/package.json`, import.meta.url), "utf8");
    parts.push(`${name} ${(JSON.parse(text) as { version: string }).version}`);
  }
  const names = peers.filter(isPython).map(({ name }) => name);
  if (names.length > 0) {
    parts.push(`Python ${execFileSync(PYTHON, ["-c", VERSIONS, ...names], { encoding: "utf8" }).trim()}`);
  }
  return parts.join(", ");
}
