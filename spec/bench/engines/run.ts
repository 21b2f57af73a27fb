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
  },
});
const [most, calls, rounds] = [values.most, values.calls, values.rounds].map(Number);

const folder = mkdtempSync(join(tmpdir(), "spikeline-bench-"));
process.on("exit", () => {
  rmSync(folder, { recursive: true, force: true });
});
process.on("SIGINT", () => process.exit(130));

console.log(`${machine([])}\n`);
const path = await writeCalls(folder, calls);
await byHand(path, calls, rounds);
await whichFits(folder, [1e5, 1e6, calls], rounds);
limited(await writeCalls(folder, most), most, "1GB");

if ((await activeNodes()) === nodes.length) await cluster(folder, [calls / 5, calls]);
else console.log("No cluster is up: npm run trino:up, then again.");
