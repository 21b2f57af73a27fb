import type { ColumnTable } from "arquero";
import { Reader } from "../tables/read.js";
import type { ResultTables } from "../tables/tables.js";
import { binLevels } from "./bins.js";
import { bar, columns, count, counted, decimal, percent, seconds } from "./format.js";
import { moment } from "./moment.js";

/** How many spikes are listed. */
const LISTED = 10;
/** Cells of the longest bar. */
const WIDTH = 24;
/** What a report is made of: tables, and whether the threshold was chosen for the user. */
export interface ReportInput {
  readonly tables: ResultTables;
  readonly mode: "default" | "nat";
  readonly thresholdGiven: boolean;
}

type Row = Record<string, number> & { source: string | null; format: string; origin: string | null };

/**
 * The report in plain text: what ran, the time at each level of concurrency, the percentiles, the spikes and what they cost, latency by level.
 *
 * @param input the tables of a result, the mode, and whether the threshold was given
 * @returns lines that end with a line break
 * @example
 * const { tables } = concurrencySpikeAnalysis(table({ start_time: [0], end_time: [2] }));
 * textReport({ tables, mode: "default", thresholdGiven: false }).split("\n")[2]; // "  1 call"
 */
export function textReport(input: ReportInput): string {
  const { tables } = input;
  const summary = tables.summary.object() as Row;
  const sections = [headline(tables)];
  if (summary.placed === 0) {
    sections.push(nothing(summary));
  } else {
    sections.push(levels(tables), percentiles(tables), spikes(input, summary), latency(tables));
  }
  return sections.map((lines) => `${lines.join("\n")}\n`).join("\n");
}

/** The first lines of the report: source, calls, time and tokens. */
export function headline(tables: ResultTables): string[] {
  const s = tables.summary.object() as Row;
  const kinds = new Reader(tables.calls, "textReport").maybeTexts("operation_type").counts();
  const byKind = Array.from(kinds, ([kind, n]) => `${count(n)} ${kind ?? "other"}`).sort();
  const shown = [...kinds.keys()].some((kind) => kind !== null) ? ` (${byKind.join(", ")})` : "";
  const examples = s.examples > 0 ? ` in ${counted(s.examples, "example")}` : "";
  const unfinished = s.unfinished > 0 ? `, ${count(s.unfinished)} never finished` : "";
  const lines = [
    `${s.source ?? "table"} · ${s.format}`,
    "",
    `  ${counted(s.calls, "call")}${shown}${examples}${unfinished}`,
  ];
  if (s.placed === 0) return lines;
  lines.push(
    `  ${seconds(s.makespan)} from ${moment(s.start_time, s.origin)}, busy ${percent(s.makespan > 0 ? s.busy_time / s.makespan : 0)} of it`,
    `  ${count(s.peak)} in flight at the peak, ${decimal(s.mean)} on average`,
  );
  if (s.total_tokens > 0) {
    lines.push(
      `  ${count(s.total_tokens)} tokens: ${count(s.prompt_tokens)} in prompts, ${count(s.completion_tokens)} in completions`,
    );
  }
  return lines;
}

function nothing(s: Row): string[] {
  if (s.calls > 0) return ["  No call has a place in time: start or end is missing in every one."];
  return ["  No calls to count: nothing was in flight. (Counted are LLM and TOOL calls; --kinds chooses others.)"];
}

function levels({ distribution }: ResultTables): string[] {
  const read = new Reader(distribution, "textReport");
  const times = read.numbers("total_time");
  const shares = read.numbers("share");
  const bins = binLevels(read.ints("concurrency")).map(({ label, rows }) => ({
    label,
    time: sum(rows, times),
    share: sum(rows, shares),
  }));
  const most = Math.max(...bins.map((bin) => bin.share));
  const rows = bins.map(({ label, time, share }) => [label, seconds(time), percent(share), bar(share / most, WIDTH)]);
  return ["Time by calls in flight", ...columns([["in flight", "time", "share", ""], ...rows], new Set([3]))];
}

