import type { ColumnTable } from "arquero";
import { Reader } from "../tables/read.js";
import type { ReportTables } from "../tables/tables.js";
import { binLevels } from "./bins.js";
import { courseOf } from "./course.js";
import { fold } from "./fold.js";
import { bar, columns, count, counted, decimal, percent, seconds } from "./format.js";
import { moment } from "./moment.js";
import { type Pen, penOf } from "./pen.js";
import { sparkline } from "./sparkline.js";

/** How many spikes are listed. */
const LISTED = 10;
/** Cells of the longest bar. */
const BAR = 24;
/** Fewer cells than this tell nothing of a course. */
const NARROW = 16;

/** How a report looks. */
export interface ReportLook {
  /** characters of a line; 80 if it is left out */
  readonly width?: number;
  /** whether a terminal shows it, in colour; the text is the same */
  readonly colour?: boolean;
}

/** What a report is made of: tables, and whether the threshold was chosen for the user. */
export interface ReportInput extends ReportLook {
  readonly tables: ReportTables;
  readonly mode: "default" | "nat";
  readonly thresholdGiven: boolean;
}

type Row = Record<string, number> & { source: string | null; format: string; origin: string | null };

interface Paper {
  readonly width: number;
  readonly pen: Pen;
}

const paperOf = ({ width = 80, colour = false }: ReportLook): Paper => ({ width, pen: penOf(colour) });

/**
 * The report as text: what ran, how many calls were in flight over time, the time at each level of concurrency, the percentiles, the spikes and
 * what they cost, latency by level.
 *
 * @param input the tables of a result, the mode, and whether the threshold was given; the width of a line, and whether it is in colour
 * @returns lines that end with a line break
 * @example
 * const { tables } = concurrencySpikeAnalysis(table({ start_time: [0], end_time: [2] }));
 * textReport({ tables, mode: "default", thresholdGiven: false }).split("\n")[2]; // "  1 call"
 */
