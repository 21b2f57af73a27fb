// Reads a file and tells the most memory that took, and what came of it: a process of its own, run by spec/formats/memory.spec.ts.
import { readFileSync } from "node:fs";
import { InputError, loadTrace } from "../../lib/index.js";

let outcome = "result";
try {
  await loadTrace(process.argv[2]);
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  outcome = error.message;
}
const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync("/proc/self/status", "utf8")) ?? [];
process.stdout.write(JSON.stringify({ peak: 1024 * Number(kilobytes), outcome }));
