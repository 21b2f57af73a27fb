import type { ColumnTable } from "arquero";
import { OptionError } from "../errors.js";
import { binBorders } from "../kernels/bin-borders.js";
import { quotedName } from "../exports/quoted-name.js";
import { Findings, type FindingCode } from "../tables/diagnostics.js";
import { distributionTable } from "../tables/distribution.js";
import { isKnownKind } from "../tables/kinds.js";
import { table } from "../tables/own-table.js";
import { computePercentiles } from "../tables/percentiles.js";
import { type SummaryFacts, summaryTable } from "../tables/summary.js";
import type { Database, Relation, SqlColumns } from "./database.js";
import type { EngineCalls } from "./engine.js";
import { checkGroups, rowsByGroup, together } from "./grouped.js";
import { once } from "./once.js";
import type { ResolvedEngineOptions } from "./options.js";
import { binsSql } from "./sql/bins.js";
import { callCtes, firstTick, hasTotals, OTHER_KIND, USABLE } from "./sql/calls.js";
import { distributionSql } from "./sql/distribution.js";
import { cutsSql, examplesSql, factsSql } from "./sql/facts.js";
import { latencyByConcurrencySql } from "./sql/latency-by-concurrency.js";
import type { Order } from "./sql/running.js";
import { segmentsSql } from "./sql/segments.js";
import { sourceOf } from "./sql/source.js";
import { spikesSql } from "./sql/spikes.js";
import { spikeTotalsSql, type TokenColumn } from "./sql/spike-totals.js";
import { tokensInFlightSql } from "./sql/tokens-in-flight.js";

/** Spikes beyond the largest of so many stay where they are: what comes back is to be small. */
const MOST_SPIKES = 5000;
/** Buckets of time that a sweep is cut into where machines share it. */
const BUCKETS = 512;
/** Times from here on, twelve days of seconds, are shifted: floats would begin to lose their nanoseconds. As when files are read. */
const LONG_AFTER = 1_000_000n;

/** What is known of the calls of a group without a sweep. */
interface GroupFacts extends Omit<SummaryFacts, "threshold" | "spikes" | "spikeTime"> {
  readonly start: number;
  readonly end: number;
}

/**
 * The tables of calls that a database holds: each is one query, whose result is about as long as there are levels of concurrency; what is made of
 * such a result (percentiles, thresholds, the summary) is made here, by the code that makes it in memory.
 *
 * @throws OptionError, TableError if the relation has not the columns that are asked for
 */