export function textReport(input: ReportInput): string {
  const { tables } = input;
  const summary = tables.summary.object() as Row;
  const paper = paperOf(input);
  const sections = [opening(tables, paper)];
  if (summary.placed === 0) {
    sections.push(prose(nothing(summary), paper));
  } else {
    sections.push(
      course(tables, paper),
      levels(tables, paper),
      percentiles(tables, paper),
      spikes(input, summary, paper),
      latency(tables, paper),
    );
  }
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join("\n")}\n`)
    .join("\n");
}

/** The beginning of the report: what ran, and how many calls were in flight over time. */
export function overview(tables: ReportTables, look: ReportLook): string {
  const paper = paperOf(look);
  const lines = course(tables, paper);
  return [...opening(tables, paper), ...(lines.length > 0 ? ["", ...lines] : [])].join("\n");
}

/** Sentences, broken between words. */
const prose = (lines: readonly string[], { width }: Paper): string[] =>
  lines.flatMap((line) => fold(line, width, "    "));

const heading = (title: string, { width, pen }: Paper): string[] => fold(title, width, "  ").map(pen.bold);

/** Rows of cells below a header. */
function listing(rows: readonly (readonly string[])[], { width, pen }: Paper, left?: ReadonlySet<number>): string[] {
  const [header, ...lines] = columns(rows, left, width);
  return [pen.dim(header), ...lines];
}

/** Rows of cells below a header, with a bar behind each, its length a share of the longest; all cells to the right. */
function barred(rows: readonly (readonly string[])[], lengths: readonly number[], paper: Paper): string[] {
  const [header, ...lines] = listing(rows, paper);
  const withBar = (line: string, i: number) => {
    const room = Math.min(BAR, paper.width - line.length - 3);
    const cells = room > 0 ? bar(lengths[i], room) : "";
    return cells === "" ? line : `${line}   ${paper.pen.cyan(cells)}`;
  };
  return [header, ...lines.map(withBar)];
}

/** What ran: the source, and sentences on calls, time and tokens. */
export function headline(tables: ReportTables): { readonly title: string; readonly sentences: readonly string[] } {
  const s = tables.summary.object() as Row;
  const shown = tables.calls ? kindsIn(tables.calls) : "";
  const examples = s.examples > 0 ? ` in ${counted(s.examples, "example")}` : "";
  const unfinished = s.unfinished > 0 ? `, ${count(s.unfinished)} never finished` : "";
  const sentences = [`${counted(s.calls, "call")}${shown}${examples}${unfinished}`];
  if (s.placed > 0) {
    sentences.push(
      `${seconds(s.makespan)} from ${moment(s.start_time, s.origin)}, busy ${percent(s.makespan > 0 ? s.busy_time / s.makespan : 0)} of it`,
      `${count(s.peak)} in flight at the peak, ${decimal(s.mean)} on average`,
    );
    if (s.total_tokens > 0) {
      sentences.push(
        `${count(s.total_tokens)} tokens: ${count(s.prompt_tokens)} in prompts, ${count(s.completion_tokens)} in completions`,
      );
    }
  }
  return { title: s.source === null ? s.format : `${s.source} · ${s.format}`, sentences };
}

/** How many calls of each kind, in brackets; nothing where no kind is known. */
function kindsIn(calls: ColumnTable): string {
  const kinds = new Reader(calls, "textReport").maybeTexts("operation_type").counts();
  const byKind = Array.from(kinds, ([kind, n]) => `${count(n)} ${kind ?? "other"}`).sort();
  return [...kinds.keys()].some((kind) => kind !== null) ? ` (${byKind.join(", ")})` : "";
}

function opening(tables: ReportTables, paper: Paper): string[] {
  const { title, sentences } = headline(tables);
  const lines = sentences.map((sentence) => `  ${sentence}`);
  return [...heading(title, paper), "", ...prose(lines, paper)];
}

/** How many stretches of time a line of so many characters shows. */
export const courseCells = (width: number): number => Math.max(NARROW, width - 4);

/** The most calls in flight in each of as many stretches of time as fit in a line. */
function course(tables: ReportTables, paper: Paper): string[] {
  const { width, pen } = paper;
  const found = courseOf(tables, courseCells(width));
  if (!found) return [];
  const { peaks, stretch, span } = found;
  const threshold = tables.summary.get("threshold", 0) as number;
  const most = Math.max(...peaks);
  // trimmed before it is coloured, so that the text is the same without
  const line = Array.from(sparkline(peaks, most).trimEnd(), (block, i) =>
    (peaks[i] >= threshold ? pen.yellow : pen.cyan)(block),
  );
  const title = `In flight over time: the most in each ${seconds(stretch)}, up to ${count(most)}`;
  return [
    ...heading(title, paper),
    `  ${line.join("")}`,
    pen.dim(`  +0 s${` +${seconds(span)}`.padStart(peaks.length - 4)}`),
  ];
}

function nothing(s: Row): string[] {
  if (s.calls > 0) return ["  No call has a place in time: start or end is missing in every one."];
  return ["  No calls to count: nothing was in flight. (Counted are LLM and TOOL calls; --kinds chooses others.)"];
}

function levels({ distribution }: ReportTables, paper: Paper): string[] {
  const read = new Reader(distribution, "textReport");
  const times = read.numbers("total_time");
  const shares = read.numbers("share");
  const bins = binLevels(read.ints("concurrency")).map(({ label, rows }) => ({
    label,
    time: sum(rows, times),
    share: sum(rows, shares),
  }));
  const most = Math.max(...bins.map((bin) => bin.share));
  const rows = bins.map(({ label, time, share }) => [label, seconds(time), percent(share)]);
  const lengths = bins.map(({ share }) => share / most);
  return [
    ...heading("Time by calls in flight", paper),
    ...barred([["in flight", "time", "share"], ...rows], lengths, paper),
  ];
}

function percentiles({ percentiles }: ReportTables, paper: Paper): string[] {
  const read = new Reader(percentiles, "textReport");
  const names = Array.from(read.numbers("percentile"), (p) => `p${p}`);
  const cells = (column: string) => Array.from(read.ints(column), (level) => count(level));
  return [
    ...heading("In flight, by percentile of time", paper),
    ...listing(
      [
        ["", ...names],
        ["all time", ...cells("concurrency")],
        ["idle time left out", ...cells("active_concurrency")],
      ],
      paper,
      new Set([0]),
    ),
  ];
}

function spikes({ tables, mode, thresholdGiven }: ReportInput, s: Row, paper: Paper): string[] {
  const rule = mode === "nat" ? "p90 of all time, rounded up" : "p90 of busy time, rounded up";
  const title = `Spikes: ${count(s.threshold)} or more in flight (${thresholdGiven ? "as given" : rule})`;
  if (s.spikes === 0) return [...heading(title, paper), "  none"];

  const rows = largest(tables.spikes);
  const table = rows.map((row) => [
    `+${seconds(row.start_time - s.start_time)}`,
    seconds(row.duration),
    count(row.concurrency),
    count(row.active_calls),
  ]);
  const share = percent(s.makespan > 0 ? s.spike_time / s.makespan : 0);
  const more = s.spikes > LISTED;
  const [prompt, total] = new Reader(tables.spike_tokens, "textReport").numbers("mean_in_spikes");
  const told = `  ${counted(s.spikes, "spike")}, ${seconds(s.spike_time)} in all (${share} of the time)${more ? "; the ten largest:" : ""}`;
  const tokens = `  mean tokens of a call active in a spike: ${decimal(prompt)} in the prompt, ${decimal(total)} in all`;
  return [
    ...heading(title, paper),
    ...prose([told], paper),
    ...listing([["start", "length", "in flight", "active calls"], ...table], paper),
    ...(more ? [`  … and ${count(s.spikes - LISTED)} more`] : []),
    ...prose([tokens], paper),
  ];
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

function latency({ latency_by_concurrency: table }: ReportTables, paper: Paper): string[] {
  const read = new Reader(table, "textReport");
  const calls = read.ints("calls");
  const means = read.numbers("mean_latency");
  const weighted = means.map((mean, i) => mean * calls[i]);
  const bins = binLevels(read.ints("concurrency")).map(({ label, rows }) => {
    const n = sum(rows, calls);
    return { label, n, mean: sum(rows, weighted) / n };
  });
  const most = Math.max(...bins.map((bin) => bin.mean));
  const rows = bins.map(({ label, n, mean }) => [label, count(n), seconds(mean)]);
  const lengths = bins.map(({ mean }) => (most > 0 ? mean / most : 0));
  return [
    ...heading("Mean latency by calls in flight at the midpoint of a call", paper),
    ...barred([["in flight", "calls", "latency"], ...rows], lengths, paper),
  ];
}

function sum(rows: readonly number[], values: ArrayLike<number>): number {
  return rows.reduce((total, row) => total + values[row], 0);
}
