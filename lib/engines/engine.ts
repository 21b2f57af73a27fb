import type { ColumnTable } from "arquero";
import type { Trace } from "../tables/trace.js";
import type { EngineOptions } from "./options.js";

/** The tables that every engine makes. */
export const engineTables = [
  "summary",
  "distribution",
  "percentiles",
  "spikes",
  "spike_tokens",
  "latency_by_concurrency",
  "tokens_in_flight",
  "bins",
  "diagnostics",
] as const;
/** Those that are made where nobody says which: tokens in flight are a table on demand, in memory too. */
export const usualTables = engineTables.filter((name) => name !== "tokens_in_flight");
/** The name of a table that every engine makes. */
export type EngineTable = (typeof engineTables)[number];

/** What is analysed: files or the name of a table, for `memory` also a trace or a table of calls. */
export type EngineInput = string | readonly string[] | Trace | ColumnTable;

/** How an analysis is watched and stopped. */
export interface EngineWatch {
  /** stops what runs, in the database too */
  readonly signal?: AbortSignal;
  /** told from time to time how far a query is */
  readonly progress?: (progress: EngineProgress) => void;
  /** told of what goes on besides, such as a query that is run again since a worker was lost */
  readonly warn?: (message: string) => void;
}

/** How far a query is. */
export interface EngineProgress {
  /** which table is being made */
  readonly table: string;
  /** from 0 to 1, where it is known */
  readonly share: number | undefined;
  /** rows and bytes read so far, where they are known */
  readonly rows: number | undefined;
  readonly bytes: number | undefined;
  /** seconds */
  readonly elapsed: number;
}

/** Calls that an engine has found: a method for each table. Work that several tables need, such as the distribution, is done once. */
export type EngineCalls = Readonly<Record<EngineTable, () => Promise<ColumnTable>>> & {
  /**
   * Writes the `segments`, which can be as many as there are starts and ends, where they are to lie: into a new table, or a Parquet file.
   *
   * @returns how many there are
   */
  writeSegments(into: string): Promise<number>;
  /** what a reader of the tables should know */
  readonly notes: readonly string[];
  /** lets go of what was opened, and takes away what was put somewhere for a while */
  close(): Promise<void>;
};

/** Something that makes the tables of an analysis where the calls lie. */
export interface Engine {
  readonly name: string;
  /**
   * Looks whether segments can be written there, before there is any work to lose.
   *
   * @throws OptionError, InputError or EngineError if not
   */
  checkTarget(into: string, watch: EngineWatch): Promise<void>;
  /**
   * Finds the calls.
   *
   * @throws OptionError for a wrong option, EngineError for what cannot be reached, TableError for a column that is missing or of the wrong type
   */
  open(input: EngineInput, options: EngineOptions, watch: EngineWatch): Promise<EngineCalls>;
}
