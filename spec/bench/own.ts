import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Inputs } from "./inputs.js";
import { ownScript } from "./peers.js";
import { median, run } from "./run.js";
import { MEAN_DURATION } from "./traffic.js";

const MAIN = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const NAT_CALLS = 5e4;
const PROMPT_CALLS = 1000;
const PROMPT_ROUNDS = 7;

export interface Memory {
  readonly calls: number;
  readonly loaded_mb: number;
  readonly returned_mb: number;
  readonly peak_mb: number;
  readonly bytes_a_call: number;
}

/** What an analysis takes beyond its input and its result; see `peers/memory.ts`. */
export function memory(inputs: Inputs, size: number): Memory {
  return run([process.execPath, ownScript("memory")], [inputs.columns(size, "exporter")]) as Memory;
}

export interface Nat {
  readonly entries: number;
  readonly bytes: number;
  readonly cpu: number;
  readonly peak_mb: number;
}

/** The JSON of NAT mode for about once, twice and four times as many ids: the same calls, of longer duration. */
export function nat(inputs: Inputs): Nat[] {
  return [1, 2, 4].map(
    (times) =>
      run([process.execPath, ownScript("nat")], [inputs.columns(NAT_CALLS, "exporter", times * MEAN_DURATION)]) as Nat,
  );
}

/** Seconds from typing the command until it is done, for a small CSV file. */
export function prompt(inputs: Inputs): number {
  const file = join(inputs.csv(PROMPT_CALLS), "calls.csv");
  const seconds = Array.from({ length: PROMPT_ROUNDS }, () => {
    const before = performance.now();
    const { status, stderr } = spawnSync(process.execPath, [MAIN, "analyze", file], { encoding: "utf8" });
    if (status !== 0) throw new Error(`spikeline analyze failed: ${stderr}`);
    return (performance.now() - before) / 1000;
  });
  return median(seconds);
}
