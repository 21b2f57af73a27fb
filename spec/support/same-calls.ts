import type { ColumnTable } from "arquero";
import { expect } from "chai";
import {
  concurrencySpikeAnalysis,
  loadTrace,
  type SpanTrace,
  type SqlDialect,
  type SqlTable,
  tableSql,
} from "../../lib/index.js";
import { columnsOf } from "./columns-of.js";
import { expectNear } from "./near-tables.js";
import type { Json } from "./product-rows.js";

const COLUMNS = [
  "uuid",
  "example",
  "parent_uuid",
  "operation_type",
  "operation_name",
  "start_time",
  "end_time",
  "prompt_tokens",
  "completion_tokens",
  "total_tokens",
  "status",
];
/** Times of the tables: in a database since 1970, in memory since the first one. */
const SINCE = ["first_time", "start_time", "end_time"];

/** Compares the view `calls`, and tables of it, with the same rows read from JSON; returns what the view holds. */
export async function expectSameCalls(
  run: (sql: string) => Promise<ColumnTable>,
  dialect: SqlDialect,
  rows: readonly Json[],
): Promise<ColumnTable> {
  const trace = (await loadTrace(rows)) as SpanTrace;
  const origin = Number(trace.origin) / 1e9;
  const calls = await run("SELECT * FROM calls");
  expect(calls.columnNames()).to.have.members(COLUMNS);
  expect(plain(calls, 0)).to.deep.equal(plain(trace.spans, origin));

  const { tables } = concurrencySpikeAnalysis(trace, { dedupe: false, openCalls: "drop", threshold: 3 });
  expect(tables.distribution.numRows()).to.be.greaterThan(3);
  const names = ["distribution", "spikes", "spike_tokens", "latency_by_concurrency"] as const satisfies SqlTable[];
  for (const name of names) {
    const threshold = name.startsWith("spike") ? { threshold: 3 } : {};
    const found = await run(tableSql(name, { dialect, from: "calls", ...threshold }));
    expectNear(found, tables[name], name, SINCE);
    for (const column of SINCE.filter((column) => found.columnNames().includes(column)))
      expect(columnsOf(found)[column], column).to.deep.equal(numbers(columnsOf(tables[name])[column], origin));
  }
  return calls;
}

function plain(table: ColumnTable, shift: number): Json {
  const sorted = table
    .select(...COLUMNS)
    .orderby("uuid")
    .reify();
  const columns = columnsOf(sorted);
  for (const name of COLUMNS.slice(5, 10)) columns[name] = numbers(columns[name], name.endsWith("_time") ? shift : 0);
  return columns;
}

const numbers = (values: readonly unknown[], shift: number) =>
  values.map((value) => (value === null || Number.isNaN(value) ? null : Number(value) + shift));
