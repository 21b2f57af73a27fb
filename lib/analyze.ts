import { type ColumnTable, table } from "arquero";
import { display, type MimeBundle } from "./report/display/mime-bundle.js";
import { resultBundle } from "./report/display/result.js";
import { concurrencyFields, type ConcurrencyJson, spikesJson } from "./report/json.js";
import { overview, type ReportLook, textReport } from "./report/text.js";
import { countActiveIds } from "./tables/active-ids.js";
import { findCallsActiveInInterval } from "./tables/active-calls.js";
import { alignToStart } from "./tables/align.js";
import { timeBins } from "./tables/bins.js";
import { buildCalls } from "./tables/calls.js";
import { exclusiveIntervals, leafCalls } from "./tables/counting.js";
import { Findings } from "./tables/diagnostics.js";
import { distributionOf } from "./tables/distribution.js";
import { averageLatencyByMidpointConcurrency } from "./tables/latency-by-concurrency.js";
import { nearInTime } from "./tables/near-in-time.js";
import { type AnalysisOptions, type ResolvedOptions, resolveOptions } from "./tables/options.js";
import { own } from "./tables/own-table.js";
import { computePercentiles } from "./tables/percentiles.js";
import { Reader } from "./tables/read.js";
import { buildConcurrencySegments, readSegments } from "./tables/segments.js";
import { listSpikeCalls } from "./tables/spike-calls.js";
import { correlateSpikeCalls } from "./tables/spike-tokens.js";
import { detectConcurrencySpikes } from "./tables/spikes.js";
import { summarise } from "./tables/summary.js";
import type { ResultTables } from "./tables/tables.js";
import { tokensInFlight } from "./tables/tokens-in-flight.js";
import { isTrace, type Trace } from "./tables/trace.js";
import { whereEqual } from "./tables/where.js";
import { callsCentredIn, clipSegments } from "./tables/window.js";

/**
 * The whole analysis, in memory: calls → segments → distribution, percentiles, spikes, what spikes cost, latency by concurrency.
 *
 * @param input a trace, or a table: `events` if it has the column event_type, else `calls`, all of which count
 * @param options see `AnalysisOptions`
 * @returns the tables, `report()` and `toJSON()`
 * @throws OptionError for a wrong option; TableError if a needed column is missing
 * @example
 * const calls = table({ start_time: [0, 1, 5], end_time: [2, 3, 6] });
 * concurrencySpikeAnalysis(calls).summary.get("peak"); // 2
 */
export function concurrencySpikeAnalysis(
  input: Trace | ColumnTable,
  options: AnalysisOptions = {},
): ConcurrencySpikeResult {
  const resolved = resolveOptions(options);
  const findings = new Findings();
  const all = countedCalls(input, resolved, findings);
  const [from, to] = resolved.window ?? [-Infinity, Infinity];
  const windowed = resolved.window !== undefined;

  const calls = windowed ? findCallsActiveInInterval(all, from, to) : all;
  const near = nearInTime(calls, "concurrencySpikeAnalysis");
  const stretches = resolved.counting === "exclusive" ? exclusiveIntervals(all) : undefined;
  const whole = buildConcurrencySegments(stretches ?? (windowed ? all : near), resolved);
  const segments = windowed ? clipSegments(whole, from, to) : whole;
  const distribution = distributionOf(segments);
  const percentiles = computePercentiles(distribution);
  const threshold = resolved.threshold ?? defaultThreshold(percentiles, resolved);
  const spikes = activeCallsOf(detectConcurrencySpikes(segments, threshold), calls, resolved);
  const spike_tokens = correlateSpikeCalls(spikes, stretches ?? near);
  const latency_by_concurrency = averageLatencyByMidpointConcurrency(
    windowed ? callsCentredIn(near, from, to) : near,
    segments,
  );

  const trace = isTrace(input) ? input : { source: null, format: "table", origin: 0n };
  const summary = summarise({ calls, segments, distribution, spikes, threshold }, trace);
  const diagnostics = findings.table();
  const tables = {
    summary,
    calls,
    segments,
    distribution,
    percentiles,
    spikes,
    spike_tokens,
    latency_by_concurrency,
    diagnostics,
  };
  return new ConcurrencySpikeResult(tables, resolved);
}

/** The calls that count, from whatever came in. */
function countedCalls(input: Trace | ColumnTable, options: ResolvedOptions, findings: Findings): ColumnTable {
  if (isTrace(input)) findings.addTable(input.diagnostics);
  let built: ColumnTable;
  if (isTrace(input) || input.columnIndex("event_type") >= 0)
    built = buildCalls(input, options, findings, "concurrencySpikeAnalysis");
  else built = options.counting === "leaf" ? leafCalls(input) : input;
  const chosen = options.where ? whereEqual(built, options.where) : built;
  return withDurations(options.align === "start" ? alignToStart(chosen) : chosen);
}

