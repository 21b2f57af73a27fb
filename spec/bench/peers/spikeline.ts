// The built package, as a user imports it.
import { join } from "node:path";
import type { ColumnTable } from "arquero";
import { distributionDigest, type Tables, tablesDigest } from "./digest.js";
import { built, callsIn, serve, type Work } from "./protocol.js";

const { computeConcurrencyDistribution, computePercentiles, concurrencySpikeAnalysis, loadTrace } =
  await built<typeof import("../../../lib/index.js")>("index.js");
type Trace = Awaited<ReturnType<typeof loadTrace>>;
type Result = ReturnType<typeof concurrencySpikeAnalysis>;

const distribution: Work<ColumnTable, Pick<Tables, "distribution" | "percentiles">> = {
  load: (folder) => callsIn(folder, ["start_time", "end_time"]),
  run: (calls) => {
    const found = computeConcurrencyDistribution(calls);
    return { distribution: found, percentiles: computePercentiles(found) };
  },
  digest: distributionDigest,
};

const tables: Work<ColumnTable, Result> = {
  load: (folder) => callsIn(folder),
  run: (calls) => concurrencySpikeAnalysis(calls),
  digest,
};

const csv: Work<string, Result> = {
  load: (folder) => join(folder, "calls.csv"),
  run: async (path) => concurrencySpikeAnalysis(await loadTrace(path)),
  digest,
};

/** Works of reading alone. */
const otlp: Work<string, Trace> = {
  load: (folder) => join(folder, "calls.otlp.jsonl"),
  run: (path) => loadTrace(path),
  digest: (trace) => ({ spans: rowsOf(trace).numRows() }),
};

const nat_json: Work<string, Trace> = {
  load: (folder) => join(folder, "calls.nat.json"),
  run: (path) => loadTrace(path),
  digest: (trace) => ({ steps: rowsOf(trace).numRows() }),
};

const parquet: Work<string, Trace> = {
  load: (folder) => join(folder, "calls.parquet"),
  run: (path) => loadTrace(path),
  digest: (trace) => {
    const counts = rowsOf(trace).array("total_tokens") as Float64Array;
    return { calls: counts.length, tokens: counts.reduce((sum, count) => sum + count, 0) };
  },
};

const rowsOf = (trace: Trace): ColumnTable => ("spans" in trace ? trace.spans : trace.events);

function digest({ tables }: Result) {
  return tablesDigest({ ...tables, threshold: tables.summary.get("threshold") as number });
}

await serve({ distribution, tables, csv, otlp, nat_json, parquet });
