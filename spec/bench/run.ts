import { execFileSync } from "node:child_process";

/**
 * Runs a program that prints one line of JSON, in a process of its own.
 *
 * @throws if it fails; what it said stands on standard error
 */
export function run(command: readonly string[], args: readonly string[]): unknown {
  // settings of this machine for OpenBLAS are none of a peer's; none uses it, and its idle threads spin at a peer's cost
  const env = { ...process.env, OPENBLAS_CORETYPE: undefined, OPENBLAS_L2_SIZE: undefined, OPENBLAS_NUM_THREADS: "1" };
  const out = execFileSync(command[0], [...command.slice(1), ...args], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...env, PYTHONDONTWRITEBYTECODE: "1" },
  });
  return JSON.parse(out);
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
