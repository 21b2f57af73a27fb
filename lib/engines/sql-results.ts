// What queries gave, as the tables that are made in memory.
import type { ColumnTable } from "arquero";
import { Findings, type FindingCode } from "../tables/diagnostics.js";
import { isKnownKind } from "../tables/kinds.js";
import { table } from "../tables/own-table.js";
import type { SummaryFacts } from "../tables/summary.js";
import type { SqlColumns } from "./database.js";
import { OTHER_KIND, USABLE } from "./sql/calls.js";

/** What is known of the calls of a group without a sweep. */
export interface GroupFacts extends Omit<SummaryFacts, "threshold" | "spikes" | "spikeTime"> {
  readonly start: number;
  readonly end: number;
}

/** Numbers that a query gave, as whole ones. */
export const ints = (values: readonly unknown[] | undefined): Int32Array => Int32Array.from(values ?? [], Number);
/** … as floats; NULL is NaN. */
export const floats = (values: readonly unknown[] | undefined): Float64Array =>
  Float64Array.from(values ?? [], (value) => (value === null ? NaN : Number(value)));

/** What is known of a group without calls. */
export const NO_FACTS: GroupFacts = {
  examples: 0,
  calls: 0,
  placed: 0,
  unfinished: 0,
  start: NaN,
  end: NaN,
  meanLatency: NaN,
  promptTokens: 0,
  completionTokens: 0,
  totalTokens: 0,
};

/** What is known of each group that has calls. */
export function factsByGroup(found: SqlColumns): Map<string, GroupFacts> {
  const groups = new Map<string, GroupFacts>();
  found.code?.forEach((code, i) => {
    if (code !== USABLE) return;
    const at = (name: string) => Number(found[name]?.[i] ?? NaN);
    groups.set(found.g === undefined ? "" : (found.g[i] as string), {
      examples: 0,
      calls: at("n"),
      placed: at("n"),
      unfinished: at("unfinished"),
      start: at("first_start"),
      end: at("last_end"),
      meanLatency: at("mean_latency"),
      promptTokens: at("prompt_tokens"),
      completionTokens: at("completion_tokens"),
      totalTokens: at("total_tokens"),
    });
  });
  // databases do not agree on the order of texts
  return new Map([...groups].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The `diagnostics` of all groups together. */
export function diagnosticsOf(
  { code = [], kind = [], n = [], unfinished = [] }: SqlColumns,
  label: string,
): ColumnTable {
  const findings = new Findings();
  code.forEach((given, i) => {
    const name = kind[i] as string | null;
    const rows = Number(n[i]);
    const open = given === USABLE ? Number(unfinished[i]) : 0;
    const finding =
      given === OTHER_KIND ? (isKnownKind(name ?? "") ? "ignored" : "unknown_kind") : (given as FindingCode);
    if (rows > open) findings.add(finding, label, NaN, name, rows - open);
    if (open > 0) findings.add("unfinished", label, NaN, null, open);
  });
  if (code.length === 0) findings.add("empty", label, NaN, null, 0);
  return findings.table();
}

/** Time at or above a level. */
export function timeFrom(distribution: ColumnTable, threshold: number): number {
  const levels = distribution.array("concurrency") as Int32Array;
  const times = distribution.array("total_time") as Float64Array;
  return times.reduce((sum, time, i) => (levels[i] >= threshold ? sum + time : sum), 0);
}

/** The `spikes` of a group, in the order of time. */
export function spikesTable(columns: SqlColumns): ColumnTable {
  const ids = ints(columns.spike_id);
  const order = Int32Array.from(ids.keys()).sort((a, b) => ids[a] - ids[b]);
  const starts = floats(columns.start_time);
  const ends = floats(columns.end_time);
  const levels = ints(columns.concurrency);
  const concurrency = order.map((i) => levels[i]);
  return table({
    spike_id: order.map((i) => ids[i]),
    start_time: Float64Array.from(order, (i) => starts[i]),
    end_time: Float64Array.from(order, (i) => ends[i]),
    duration: Float64Array.from(order, (i) => ends[i] - starts[i]),
    concurrency,
    active_calls: concurrency,
  });
}

/**
 * The `bins` of a group, of rows as `binsSql` gives them, in the order of time. A bin that is too narrow for a float has the level at its instant: that with
 * which the next one begins.
 */
export function binsTable(columns: SqlColumns, borders: Float64Array): ColumnTable {
  const size = Math.max(0, borders.length - 1);
  const areas = new Float64Array(size);
  const peaks = new Int32Array(size);
  const firsts = new Int32Array(size).fill(ints(columns.last_level).at(-1) ?? 0); // the level where each begins
  const [bins, untils, levels] = [ints(columns.bin), ints(columns.until), ints(columns.first_level)];
  const [area, peak, from, to] = [floats(columns.area), ints(columns.peak), floats(columns.t), floats(columns.next_t)];
  for (let i = 0; i < bins.length; i++) {
    for (let k = bins[i] - 1; k < untils[i]; k++) {
      const overlap = Math.min(to[i], borders[k + 1]) - Math.max(from[i], borders[k]);
      if (from[i] <= borders[k] && borders[k] < to[i]) firsts[k] = levels[i];
      if (!(overlap > 0)) continue;
      areas[k] += bins[i] === untils[i] ? area[i] : peak[i] * overlap;
      peaks[k] = Math.max(peaks[k], peak[i]);
    }
  }
  for (let k = size - 1; k >= 0; k--) {
    if (borders[k] < borders[k + 1]) continue;
    if (k + 1 < size) firsts[k] = firsts[k + 1];
    peaks[k] = firsts[k];
  }
  return table({
    start_time: borders.subarray(0, -1),
    end_time: borders.subarray(1),
    mean_concurrency: areas.map((sum, k) => {
      const width = borders[k + 1] - borders[k];
      return width > 0 ? sum / width : firsts[k];
    }),
    peak_concurrency: peaks,
  });
}

/** The `spike_tokens` of a group. */
export function spikeTokensTable(columns: SqlColumns): ColumnTable {
  const metrics = ["prompt", "total"];
  const at = (name: string) => Number(columns[name]?.[0] ?? 0);
  const pairs = Float64Array.from(metrics, (metric) => at(`${metric}_pairs`));
  return table({
    metric: metrics.map((metric) => `${metric}_tokens`),
    mean_in_spikes: Float64Array.from(metrics, (metric, k) => (pairs[k] > 0 ? at(`${metric}_tokens`) / pairs[k] : 0)),
    pairs,
  });
}
