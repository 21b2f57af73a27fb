// Measures the engines: DuckDB within a memory limit and beside the same SQL typed by hand, memory beside DuckDB, and the share that each worker of a
// cluster has of a burst. `npm run bench:engines`; the cluster is measured where `npm run trino:up` has started it.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { activeNodes } from "../../engines/lab/ready.js";
import { nodes } from "../../engines/lab/config.js";
import { machine } from "../machine.js";
import { cluster } from "./cluster.js";
import { byHand, limited, whichFits } from "./one-machine.js";
import { writeCalls } from "./write-calls.js";

const { values } = parseArgs({
  options: {
    /** calls of the run within 1 GB */
    most: { type: "string", default: "2e7" },
    /** calls of the others */
    calls: { type: "string", default: "5e6" },
    rounds: { type: "string", default: "5" },
    /** what is measured, with commas between */
    parts: { type: "string", default: "hand,memory,limit,cluster" },
  },
});
const [most, calls, rounds] = [values.most, values.calls, values.rounds].map(Number);

const folder = mkdtempSync(join(tmpdir(), "spikeline-bench-"));
process.on("exit", () => {
  rmSync(folder, { recursive: true, force: true });
});
process.on("SIGINT", () => process.exit(130));

console.log(`${machine([])}\n`);
const parts = new Set(values.parts.split(","));
if (parts.has("hand")) await byHand(await writeCalls(folder, calls), calls, rounds);
if (parts.has("memory")) await whichFits(folder, [1e5, 1e6, calls], rounds);
if (parts.has("limit")) for (const limit of ["1GB", "2GB"]) limited(await writeCalls(folder, most), most, limit);
if (parts.has("cluster")) {
  if ((await activeNodes()) === nodes.length) await cluster(folder, [calls / 5, calls]);
  else console.log("No cluster is up: npm run trino:up, then again.");
}
