import { listActiveIds } from "../tables/active-ids.js";
import { Reader } from "../tables/read.js";
import type { ReportTables } from "../tables/tables.js";

/** The fields that the reference's result has, but for its spikes and its text. */
export interface ConcurrencyFields {
  readonly concurrency_distribution: Record<string, number>;
  readonly p50_concurrency: number;
  readonly p90_concurrency: number;
  readonly p95_concurrency: number;
  readonly p99_concurrency: number;
  readonly spike_threshold: number;
  readonly correlation_stats: { readonly avg_prompt_tokens: number; readonly avg_total_tokens: number };
  readonly average_latency_by_concurrency: Record<string, number>;
}

/** A spike: with the ids of the calls active in it, or with their number. */
export interface SpikeJson {
  readonly start_time: number;
  readonly end_time: number;
  readonly concurrency: number;
  readonly active_uuids?: readonly string[];
  readonly active_calls?: number;
}

export interface ConcurrencyJson extends ConcurrencyFields {
  readonly spike_intervals: readonly SpikeJson[];
}

/** All fields but the spikes. */
export function concurrencyFields(tables: ReportTables): ConcurrencyFields {
  const summary = tables.summary.object() as Record<string, number>;
  const byLevel = (table: ReportTables["distribution"], column: string) => {
    const read = new Reader(table, "toJSON");
    const values = read.numbers(column);
    return Object.fromEntries(Array.from(read.ints("concurrency"), (level, i) => [String(level), values[i]]));
  };
  const [prompt, total] = new Reader(tables.spike_tokens, "toJSON").numbers("mean_in_spikes");
  return {
    concurrency_distribution: byLevel(tables.distribution, "total_time"),
    p50_concurrency: summary.p50,
    p90_concurrency: summary.p90,
    p95_concurrency: summary.p95,
    p99_concurrency: summary.p99,
    spike_threshold: summary.threshold,
    correlation_stats: { avg_prompt_tokens: prompt, avg_total_tokens: total },
    average_latency_by_concurrency: byLevel(tables.latency_by_concurrency, "mean_latency"),
  };
}

/** The spikes one by one: their lists of ids can be longer than memory. Without calls there are only numbers. */
export function* spikesJson(tables: ReportTables, listActive: boolean): Generator<SpikeJson> {
  const read = new Reader(tables.spikes, "toJSON");
  const starts = read.numbers("start_time");
  const ends = read.numbers("end_time");
  const levels = read.ints("concurrency");
  const active = read.ints("active_calls");
  const lists = listActive && tables.calls ? listActiveIds(tables.spikes, tables.calls) : undefined;
  for (let k = 0; k < starts.length; k++) {
    const spike = { start_time: starts[k], end_time: ends[k], concurrency: levels[k] };
    yield lists ? { ...spike, active_uuids: lists.next().value as string[] } : { ...spike, active_calls: active[k] };
  }
}

/** The result as JSON text, in pieces, so that it can be longer than a string. */
export function* jsonText(tables: ReportTables, listActive: boolean): Generator<string> {
  const fields = JSON.stringify(concurrencyFields(tables));
  yield `${fields.slice(0, -1)},"spike_intervals":[`;
  let first = true;
  for (const spike of spikesJson(tables, listActive)) {
    yield `${first ? "" : ","}${JSON.stringify(spike)}`;
    first = false;
  }
  yield "]}\n";
}