function percentiles({ percentiles }: ResultTables): string[] {
  const read = new Reader(percentiles, "textReport");
  const names = Array.from(read.numbers("percentile"), (p) => `p${p}`);
  const cells = (column: string) => Array.from(read.ints(column), (level) => count(level));
  return [
    "In flight, by percentile of time",
    ...columns(
      [
        ["", ...names],
        ["all time", ...cells("concurrency")],
        ["idle time left out", ...cells("active_concurrency")],
      ],
      new Set([0]),
    ),
  ];
}

function spikes({ tables, mode, thresholdGiven }: ReportInput, s: Row): string[] {
  const rule = mode === "nat" ? "p90 of all time, rounded up" : "p90 of busy time, rounded up";
  const title = `Spikes: ${count(s.threshold)} or more in flight (${thresholdGiven ? "as given" : rule})`;
  if (s.spikes === 0) return [title, "  none"];

  const rows = largest(tables.spikes);
  const table = rows.map((row) => [
    `+${seconds(row.start_time - s.start_time)}`,
    seconds(row.duration),
    count(row.concurrency),
    count(row.active_calls),
  ]);
  const share = percent(s.makespan > 0 ? s.spike_time / s.makespan : 0);
  const lines = [
    title,
    `  ${counted(s.spikes, "spike")}, ${seconds(s.spike_time)} in all (${share} of the time)${s.spikes > LISTED ? "; the ten largest:" : ""}`,
    ...columns([["start", "length", "in flight", "active calls"], ...table]),
  ];
  if (s.spikes > LISTED) lines.push(`  … and ${count(s.spikes - LISTED)} more`);
  const [prompt, total] = new Reader(tables.spike_tokens, "textReport").numbers("mean_in_spikes");
  lines.push(
    `  tokens of a call active in a spike, on average: ${decimal(prompt)} in the prompt, ${decimal(total)} in all`,
  );
  return lines;
}

interface SpikeRow {
  readonly start_time: number;
  readonly duration: number;
  readonly concurrency: number;
  readonly active_calls: number;
}

/** The spikes with most in flight, then the longest, then the first. */
function largest(spikes: ColumnTable): SpikeRow[] {
  const read = new Reader(spikes, "textReport");
  const concurrency = read.ints("concurrency");
  const durations = read.numbers("duration");
  const order = Int32Array.from(concurrency.keys()).sort(
    (a, b) => concurrency[b] - concurrency[a] || durations[b] - durations[a] || a - b,
  );
  const starts = read.numbers("start_time");
  const active = read.ints("active_calls");
  return Array.from(order.subarray(0, LISTED), (i) => ({
    start_time: starts[i],
    duration: durations[i],
    concurrency: concurrency[i],
    active_calls: active[i],
  }));
}

function latency({ latency_by_concurrency: table }: ResultTables): string[] {
  const read = new Reader(table, "textReport");
  const calls = read.ints("calls");
  const means = read.numbers("mean_latency");
  const weighted = means.map((mean, i) => mean * calls[i]);
  const bins = binLevels(read.ints("concurrency")).map(({ label, rows }) => {
    const n = sum(rows, calls);
    return { label, n, mean: sum(rows, weighted) / n };
  });
  const most = Math.max(...bins.map((bin) => bin.mean));
  const rows = bins.map(({ label, n, mean }) => [
    label,
    count(n),
    seconds(mean),
    bar(most > 0 ? mean / most : 0, WIDTH),
  ]);
  return [
    "Mean latency by calls in flight at the midpoint of a call",
    ...columns([["in flight", "calls", "latency", ""], ...rows], new Set([3])),
  ];
}

function sum(rows: readonly number[], values: ArrayLike<number>): number {
  return rows.reduce((total, row) => total + values[row], 0);
}
