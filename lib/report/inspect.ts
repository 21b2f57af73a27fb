import type { ColumnTable } from "arquero";
import { buildCalls } from "../tables/calls.js";
import { type FindingCode, Findings, findings } from "../tables/diagnostics.js";
import { isoDate } from "../tables/iso-date.js";
import { resolveOptions } from "../tables/options.js";
import { Reader } from "../tables/read.js";
import { kindsOf, type Trace } from "../tables/trace.js";
import { columns, count, counted, seconds } from "./format.js";
import { moment } from "./moment.js";

/** How many names of a kind are shown. */
const NAMES = 3;

/**
 * What a trace is and holds, and what became of all that was read, in plain text.
 *
 * @param trace a trace
 * @param diagnostics those of `diagnosticsOf`, where they are at hand
 * @returns lines that end with a line break
 * @example
 * const trace = await loadTrace([{ start_time: 0, end_time: 2, operation_name: "gpt" }]);
 * inspectReport(trace).split("\n")[2]; // "  1 operation in 1 example"
 */
export function inspectReport(trace: Trace, diagnostics = diagnosticsOf(trace)): string {
  const title = `${trace.source ?? "from memory"} · ${trace.format}`;
  return [[title], operations(trace), extras(trace), fates(diagnostics)]
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join("\n")}\n`)
    .join("\n");
}

/** Whether anything could not be used as it stands. */
export const hasProblems = (diagnostics: ColumnTable): boolean =>
  (diagnostics.array("code") as FindingCode[]).some((code) => findings[code].problem);

/** The diagnostics of reading a trace and of making calls of it. */
export function diagnosticsOf(trace: Trace): ColumnTable {
  const all = new Findings();
  all.addTable(trace.diagnostics);
  buildCalls(trace, resolveOptions(), all, "inspectReport");
  return all.table();
}

/** What there is of each kind. */
function operations(trace: Trace): string[] {
  const kinds = kindsOf(trace);
  if (kinds.length === 0) return ["  no operations"];
  const options = resolveOptions({ kinds, dedupe: false });
  const read = new Reader(buildCalls(trace, options, new Findings(), "inspectReport"), "inspectReport");
  const kindOf = read.texts("operation_type").unified();
  const names = read.texts("operation_name").unified();
  const unfinished = read.texts("status").flags((status) => status === "unfinished");
  const statuses = read.texts("status").codes;
  const starts = read.numbers("start_time");
  const ends = read.numbers("end_time");
  const tokens = read.numbers("total_tokens");
  const examples = new Set(read.ints("example_number")).size;

  let first = Infinity;
  let last = -Infinity;
  const byKind = new Map<number, { operations: number; open: number; tokens: number; names: Map<number, number> }>();
  for (let i = 0; i < read.size; i++) {
    if (starts[i] < first) first = starts[i];
    if (ends[i] > last) last = ends[i];
    let kind = byKind.get(kindOf.codes[i]);
    if (!kind) byKind.set(kindOf.codes[i], (kind = { operations: 0, open: 0, tokens: 0, names: new Map() }));
    kind.operations++;
    kind.open += unfinished[statuses[i]];
    if (!Number.isNaN(tokens[i])) kind.tokens += tokens[i];
    if (names.codes[i] >= 0) kind.names.set(names.codes[i], (kind.names.get(names.codes[i]) ?? 0) + 1);
  }
  const rows = [...byKind]
    .sort(([, a], [, b]) => b.operations - a.operations)
    .map(([code, kind]) => [
      kindOf.dictionary.text(code),
      count(kind.operations),
      kind.open === 0 ? "" : count(kind.open),
      kind.tokens === 0 ? "" : count(kind.tokens),
      commonest(kind.names, (name) => names.dictionary.text(name)),
    ]);
  return [
    `  ${counted(read.size, "operation")} in ${counted(examples, "example")}`,
    ...(first <= last
      ? [`  ${seconds(last - first)} from ${moment(first, trace.origin === 0n ? null : isoDate(trace.origin))}`]
      : []),
    "",
    ...columns([["kind", "operations", "unfinished", "tokens", "names"], ...rows], new Set([0, 4])),
  ];
}

function commonest(names: ReadonlyMap<number, number>, textOf: (name: number) => string): string {
  const sorted = [...names]
    .sort(([, a], [, b]) => b - a)
    .map(([name, n]) => `${shortened(textOf(name))} (${count(n)})`);
  const more = sorted.length > NAMES ? `, … ${count(sorted.length)} in all` : "";
  return sorted.slice(0, NAMES).join(", ") + more;
}

const shortened = (text: string): string => (text.length > 32 ? `${text.slice(0, 31)}…` : text);

/** Columns that not every trace has, and in how many rows something stands in them. */
function extras(trace: Trace): string[] {
  if ("events" in trace) return [];
  const usual = new Set(["example_number", "start_time", "end_time", "row", "source", "status", "operation_type"]);
  const read = new Reader(trace.spans, "inspectReport");
  const rows = trace.spans
    .columnNames()
    .filter((name) => !usual.has(name))
    .map((name) => {
      let filled = 0;
      for (const value of trace.spans.column(name) ?? [])
        if (value !== null && value !== undefined && !Number.isNaN(value)) filled++;
      return [name, count(filled)];
    })
    .filter(([, filled]) => filled !== "0");
  return read.size === 0 ? [] : [`  of ${counted(read.size, "row")} so many have`, ...columns(rows, new Set([0]))];
}

/** What became of every event or row. */
function fates(diagnostics: ColumnTable): string[] {
  const all = diagnostics.objects() as Record<string, string | number | null>[];
  if (all.length === 0) return [];
  const rows = all.map(({ code, events, meaning, first_source, first_row, example }) => [
    count(events as number),
    String(code),
    String(meaning),
    [first_source, Number.isNaN(first_row) ? null : `row ${first_row}`].filter((part) => part !== null).join(", ") +
      (example === null ? "" : `: ${shortened(String(example).replace(/\s+/g, " "))}`),
  ]);
  return [
    "  what became of what was read",
    ...columns([["", "code", "meaning", "first"], ...rows], new Set([1, 2, 3])),
  ];
}
