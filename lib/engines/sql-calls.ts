import type { ColumnTable } from "arquero";
import { OptionError } from "../errors.js";
import { binBorders } from "../kernels/bin-borders.js";
import { quotedName } from "../exports/quoted-name.js";
import { LONG_AFTER } from "../formats/times.js";
import { distributionTable } from "../tables/distribution.js";
import { table } from "../tables/own-table.js";
import { computePercentiles } from "../tables/percentiles.js";
import { summaryTable } from "../tables/summary.js";
import type { Database, Relation, SqlColumns } from "./database.js";
import type { EngineCalls } from "./engine.js";
import { checkGroups, rowsByGroup, together } from "./grouped.js";
import { once } from "./once.js";
import type { ResolvedEngineOptions } from "./options.js";
import { binsSql } from "./sql/bins.js";
import { callCtes, firstTick, hasTotals } from "./sql/calls.js";
import { distributionSql } from "./sql/distribution.js";
import { cutsSql, examplesSql, factsSql } from "./sql/facts.js";
import { latencyByConcurrencySql } from "./sql/latency-by-concurrency.js";
import type { Order } from "./sql/running.js";
import { segmentsSql } from "./sql/segments.js";
import { sourceOf } from "./sql/source.js";
import { spikesSql } from "./sql/spikes.js";
import { spikeTotalsSql, type TokenColumn } from "./sql/spike-totals.js";
import { tokensInFlightSql } from "./sql/tokens-in-flight.js";
import {
  binsTable,
  diagnosticsOf,
  factsByGroup,
  floats,
  ints,
  NO_FACTS,
  spikesTable,
  spikeTokensTable,
  timeFrom,
} from "./sql-results.js";

/** Spikes beyond the largest of so many stay where they are: what comes back is to be small. */
const MOST_SPIKES = 5000;
/** Buckets of time that a sweep is cut into where machines share it. */
const BUCKETS = 512;

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

/** The origin of the times, where they are ticks since 1970. */
async function originOf(
  database: Database,
  source: ReturnType<typeof sourceOf>,
): Promise<{ readonly ticks: bigint | undefined; readonly nanoseconds: bigint }> {
  const { isExact, ticksPerSecond } = source.start;
  if (!isExact) return { ticks: undefined, nanoseconds: 0n };
  const [first] = (await database.query(firstTick(source), "origin")).first_tick ?? [];
  const ticks = typeof first === "string" ? BigInt(first) : 0n;
  const nanoseconds = ticks * (1_000_000_000n / BigInt(ticksPerSecond));
  return nanoseconds < LONG_AFTER ? { ticks: 0n, nanoseconds: 0n } : { ticks, nanoseconds };
}
