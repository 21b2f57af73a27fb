import type { ColumnTable } from "arquero";
import { OptionError } from "../errors.js";
import {
  type Engine,
  type EngineInput,
  type EngineTable,
  engineTables,
  type EngineWatch,
  usualTables,
} from "./engine.js";
import type { EngineOptions } from "./options.js";

/** What is to be made, of which calls, and how it is watched. */
export interface AnalyzeOnOptions<T extends EngineTable = EngineTable> extends EngineOptions, EngineWatch {
  /** the tables to make; all but tokens_in_flight if left out. Each is a query of its own */
  readonly tables?: readonly T[];
  /** where the segments are written, as many as there are starts and ends: a new table (of Trino, or of a DuckDB connection of yours), or a Parquet file, which takes the place of one that is there; not at all if left out. It is looked at before the work begins */
  readonly segments?: string;
}

/** What an engine made. */
export interface EngineResult<T extends EngineTable = EngineTable> {
  /** the tables that were asked for, by name */
  readonly tables: Readonly<Record<T, ColumnTable>>;
  /** how many segments were written */
  readonly segments: number | undefined;
  /** what a reader should know */
  readonly notes: readonly string[];
}

/**
 * The tables of an analysis, made where the calls lie: in memory, in DuckDB out of core, or in a Trino cluster. What comes back is small: a row a level of
 * concurrency, a bin of time, or a spike.
 *
 * @param engine `memory()`, `duckdb()` or `trino({…})`
 * @param input files of calls, or the name of a table or view
 * @param options see `AnalyzeOnOptions`
 * @returns the tables that were asked for
 * @throws OptionError for a wrong option; InputError for a file that cannot be read; TableError for a column that is missing or of the wrong type;
 *   EngineError for what the engine could not do; what the signal says, where it was aborted; what `progress` or `warn` throws
 * @example
 * const calls = table({ start_time: [0, 1, 5], end_time: [2, 3, 6] });
 * const { tables } = await analyzeOn(memory(), calls, { tables: ["distribution", "percentiles"] });
 * tables.distribution.array("concurrency"); // [0, 1, 2]
 */
export async function analyzeOn<T extends EngineTable = EngineTable>(
  engine: Engine,
  input: EngineInput,
  options: AnalyzeOnOptions<T> = {},
): Promise<EngineResult<T>> {
  const {
    tables: names = usualTables as readonly string[] as readonly T[],
    segments,
    signal,
    progress,
    warn,
    ...rest
  } = options;
  const unknown = names.find((name) => !engineTables.includes(name));
  if (unknown !== undefined)
    throw new OptionError("tables", `names ${unknown}; engines make ${engineTables.join(", ")}.`);
  const stop = new AbortController();
  const follow = () => {
    stop.abort(signal?.reason);
  };
  if (signal?.aborted) follow();
  signal?.addEventListener("abort", follow);
  /** what a callback throws stops the analysis, and not whoever calls it: a timer would take the process along */
  const guarded =
    <A>(callback: (told: A) => void) =>
    (told: A): void => {
      try {
        callback(told);
      } catch (error) {
        stop.abort(error);
      }
    };
  try {
    const watch = {
      signal: stop.signal,
      ...(progress && { progress: guarded(progress) }),
      ...(warn && { warn: guarded(warn) }),
    };
    if (segments !== undefined) await engine.checkTarget(segments, watch);
    const calls = await engine.open(input, rest, watch);
    try {
      const tables: Partial<Record<T, ColumnTable>> = {};
      for (const name of names) tables[name] = await calls[name]();
      const written = segments === undefined ? undefined : await calls.writeSegments(segments);
      stop.signal.throwIfAborted();
      return { tables: tables as Record<T, ColumnTable>, segments: written, notes: calls.notes };
    } finally {
      await calls.close();
    }
  } catch (error) {
    // what was aborted fails in many ways, and for one reason
    stop.signal.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener("abort", follow);
  }
}
