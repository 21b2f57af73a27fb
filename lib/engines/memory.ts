import { ColumnTable } from "arquero";
import { concurrencySpikeAnalysis, type ConcurrencySpikeResult } from "../analyze.js";
import { OptionError } from "../errors.js";
import { checkWritable, writeFilesWhole } from "../files/write-files.js";
import { tableContent, type TableFormat, tableFormats } from "../files/write-table.js";
import { loadTrace } from "../formats/load.js";
import { table } from "../tables/own-table.js";
import { Reader } from "../tables/read.js";
import { isTrace, type Trace } from "../tables/trace.js";
import { shortNames } from "../tables/where.js";
import type { Engine, EngineCalls, EngineInput } from "./engine.js";
import { checkGroups, groupKey, together } from "./grouped.js";
import { type EngineOptions, resolveEngineOptions } from "./options.js";

/**
 * Makes the tables in memory, as `concurrencySpikeAnalysis` does: the fastest where the calls fit. It also takes traces in any format that is read.
 *
 * @returns an engine for `analyzeOn`
 * @example
 * const calls = table({ start_time: [0, 1], end_time: [2, 3] });
 * const { tables } = await analyzeOn(memory(), calls, { tables: ["bins"], bins: 3 });
 * tables.bins.array("peak_concurrency"); // [1, 2, 1]
 */
export function memory(): Engine {
  return {
    name: "memory",
    async checkTarget(into) {
      fileFormat(into);
      await checkWritable(into);
    },
    async open(input, options, { signal }) {
      const { groupBy, bins, threshold, kinds, where } = resolveEngineOptions(options);
      const loaded = await inputOf(input, options);
      signal?.throwIfAborted();
      const analysisOptions = { where, kinds, ...(threshold !== undefined && { threshold }) };
      const whole = concurrencySpikeAnalysis(loaded, analysisOptions);
      const groups = groupBy === undefined ? new Map([["", whole]]) : analysesByGroup(whole.calls, groupBy, threshold);
      const each = (make: (result: ConcurrencySpikeResult) => ColumnTable) => () =>
        Promise.resolve(together(new Map(Array.from(groups, ([group, result]) => [group, make(result)])), groupBy));
      const origin = whole.summary.select("source", "format", "origin");
      const calls: EngineCalls = {
        notes: [],
        summary: each(({ summary }) => summary.assign(origin)),
        distribution: each((result) => result.distribution),
        percentiles: each((result) => result.percentiles),
        spikes: each((result) => result.spikes),
        spike_tokens: each((result) => result.spikeTokens),
        latency_by_concurrency: each((result) => result.latencyByConcurrency),
        tokens_in_flight: each((result) => result.tokensInFlight()),
        bins: each((result) => result.bins(bins)),
        diagnostics: () => Promise.resolve(whole.diagnostics),
        writeSegments: async (into) => {
          const segments = await each((result) => result.segments)();
          const format = fileFormat(into);
          await writeFilesWhole([{ path: into, content: () => tableContent(segments, format) }]);
          return segments.numRows();
        },
        close: () => Promise.resolve(),
      };
      return calls;
    },
  };
}

/**
 * In which format segments go into a file.
 *
 * @throws OptionError if it is none of this machine, or of another format
 */
function fileFormat(into: string): TableFormat {
  const format = /\.([^.]+)$/.exec(into)?.[1].toLowerCase() as TableFormat;
  if (!tableFormats.includes(format) || /^[a-z][a-z0-9+.-]*:\/\//i.test(into))
    throw new OptionError(
      "segments",
      `must be a file of this machine like segments.parquet where calls are in memory, not ${into}.`,
    );
  return format;
}

async function inputOf(input: EngineInput, { columns }: EngineOptions): Promise<Trace | ColumnTable> {
  if (input instanceof ColumnTable || isTraceLike(input)) {
    if (columns === undefined) return input;
    throw new OptionError(
      "columns",
      "goes with files. Rename the columns of a table: table.rename({ ts: 'start_time' }).",
    );
  }
  return loadTrace(input as string | string[], columns === undefined ? {} : { columns });
}

const isTraceLike = (input: EngineInput): input is Trace =>
  typeof input === "object" && !Array.isArray(input) && isTrace(input as Trace);

/** An analysis of the calls of each value of a column, each with a threshold of its own where none is given; one of no group where there are no calls. */
function analysesByGroup(
  calls: ColumnTable,
  groupBy: string,
  threshold: number | undefined,
): Map<string, ConcurrencySpikeResult> {
  const read = new Reader(calls, "groupBy");
  const name = read.has(groupBy) ? groupBy : (shortNames.get(groupBy) ?? groupBy);
  if (!read.has(name))
    throw new OptionError(
      "groupBy",
      `names the column ${groupBy}, but there are only ${calls.columnNames().join(", ")}.`,
    );
  const analyse = (of: ColumnTable) => concurrencySpikeAnalysis(of, threshold === undefined ? {} : { threshold });
  if (calls.numRows() === 0) return new Map([["", analyse(calls)]]);
  const values = read.texts(name);
  const counts = values.counts();
  checkGroups(counts.size);
  const rows = new Map(Array.from(counts, ([value, n]) => [value, new Int32Array(n)]));
  const filled = new Map<string | null, number>();
  for (let i = 0; i < values.length; i++) {
    const value = values.at(i);
    const k = filled.get(value) ?? 0;
    (rows.get(value) as Int32Array)[k] = i;
    filled.set(value, k + 1);
  }
  const groups = Array.from(rows, ([value, of]): [string, ConcurrencySpikeResult] => [
    groupKey(value),
    analyse(table(read.take(of), calls.columnNames())),
  ]);
  return new Map(groups.sort(([a], [b]) => (a < b ? -1 : 1)));
}
