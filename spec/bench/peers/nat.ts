// The JSON of NAT mode, which lists the ids of the active calls of each spike, here of each segment: `nat FOLDER`, in a fresh process, one run.
import { closeSync, openSync, writeSync } from "node:fs";
import { devNull } from "node:os";
import { table } from "arquero";
import { built, callsIn, peakMb, print } from "./protocol.js";

const { concurrencySpikeAnalysis } = await built<typeof import("../../../lib/index.js")>("index.js");
const { jsonText } = await built<typeof import("../../../lib/report/json.js")>("report/json.js");

const columns = callsIn(process.argv[2]);
const calls = columns.assign(
  table({ uuid: Array.from({ length: columns.numRows() }, (_, i) => `call-${String(i).padStart(7, "0")}`) }),
);
const { tables, options } = concurrencySpikeAnalysis(calls, { mode: "nat", threshold: 1 });
const entries = (tables.spikes.array("active_calls") as Int32Array).reduce((sum, count) => sum + count, 0);

const sink = openSync(devNull, "w");
const before = process.cpuUsage();
let bytes = 0;
for (const piece of jsonText(tables, options.listActive)) bytes += writeSync(sink, piece);
const { user, system } = process.cpuUsage(before);
closeSync(sink);
print({ entries, bytes, cpu: (user + system) / 1e6, peak_mb: peakMb() });
