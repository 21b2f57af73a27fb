import { countDistinct } from "../kernels/count-distinct.js";
import { mean as meanOf, sum } from "../statistics/sum.js";
import type { ColumnTable } from "arquero";
import { type Column, int, maybeNumber, maybeText, number, text } from "./column.js";
import { computePercentiles } from "./percentiles.js";
import { isoDate } from "./iso-date.js";
import { table } from "./own-table.js";
import { Reader } from "./read.js";
import { readSegments } from "./segments.js";
import type { Trace } from "./trace.js";

export const summaryColumns: readonly Column[] = [
  maybeText("source", "the file or files"),
  text("format", "the format that was detected; `table` for a table from memory"),
  maybeText("origin", "what time 0 is, as a date; missing where times were not shifted"),
  int("examples", "", "examples with calls"),
  int("calls", "calls", "calls that count"),
  int("placed", "calls", "of these, with a place in time"),
  int("unfinished", "calls", "of these, never ended"),
  maybeNumber("start_time", "s", "the first start"),
  maybeNumber("end_time", "s", "the last end"),
  number("makespan", "s", "time from the first start to the last end"),
  number("busy_time", "s", "time with at least one call in flight"),
  int("peak", "calls", "most in flight"),
  number("mean", "calls", "mean in flight, over the makespan"),
  int("p50", "calls", "not exceeded half of the time"),
  int("p90", "calls", "… 90 % of the time"),
  int("p95", "calls", "… 95 % of the time"),
  int("p99", "calls", "… 99 % of the time"),
  int("active_p50", "calls", "p50 with idle time left out"),
  int("active_p90", "calls", "p90 with idle time left out"),
  int("active_p95", "calls", "p95 with idle time left out"),
  int("active_p99", "calls", "p99 with idle time left out"),
  int("threshold", "calls", "concurrency from which on a segment is a spike"),
  int("spikes", "", "how many spikes"),
  number("spike_time", "s", "time in spikes"),
  maybeNumber("mean_latency", "s", "mean duration of a call"),
  number("prompt_tokens", "tokens", "sum over the calls"),
  number("completion_tokens", "tokens", "sum over the calls"),
  number("total_tokens", "tokens", "sum over the calls"),
];

/** The tables that a summary is made of. */
export interface SummaryParts {
  readonly calls: ColumnTable;
  readonly segments: ColumnTable;
  readonly distribution: ColumnTable;
  readonly spikes: ColumnTable;
  readonly threshold: number;
}

/** The `summary` table: one row for the trace. O(calls + levels). */
export function summarise(parts: SummaryParts, trace: Pick<Trace, "source" | "format" | "origin">): ColumnTable {
  const calls = new Reader(parts.calls, "summarise");
  const starts = calls.numbers("start_time");
  const ends = calls.numbers("end_time");
  const segments = readSegments(parts.segments, "summarise");
  const last = segments.levels.length - 1;
  let placed = 0;
  for (let i = 0; i < calls.size; i++) if (starts[i] <= ends[i]) placed++;
  const tokens = (name: string) => {
    const values = calls.numbersIfAny(name);
    return values ? sum(values) : 0;
  };
  const facts = {
    examples: calls.has("example_number") ? countDistinct(calls.ints("example_number")) : 0,
    calls: calls.size,
    placed,
    unfinished: calls.textsIfAny("status")?.count("unfinished") ?? 0,
    start: last < 0 ? NaN : segments.starts[0],
    end: last < 0 ? NaN : segments.ends[last],
    threshold: parts.threshold,
    spikes: parts.spikes.numRows(),
    spikeTime: sum(new Reader(parts.spikes, "summarise").numbers("duration")),
    meanLatency: meanOf(calls.durations()),
    promptTokens: tokens("prompt_tokens"),
    completionTokens: tokens("completion_tokens"),
    totalTokens: tokens("total_tokens"),
  };
  return summaryTable(facts, parts.distribution, trace);
}

/** What a summary tells besides what the distribution does. */
export interface SummaryFacts {
  readonly examples: number;
  readonly calls: number;
  readonly placed: number;
  readonly unfinished: number;
  /** seconds; NaN where no time is between the first start and the last end */
  readonly start: number;
  readonly end: number;
  readonly threshold: number;
  readonly spikes: number;
  readonly spikeTime: number;
  readonly meanLatency: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly totalTokens: number;
}

/** The `summary` table of facts and a `distribution`. O(levels). */
export function summaryTable(
  facts: SummaryFacts,
  distribution: ColumnTable,
  trace: Pick<Trace, "source" | "format" | "origin">,
): ColumnTable {
  const read = new Reader(distribution, "summarise");
  const levels = read.ints("concurrency");
  const times = read.numbers("total_time");
  const shares = read.numbers("share");
  const makespan = levels.length === 0 ? 0 : facts.end - facts.start;
  let busy = 0;
  let load = 0;
  let mean = 0;
  for (let i = 0; i < levels.length; i++) {
    if (levels[i] > 0) busy += times[i];
    load += times[i] * levels[i];
    mean += shares[i] * levels[i]; // of an endless trace
  }
  const percentiles = computePercentiles(distribution, [50, 90, 95, 99]);
  const at = (column: string) => new Reader(percentiles, "summarise").numbers(column);
  const [p50, p90, p95, p99] = at("concurrency");
  const [active50, active90, active95, active99] = at("active_concurrency");
  const one = (value: number) => Float64Array.of(value);
  const whole = (value: number) => Int32Array.of(value);
  return table({
    source: [trace.source],
    format: [trace.format],
    origin: [trace.origin === 0n ? null : isoDate(trace.origin)],
    examples: whole(facts.examples),
    calls: whole(facts.calls),
    placed: whole(facts.placed),
    unfinished: whole(facts.unfinished),
    start_time: one(facts.start),
    end_time: one(facts.end),
    makespan: one(makespan),
    busy_time: one(busy),
    peak: whole(levels.at(-1) ?? 0),
    mean: one(makespan > 0 && Number.isFinite(load) ? load / makespan : mean),
    p50: whole(p50),
    p90: whole(p90),
    p95: whole(p95),
    p99: whole(p99),
    active_p50: whole(active50),
    active_p90: whole(active90),
    active_p95: whole(active95),
    active_p99: whole(active99),
    threshold: whole(facts.threshold),
    spikes: whole(facts.spikes),
    spike_time: one(facts.spikeTime),
    mean_latency: one(facts.meanLatency),
    prompt_tokens: one(facts.promptTokens),
    completion_tokens: one(facts.completionTokens),
    total_tokens: one(facts.totalTokens),
  });
}
