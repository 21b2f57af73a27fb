// The built package, as a user imports it.
import { join } from "node:path";
import type { ColumnTable } from "arquero";
import { distributionDigest, type Tables, tablesDigest } from "./digest.js";
import { built, callsIn, serve, type Work } from "./protocol.js";

const { computeConcurrencyDistribution, computePercentiles, concurrencySpikeAnalysis, loadTrace } =
  await built<typeof import("../../../lib/index.js")>("index.js");
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

function digest({ tables }: Result) {
  return tablesDigest({ ...tables, threshold: tables.summary.get("threshold") as number });
}

await serve({ distribution, tables, csv });
