// Arquero's own verbs and no kernels: one sort of all events with window functions, and look-ups by filling down in the order of time.
import { type ColumnTable, from, rolling } from "arquero";
import { distributionDigest, type Tables, tablesDigest } from "./digest.js";
import { callsIn, serve, type Work } from "./protocol.js";

const PERCENTILES = [50, 90, 95, 99];
const METRICS = ["prompt_tokens", "total_tokens"];

/** The type that Arquero's own helper lacks. */
const cumulative = (expression: string) => rolling(expression) as string;

/** +1 at each start and −1 at each end, in the order of time, with the level that they lead to. */
function events(calls: ColumnTable): ColumnTable {
  const starts = calls.select({ start_time: "start_time" }).derive({ change: "1" });
  const ends = calls.select({ end_time: "start_time" }).derive({ change: "-1" });
  return starts
    .concat(ends)
    .orderby("start_time")
    .reify()
    .derive({ concurrency: cumulative("op.sum(d.change)") });
}

/** Half-open intervals from each time to the next. */
function withDuration(borders: ColumnTable): ColumnTable {
  return borders
    .derive({ end_time: "op.lead(d.start_time, 1, null)" })
    .filter("d.end_time > d.start_time")
    .derive({ duration: "d.end_time - d.start_time" });
}

function totalTimes(segments: ColumnTable): ColumnTable {
  return segments
    .groupby("concurrency")
    .rollup({ total_time: "op.sum(d.duration)" })
    .orderby("concurrency")
    .derive({ running: cumulative("op.sum(d.total_time)") })
    .reify();
}

function percentilesOf(distribution: ColumnTable): ColumnTable {
  const active = totalTimes(distribution.select("concurrency", { total_time: "duration" }).filter("d.concurrency > 0"));
  return from(
    PERCENTILES.map((p) => ({ concurrency: percentile(distribution, p), active_concurrency: percentile(active, p) })),
  );
}

function percentile(distribution: ColumnTable, p: number): number {
  const total = distribution.rollup({ total: "op.max(d.running)" }).get("total") as number;
  return distribution.filter(`d.running >= ${p * 0.01 * total}`).get("concurrency") as number;
}

function computeTables(calls: ColumnTable): Tables {
  // the last event of a time has its level; of these only those stay that change it, and the first and the last
  const borders = events(calls)
    .derive({ next: "op.lead(d.start_time, 1, Infinity)" })
    .filter("d.start_time < d.next")
    .derive({ before: "op.lag(d.concurrency, 1, -1)" })
    .filter("d.concurrency !== d.before || d.next === Infinity");
  const segments = withDuration(borders).select("start_time", "end_time", "duration", "concurrency").reify();
  const found = totalTimes(segments);
  const percentiles = percentilesOf(found);
  const threshold = Math.max(1, percentiles.get("active_concurrency", 1) as number);
  const spikes = segments.filter(`d.concurrency >= ${threshold}`).reify();
  const timeline = lineUp(calls, segments, threshold);
  return {
    segments,
    distribution: found,
    percentiles,
    threshold,
    spikes,
    spike_tokens: from(METRICS.map((metric) => spikeTokens(timeline, metric))),
    latency_by_concurrency: timeline
      .filter("d.place === 3")
      .groupby("concurrency")
      .rollup({ calls: "op.count()", mean_latency: "op.mean(d.duration)" })
      .orderby("concurrency")
      .reify(),
  };
}

/**
 * The borders of segments with, among them, the ends of calls (place 0: before a border of the same time), their starts (2) and their
 * midpoints (3); each with the level there, and how many spikes have begun and ended.
 */
function lineUp(calls: ColumnTable, segments: ColumnTable, threshold: number): ColumnTable {
  const borders = segments
    .select({ start_time: "time" }, "concurrency")
    .derive({ place: "1", is_spike: `d.concurrency >= ${threshold} ? 1 : 0` })
    .derive({ begun: cumulative("op.sum(d.is_spike)") })
    .derive({ ended: "d.begun - d.is_spike", prompt_tokens: "null", total_tokens: "null", duration: "null" });
  return borders
    .concat([
      calls.select({ end_time: "time" }, METRICS).derive({ place: "0" }),
      calls.select({ start_time: "time" }, METRICS).derive({ place: "2" }),
      calls.derive({
        time: "0.5 * (d.start_time + d.end_time)",
        duration: "d.end_time - d.start_time",
        place: "3",
      }),
    ])
    .orderby("time", "place")
    .reify()
    .derive({
      concurrency: "op.fill_down(d.concurrency)",
      begun: "op.fill_down(d.begun, 0)",
      ended: "op.fill_down(d.ended, 0)",
    });
}

/** A call belongs to the spikes that had begun by its end, but for those that had ended by its start. */
function spikeTokens(timeline: ColumnTable, metric: string): object {
  const counted = timeline.filter(`d.${metric} > 0`);
  const until = counted
    .filter("d.place === 0")
    .rollup({ pairs: "op.sum(d.begun)", tokens: `op.sum(d.begun * d.${metric})` })
    .object() as { pairs: number; tokens: number };
  const before = counted
    .filter("d.place === 2")
    .rollup({ pairs: "op.sum(d.ended)", tokens: `op.sum(d.ended * d.${metric})` })
    .object() as { pairs: number; tokens: number };
  const pairs = until.pairs - before.pairs;
  return { metric, mean_in_spikes: (until.tokens - before.tokens) / pairs, pairs };
}

const distribution: Work<ColumnTable, Pick<Tables, "distribution" | "percentiles">> = {
  load: (folder) => callsIn(folder, ["start_time", "end_time"]),
  run: (calls) => {
    const found = totalTimes(withDuration(events(calls)));
    return { distribution: found, percentiles: percentilesOf(found) };
  },
  digest: distributionDigest,
};

const tables: Work<ColumnTable, Tables> = {
  load: (folder) => callsIn(folder),
  run: computeTables,
  digest: tablesDigest,
};

await serve({ distribution, tables });
