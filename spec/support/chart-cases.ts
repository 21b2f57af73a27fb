import { readdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { table } from "arquero";
import {
  chart,
  chartNames,
  concurrencySpikeAnalysis,
  type ReportTables,
  type ResultTables,
  timeBins,
  type VegaLiteSpec,
} from "../../lib/index.js";
import { generated, oneTable } from "./generated.js";

/** Two sessions: calls that overlap, one within another, idle time, one that never ended, one of no length; tokens and names, some missing. */
const small = table({
  example_number: [0, 0, 0, 1, 1],
  example: ["research", "research", "research", "7", "7"],
  operation_type: ["LLM", "TOOL", "LLM", "LLM", "TOOL"],
  operation_name: ["large-chat", "web_search", "small-chat", "large-chat", null],
  start_time: [0, 1, 1.5, 10, 11],
  end_time: [4, 3, 2.25, 12.5, 11],
  prompt_tokens: [1200, NaN, 80, 900, NaN],
  completion_tokens: [310, NaN, 20, NaN, NaN],
  status: ["ok", "ok", "error", "unfinished", "ok"],
});

/** What charts are drawn of. */
export const chartCases: Readonly<Record<string, () => ResultTables>> = {
  small: () => concurrencySpikeAnalysis(small).tables,
  empty: () => concurrencySpikeAnalysis(table({ start_time: [], end_time: [] })).tables,
  "no time": () => concurrencySpikeAnalysis(table({ start_time: [NaN], end_time: [2] })).tables,
  "one call": () => concurrencySpikeAnalysis(table({ start_time: [5], end_time: [5.0004] })).tables,
  "no length": () => concurrencySpikeAnalysis(table({ start_time: [5, 6], end_time: [5, 6] })).tables,
  "idle gaps": () =>
    concurrencySpikeAnalysis(table({ start_time: [0, 9e4, 4e5], end_time: [60, 9.01e4, 4e5 + 1] })).tables,
  "seconds since 1970": () =>
    concurrencySpikeAnalysis(table({ start_time: [1.7e9, 1.7e9 + 40.5], end_time: [1.7e9 + 90, 1.7e9 + 200] })).tables,
  endless: () =>
    concurrencySpikeAnalysis(table({ start_time: [0, 1, 3], end_time: [2, Infinity, 4] }), { mode: "nat" }).tables,
  "10,000 calls": () => {
    const spans = oneTable(generated({ calls: 10_000, seed: 3, rate: 4, incident: "burst" }));
    return concurrencySpikeAnalysis(spans.filter((d: { operation_type: string }) => d.operation_type !== "WORKFLOW"))
      .tables;
  },
  "a thousand at once": () => {
    const n = 1000;
    return concurrencySpikeAnalysis(
      table({
        start_time: Float64Array.from({ length: n }, (_, i) => i / n),
        end_time: Float64Array.from({ length: n }, (_, i) => 2 + i),
      }),
    ).tables;
  },
};

/** The same tables as they are brought from elsewhere: with bins in the stead of calls and segments. */
export const ofBins = (tables: ResultTables, bins = 100): ReportTables => ({
  ...tables,
  calls: undefined,
  segments: undefined,
  bins: timeBins(tables.segments, bins),
});

const golden = fileURLToPath(new URL("../report/charts/golden/", import.meta.url));

/** The charts that are kept as files: of the small case, of nothing, and one in the dark. */
export function goldenCharts(): Map<string, VegaLiteSpec> {
  const charts = new Map<string, VegaLiteSpec>();
  for (const name of chartNames) {
    charts.set(`${name}.vl.json`, chart(chartCases.small(), name));
    charts.set(`${name}-empty.vl.json`, chart(chartCases.empty(), name));
  }
  for (const name of ["small", "empty"]) {
    charts.set(
      `timeline-of-bins${name === "small" ? "" : "-empty"}.vl.json`,
      chart(ofBins(chartCases[name]()), "timeline"),
    );
  }
  charts.set(
    "lanes-by-name-dark.vl.json",
    chart(chartCases.small(), "lanes", { by: "name", theme: "dark", width: 300, window: [1, 11.5] }),
  );
  return charts;
}

export const goldenFiles = (): string[] => readdirSync(golden);
export const goldenPath = (name: string): string => golden + name;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [name, spec] of goldenCharts()) writeFileSync(goldenPath(name), `${JSON.stringify(spec, null, 1)}\n`);
}