export async function sqlCalls(
  database: Database,
  relation: Relation,
  options: ResolvedEngineOptions,
): Promise<EngineCalls> {
  const { dialect } = database;
  const source = sourceOf(relation, await database.columnsOf(relation), options, dialect);
  const { groupBy } = options;
  const notes = new Set<string>();

  const origin = await originOf(database, source);
  const calls = callCtes(source, origin.ticks, dialect);
  const grouped = (tables: ReadonlyMap<string, ColumnTable>) => together(tables, groupBy);

  const facts = once(async () => {
    const found = await database.query(factsSql(calls, source), "diagnostics");
    const groups = factsByGroup(found);
    checkGroups(groups.size);
    return { groups, diagnostics: diagnosticsOf(found, relation.label) };
  });
  const order = once(async (): Promise<Order> => {
    const plain = { dialect, isGrouped: groupBy !== undefined, bounds: undefined };
    if (!dialect.spreads) return plain;
    const cuts = await database.query(
      cutsSql(calls, (time) => dialect.cuts(time, BUCKETS)),
      "bounds",
    );
    const bounds = (cuts.bounds?.[0] ?? []) as readonly number[];
    const list = bounds.length === 0 ? [0] : [...new Set(bounds)].sort((a, b) => a - b);
    return { ...plain, bounds: dialect.list(list) };
  });
  /** runs a query over the sweep; the rows of each group, also of one that has none */
  const swept = async (
    name: string,
    sql: (order: Order) => string | Promise<string>,
    listed = (found: SqlColumns) => found,
  ) => {
    const ask = async () => rowsByGroup(listed(await database.query(await sql(await order()), name)));
    if (groupBy === undefined) return ofAll([""], await ask());
    const { groups } = await facts();
    return groups.size === 0 ? ofAll([""], new Map()) : ofAll(groups.keys(), await ask());
  };

  const distributions = once(async () => {
    const rows = await swept("distribution", (order) => distributionSql(calls, order));
    return mapped(rows, ({ concurrency, total_time, first_time }) =>
      distributionTable({ levels: ints(concurrency), totals: floats(total_time), firsts: floats(first_time) }),
    );
  });
  const percentiles = once(async () =>
    mapped(await distributions(), (distribution) => computePercentiles(distribution)),
  );
  const thresholds = once(async () =>
    mapped(
      await percentiles(),
      (found) => options.threshold ?? Math.max(1, found.get("active_concurrency", 1) as number),
    ),
  );
  const thresholdsInSql = async () => {
    const found = await thresholds();
    return groupBy === undefined ? (found.get("") as number) : found;
  };
  const spikeTotals = once(async () => {
    const tokens: TokenColumn[] = [
      ...(source.prompt === undefined ? [] : ["prompt" as const]),
      ...(hasTotals(source) ? ["total" as const] : []),
    ];
    return swept("spike_tokens", async (order) => spikeTotalsSql(calls, tokens, await thresholdsInSql(), order));
  });
  const examples = once(async () =>
    source.example === undefined ? undefined : rowsByGroup(await database.query(examplesSql(calls, source), "summary")),
  );

  return {
    get notes() {
      return [...notes];
    },
    summary: async () => {
      const [{ groups }, found, levels, totals, counted] = [
        await facts(),
        await thresholds(),
        await distributions(),
        await spikeTotals(),
        await examples(),
      ];
      const trace = { source: relation.label, format: dialect.name, origin: origin.nanoseconds };
      return grouped(
        mapped(levels, (distribution, group) => {
          const threshold = found.get(group) as number;
          const known = groups.get(group) ?? NO_FACTS;
          const isThere = distribution.numRows() > 0;
          return summaryTable(
            {
              ...known,
              start: isThere ? known.start : NaN,
              end: isThere ? known.end : NaN,
              examples: counted ? Number(counted.get(group)?.examples?.[0] ?? 0) : Math.min(1, known.calls),
              threshold,
              spikes: Number(totals.get(group)?.spikes?.[0] ?? 0),
              spikeTime: timeFrom(distribution, threshold),
            },
            distribution,
            trace,
          );
        }),
      );
    },
    distribution: async () => grouped(await distributions()),
    percentiles: async () => grouped(await percentiles()),
    spikes: async () => {
      const levels = await thresholdsInSql();
      // one more than are listed tells whether some are left out
      const rows = await swept(
        "spikes",
        (order) => spikesSql(calls, levels, MOST_SPIKES + 1, order),
        (found) => {
          if ((found.spike_id?.length ?? 0) <= MOST_SPIKES) return found;
          notes.add(
            `Of the spikes the ${MOST_SPIKES.toLocaleString("en")} largest are listed; the summary counts all.`,
          );
          return Object.fromEntries(
            Object.entries(found).map(([name, values]) => [name, values?.slice(0, MOST_SPIKES)]),
          );
        },
      );
      return grouped(mapped(rows, spikesTable));
    },
    spike_tokens: async () => grouped(mapped(await spikeTotals(), spikeTokensTable)),
    latency_by_concurrency: async () => {
      const rows = await swept("latency_by_concurrency", (order) => latencyByConcurrencySql(calls, order));
      return grouped(
        mapped(rows, ({ concurrency, calls, mean_latency }) =>
          table({ concurrency: ints(concurrency), calls: ints(calls), mean_latency: floats(mean_latency) }),
        ),
      );
    },
    tokens_in_flight: async () => {
      const rows = await swept("tokens_in_flight", (order) => tokensInFlightSql(calls, hasTotals(source), order));
      return grouped(
        mapped(rows, ({ concurrency, total_time, mean_tokens, peak_tokens }) =>
          table({
            concurrency: ints(concurrency),
            total_time: floats(total_time),
            mean_tokens: floats(mean_tokens),
            peak_tokens: floats(peak_tokens),
          }),
        ),
      );
    },
    bins: async () => {
      const { groups } = await facts();
      if (groups.size * options.bins > 20_000) {
        throw new OptionError(
          "bins",
          `makes ${groups.size * options.bins} rows of ${groups.size} groups, and 20,000 can be had. Choose fewer bins.`,
        );
      }
      const borders = mapped(groups, ({ start, end }) => binBorders(start, end, options.bins));
      const isAny = [...borders.values()].some((times) => times.length > 0);
      const rows = isAny
        ? await swept("bins", (order) => binsSql(calls, borders, order))
        : ofAll(groups.size === 0 ? [""] : groups.keys(), new Map());
      return grouped(mapped(rows, (columns, group) => binsTable(columns, borders.get(group) ?? new Float64Array(0))));
    },
    diagnostics: async () => (await facts()).diagnostics,
    writeSegments: async (into) =>
      database.write(segmentsSql(calls, await order(), groupBy && quotedName(groupBy)), into),
    close: () => database.close(),
  };
}

