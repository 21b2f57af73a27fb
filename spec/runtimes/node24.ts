import { arch, platform } from "node:process";
import { inChild } from "./child.js";

/** Runs the suite in Node 24, which npm fetches once and keeps. */
export function node24(): void {
  const name = `node-${platform === "win32" ? "win" : platform}-${arch}@24`;
  inChild(
    "Node 24",
    ["npm", "exec", "--yes", "--prefer-offline", `--package=${name}`, "--", "node"],
    ["--import", "tsx/esm"],
    `npm has to be able to fetch ${name}.`,
  );
}
