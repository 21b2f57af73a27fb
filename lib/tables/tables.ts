import type { ColumnTable } from "arquero";
import { binsColumns } from "./bins.js";
import { callsColumns } from "./calls.js";
import type { Column } from "./column.js";
import { diagnosticsColumns } from "./diagnostics.js";
import { distributionColumns } from "./distribution.js";
import { eventsColumns } from "./events.js";
import { latencyColumns } from "./latency-by-concurrency.js";
import { percentilesColumns } from "./percentiles.js";
import { segmentsColumns } from "./segments.js";
import { spikeCallsColumns } from "./spike-calls.js";
import { spikeTokensColumns } from "./spike-tokens.js";
import { spikesColumns } from "./spikes.js";
import { summaryColumns } from "./summary.js";
import { tokensInFlightColumns } from "./tokens-in-flight.js";

/** What a table is: a row of it, and its columns. */
export interface TableSpec {
  readonly row: string;
  readonly columns: readonly Column[];
}

/** Every table, in reading order. The reference in `docs/columns.md` is written from this. */
export const tableSpecs = {
  summary: { row: "the trace (one row)", columns: summaryColumns },
  calls: { row: "one operation that counts", columns: callsColumns },
  segments: { row: "a stretch of constant concurrency", columns: segmentsColumns },
  bins: { row: "one of equal stretches of time; made on demand", columns: binsColumns },
  distribution: { row: "a level of concurrency, ascending", columns: distributionColumns },
  percentiles: { row: "a percentile of time", columns: percentilesColumns },
  spikes: { row: "a segment at or above the threshold", columns: spikesColumns },
  spike_calls: { row: "a spike and a call active in it; made on demand", columns: spikeCallsColumns },
  spike_tokens: { row: "a quantity in spikes", columns: spikeTokensColumns },
  latency_by_concurrency: { row: "a level of concurrency at the midpoint of calls", columns: latencyColumns },
  tokens_in_flight: {
    row: "a level of concurrency, ascending; made on demand",
    columns: tokensInFlightColumns,
  },
  diagnostics: { row: "a kind of finding in the input", columns: diagnosticsColumns },
  events: { row: "one START or END, as read", columns: eventsColumns },
} as const satisfies Record<string, TableSpec>;

/** The name of a table. */
export type TableName = keyof typeof tableSpecs;

/** The tables that every analysis holds. */
export const resultTables = [
  "summary",
  "calls",
  "segments",
  "distribution",
  "percentiles",
  "spikes",
  "spike_tokens",
  "latency_by_concurrency",
  "diagnostics",
] as const satisfies readonly TableName[];

/** The tables of an analysis, by name. */
export type ResultTables = Readonly<Record<(typeof resultTables)[number], ColumnTable>>;

/**
 * The tables that a report and charts are made of: those of an analysis, or what is brought from where calls and segments stay, with `bins`
 * in their stead.
 */
export type ReportTables = Omit<ResultTables, "calls" | "segments"> & {
  readonly [name in "calls" | "segments" | "bins"]?: ColumnTable | undefined;
};
