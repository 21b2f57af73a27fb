import type { ColumnTable } from "arquero";
import { table } from "arquero";
import { generateTrace, type GenerateOptions, type Truth } from "../../lib/index.js";
import { columnsOf } from "./columns-of.js";

/** A row of generated spans. */
export interface GeneratedRow {
  readonly example_number: number;
  readonly uuid: string;
  readonly parent_uuid: string | null;
  readonly operation_type: string;
  readonly operation_name: string;
  readonly start_time: number;
  readonly end_time: number;
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly status: string;
  readonly agent: string;
  readonly host: string;
  readonly attempt: number;
}

export interface Generated {
  readonly tables: readonly ColumnTable[];
  readonly truth: Truth;
}

/** A generated trace, whole. */
export function generated(options: GenerateOptions): Generated {
  const tables: ColumnTable[] = [];
  const trace = generateTrace(options);
  for (;;) {
    const next = trace.next();
    if (next.done) return { tables, truth: next.value };
    tables.push(next.value);
  }
}

export const rowsOf = ({ tables }: Generated): GeneratedRow[] =>
  tables.flatMap((spans) => spans.objects() as GeneratedRow[]);

/** The model and tool calls of a generated trace. */
export const callRowsOf = (trace: Generated): GeneratedRow[] =>
  rowsOf(trace).filter((row) => row.operation_type !== "WORKFLOW");

/** All tables as one. */
export function oneTable({ tables }: Generated): ColumnTable {
  const columns = tables.map(columnsOf);
  return table(
    Object.fromEntries(tables[0].columnNames().map((name) => [name, columns.flatMap((column) => column[name])])),
  );
}

export const durationOf = (row: GeneratedRow): number => row.end_time - row.start_time;