/** The rows of each group, also of those that have none. */
const ofAll = (groups: Iterable<string>, rows: ReadonlyMap<string, SqlColumns>): Map<string, SqlColumns> =>
  new Map(Array.from(groups, (group) => [group, rows.get(group) ?? {}]));

const mapped = <A, B>(groups: ReadonlyMap<string, A>, make: (of: A, group: string) => B): Map<string, B> =>
  new Map(Array.from(groups, ([group, of]) => [group, make(of, group)]));

const ints = (values: readonly unknown[] | undefined): Int32Array => Int32Array.from(values ?? [], Number);
const floats = (values: readonly unknown[] | undefined): Float64Array =>
  Float64Array.from(values ?? [], (value) => (value === null ? NaN : Number(value)));

/** The origin of the times, where they are ticks since 1970. */
async function originOf(
  database: Database,
  source: ReturnType<typeof sourceOf>,
): Promise<{ readonly ticks: bigint | undefined; readonly nanoseconds: bigint }> {
  const { isExact, ticksPerSecond } = source.start;
  if (!isExact) return { ticks: undefined, nanoseconds: 0n };
  const [first] = (await database.query(firstTick(source), "origin")).first_tick ?? [];
  const ticks = typeof first === "string" ? BigInt(first) : 0n;
  if (ticks < LONG_AFTER * BigInt(ticksPerSecond)) return { ticks: 0n, nanoseconds: 0n };
  return { ticks, nanoseconds: ticks * (1_000_000_000n / BigInt(ticksPerSecond)) };
}

const NO_FACTS: GroupFacts = {
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
function factsByGroup(found: SqlColumns): Map<string, GroupFacts> {
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
function diagnosticsOf({ code = [], kind = [], n = [], unfinished = [] }: SqlColumns, label: string): ColumnTable {
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
function timeFrom(distribution: ColumnTable, threshold: number): number {
  const levels = distribution.array("concurrency") as Int32Array;
  const times = distribution.array("total_time") as Float64Array;
  return times.reduce((sum, time, i) => (levels[i] >= threshold ? sum + time : sum), 0);
}

/** The `spikes` of a group, in the order of time. */
function spikesTable(columns: SqlColumns): ColumnTable {
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
function binsTable(columns: SqlColumns, borders: Float64Array): ColumnTable {
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

function spikeTokensTable(columns: SqlColumns): ColumnTable {
  const metrics = ["prompt", "total"];
  const at = (name: string) => Number(columns[name]?.[0] ?? 0);
  const pairs = Float64Array.from(metrics, (metric) => at(`${metric}_pairs`));
  return table({
    metric: metrics.map((metric) => `${metric}_tokens`),
    mean_in_spikes: Float64Array.from(metrics, (metric, k) => (pairs[k] > 0 ? at(`${metric}_tokens`) / pairs[k] : 0)),
    pairs,
  });
}