/** The calls with the column duration, which several of the tables below need. */
function withDurations(calls: ColumnTable): ColumnTable {
  const read = new Reader(calls, "concurrencySpikeAnalysis");
  return own(read.has("duration") ? calls : calls.assign(table({ duration: read.durations() })));
}

/** `max(1, p90)`: of all time in NAT mode, of busy time else, so that a trace that mostly idles does not spike whenever anything runs. */
function defaultThreshold(percentiles: ColumnTable, { mode }: ResolvedOptions): number {
  const p90 = percentiles.get(mode === "nat" ? "concurrency" : "active_concurrency", 1) as number;
  return Math.max(1, p90);
}

/** In NAT mode the active calls of a spike are counted by distinct id; else their number is the concurrency. */
function activeCallsOf(spikes: ColumnTable, calls: ColumnTable, { mode }: ResolvedOptions): ColumnTable {
  return mode === "nat" ? spikes.assign({ active_calls: countActiveIds(spikes, calls) }) : spikes;
}

/** What an analysis found: tables, each an Arquero table, and ways to read them. */
export class ConcurrencySpikeResult {
  /** all tables, by name */
  readonly tables: ResultTables;
  /** the options, with the presets of the mode filled in */
  readonly options: ResolvedOptions;

  constructor(tables: ResultTables, options: ResolvedOptions) {
    this.tables = tables;
    this.options = options;
  }

  /** One row: the trace in figures. */
  get summary(): ColumnTable {
    return this.tables.summary;
  }
  /** Each call that counts. */
  get calls(): ColumnTable {
    return this.tables.calls;
  }
  /** Stretches of constant concurrency. */
  get segments(): ColumnTable {
    return this.tables.segments;
  }
  /** Time at each level of concurrency. */
  get distribution(): ColumnTable {
    return this.tables.distribution;
  }
  /** Percentiles of time, with idle time and without. */
  get percentiles(): ColumnTable {
    return this.tables.percentiles;
  }
  /** The segments at or above the threshold. */
  get spikes(): ColumnTable {
    return this.tables.spikes;
  }
  /** Mean tokens of the calls active in spikes. */
  get spikeTokens(): ColumnTable {
    return this.tables.spike_tokens;
  }
  /** Mean latency by calls in flight at the midpoint of a call. */
  get latencyByConcurrency(): ColumnTable {
    return this.tables.latency_by_concurrency;
  }
  /** What became of every event or row of the input. */
  get diagnostics(): ColumnTable {
    return this.tables.diagnostics;
  }

  /** The `spike_calls` table: made on demand, since it can be as long as spikes times calls. */
  spikeCalls(): ColumnTable {
    return listSpikeCalls(this.spikes, this.#running());
  }

  /** The `bins` table: time in equal stretches, with the mean and the most in flight in each, for plots. */
  bins(bins?: number): ColumnTable {
    return timeBins(this.segments, bins);
  }

  /** The `tokens_in_flight` table: how many tokens were in flight at each level of concurrency. */
  tokensInFlight(): ColumnTable {
    const { starts, ends } = readSegments(this.segments, "tokensInFlight");
    // a window may begin or end where nothing is in flight
    const within = this.options.window && ([starts[0], ends[ends.length - 1]] as const);
    return tokensInFlight(this.#running(), within);
  }

  /** When calls count: each as a whole, or while no call below it runs. */
  #running(): ColumnTable {
    return this.options.counting === "exclusive" ? exclusiveIntervals(this.calls) : this.calls;
  }

  /** A report to read: in plain text and lines of up to 80 characters, if it is not told otherwise. */
  report(look: ReportLook = {}): string {
    return textReport({
      ...look,
      tables: this.tables,
      mode: this.options.mode,
      thresholdGiven: this.options.threshold !== undefined,
    });
  }

  /** The reference's result shape, in snake_case. */
  toJSON(): ConcurrencyJson {
    return {
      ...concurrencyFields(this.tables),
      spike_intervals: [...spikesJson(this.tables, this.options.listActive)],
    };
  }

  /** What a REPL shows. */
  [Symbol.for("nodejs.util.inspect.custom")](
    _depth: number,
    { colors: colour = false }: { colors?: boolean } = {},
  ): string {
    return overview(this.tables, { colour });
  }

  /** What a notebook shows: the summary and the calls in flight over time. */
  [display](): Promise<MimeBundle> {
    return resultBundle(this.tables);
  }
}
