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
  const statuses = calls.textsIfAny("status");
  const segments = readSegments(parts.segments, "summarise");
  const last = segments.levels.length - 1;
  const distribution = new Reader(parts.distribution, "summarise");
  const levels = distribution.ints("concurrency");
  const times = distribution.numbers("total_time");
  const shares = distribution.numbers("share");

  const start = last < 0 ? NaN : segments.starts[0];
  const end = last < 0 ? NaN : segments.ends[last];
  const makespan = last < 0 ? 0 : end - start;
  let busy = 0;
  let load = 0;
  let mean = 0;
  for (let i = 0; i < levels.length; i++) {
    if (levels[i] > 0) busy += times[i];
    load += times[i] * levels[i];
    mean += shares[i] * levels[i]; // of an endless trace
  }
  let placed = 0;
  for (let i = 0; i < calls.size; i++) if (starts[i] <= ends[i]) placed++;
  const tokens = (name: string) => {
    const values = calls.numbersIfAny(name);
    return values ? sum(values) : 0;
  };

  const percentiles = computePercentiles(parts.distribution, [50, 90, 95, 99]);
  const at = (column: string) => new Reader(percentiles, "summarise").numbers(column);
  const [p50, p90, p95, p99] = at("concurrency");
  const [active50, active90, active95, active99] = at("active_concurrency");
  const one = (value: number) => Float64Array.of(value);
  const whole = (value: number) => Int32Array.of(value);
  return table({
    source: [trace.source],
    format: [trace.format],
    origin: [trace.origin === 0n ? null : isoDate(trace.origin)],
    examples: whole(calls.has("example_number") ? countDistinct(calls.ints("example_number")) : 0),
    calls: whole(calls.size),
    placed: whole(placed),
    unfinished: whole(statuses?.count("unfinished") ?? 0),
    start_time: one(start),
    end_time: one(end),
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
    threshold: whole(parts.threshold),
    spikes: whole(parts.spikes.numRows()),
    spike_time: one(sum(new Reader(parts.spikes, "summarise").numbers("duration"))),
    mean_latency: one(meanOf(calls.durations())),
    prompt_tokens: one(tokens("prompt_tokens")),
    completion_tokens: one(tokens("completion_tokens")),
    total_tokens: one(tokens("total_tokens")),
  });
}
