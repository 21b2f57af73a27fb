import type { ColumnTable } from "arquero";
import { type AnalysisOptions, concurrencySpikeAnalysis, type Trace } from "../../lib/index.js";
import { Findings } from "../../lib/tables/diagnostics.js";

type Finding = [events: number, row: number, example: string | null];

/** What became of all that a trace or a table of events holds: by code the number, the first row and what stood there. */
export function findingsOf(input: Trace | ColumnTable, options: AnalysisOptions = {}): Record<string, Finding> {
  const { diagnostics } = concurrencySpikeAnalysis(input, options);
  const rows = diagnostics.objects() as { code: string; events: number; first_row: number; example: string | null }[];
  return Object.fromEntries(rows.map(({ code, events, first_row, example }) => [code, [events, first_row, example]]));
}

/** A table of spans as a trace. */
export const traceOf = (spans: ColumnTable, format = "tidy"): Trace => ({
  spans,
  format,
  source: null,
  origin: 0n,
  diagnostics: new Findings().table(),
});
