import type { ColumnTable } from "arquero";
import type { Digest } from "./protocol.js";

/** The seed's tables. */
export interface Tables {
  readonly segments: ColumnTable;
  readonly distribution: ColumnTable;
  /** with columns concurrency and active_concurrency */
  readonly percentiles: ColumnTable;
  readonly threshold: number;
  readonly spikes: ColumnTable;
  readonly spike_tokens: ColumnTable;
  readonly latency_by_concurrency: ColumnTable;
}

export function distributionDigest({
  distribution,
  percentiles,
}: Pick<Tables, "distribution" | "percentiles">): Digest {
  return {
    levels: numbers(distribution, "concurrency"),
    total_time: numbers(distribution, "total_time"),
    percentiles: numbers(percentiles, "concurrency"),
  };
}

export function tablesDigest(tables: Tables): Digest {
  const durations = numbers(tables.segments, "duration");
  const levels = numbers(tables.segments, "concurrency");
  return {
    ...distributionDigest(tables),
    segments: durations.length,
    load: durations.reduce((sum, duration, i) => sum + duration * levels[i], 0),
    active_percentiles: numbers(tables.percentiles, "active_concurrency"),
    threshold: tables.threshold,
    spikes: tables.spikes.numRows(),
    spike_time: numbers(tables.spikes, "duration").reduce((sum, duration) => sum + duration, 0),
    token_means: numbers(tables.spike_tokens, "mean_in_spikes"),
    token_pairs: numbers(tables.spike_tokens, "pairs"),
    latency_levels: numbers(tables.latency_by_concurrency, "concurrency"),
    latency_calls: numbers(tables.latency_by_concurrency, "calls"),
    latency_means: numbers(tables.latency_by_concurrency, "mean_latency"),
  };
}

function numbers(from: ColumnTable, name: string): number[] {
  return Array.from(from.array(name) as ArrayLike<number>);
}
