import { EngineError } from "../errors.js";
import { type Failure, failureOf, cancelled, QUERY_GONE, type TrinoFailure } from "./trino-errors.js";
import { type Answer, ask, cancel, ownAddress, type TrinoLink } from "./trino-link.js";
import { conversionOf, type TypeSignature } from "./trino-values.js";

/** A column of what a query gives. */
export interface TrinoColumn {
  readonly name: string;
  /** as Trino writes it, such as `bigint` or `array(row(x double))` */
  readonly type: string;
}

/** What a query took so far: seconds, and what was read and run. */
export interface TrinoStats {
  readonly state: string;
  /** seconds since the server had it */
  readonly elapsed: number;
  /** seconds that it waited to begin */
  readonly queued: number;
  /** seconds of all tasks together, on the clock */
  readonly wall: number;
  /** seconds of all tasks together, of the processors */
  readonly cpu: number;
  readonly rows: number;
  readonly bytes: number;
  readonly peakMemory: number;
  readonly splits: number;
  readonly splitsDone: number;
  readonly nodes: number;
}

/** A part of an answer. */
export interface TrinoPage {
  readonly id: string;
  /** unknown while the query is planned */
  readonly columns: readonly TrinoColumn[] | undefined;
  readonly rows: unknown[][];
  readonly stats: TrinoStats;
}

/** What goes with a statement. */
export interface Statement {
  readonly sql: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly isReading: boolean;
  readonly signal: AbortSignal | undefined;
  readonly onRetry: ((message: string) => void) | undefined;
}

/** A query that failed through no fault of the statement. */
export class TransientFailure extends Error {
  constructor(readonly error: EngineError) {
    super(error.message);
  }
}

/** So many seconds the answer with the id is still waited for when a query is cancelled before it is there: else it could not be cancelled. */
const GRACE = 5;

/**
 * Runs a statement once, and yields a page for each answer of the server, the first at once and empty. Whoever leaves before the end ends the query.
 *
 * @throws EngineError if it fails; TransientFailure if that was the cluster's fault
 */
export async function* runStatement(link: TrinoLink, statement: Statement): AsyncGenerator<TrinoPage> {
  const { sql, signal, onRetry } = statement;
  let query: string | undefined;
  let next: string | undefined;
  try {
    signal?.throwIfAborted();
    let answer = await ask(link, {
      method: "POST",
      url: new URL("v1/statement", link.server).href,
      headers: statement.headers,
      body: sql,
      isRepeatable: statement.isReading,
      signal,
      grace: GRACE,
      onRetry,
    });
    query = answer.id;
    let columns: ReturnType<typeof columnsOf> | undefined;
    for (;;) {
      next = undefined;
      if (answer.error !== undefined) throw thrown(failureOf(answer.error as TrinoFailure, query));
      next = ownAddress(link, answer.nextUri, query);
      signal?.throwIfAborted();
      if (Array.isArray(answer.columns)) columns ??= columnsOf(answer.columns as ToldColumn[]);
      yield { id: query, columns: columns?.told, rows: rowsOf(answer, columns?.convert), stats: statsOf(answer) };
      if (next === undefined) return;
      answer = await ask(link, { method: "GET", url: next, isRepeatable: true, query, signal, onRetry });
    }
  } catch (error) {
    if (signal?.aborted && error === signal.reason) throw cancelled(error, query);
    if (error instanceof EngineError && error.code === QUERY_GONE) throw thrown({ error, isTransient: true });
    throw error;
  } finally {
    if (next !== undefined) await cancel(link, next);
  }
}

const thrown = ({ error, isTransient }: Failure): Error => (isTransient ? new TransientFailure(error) : error);

interface ToldColumn extends TrinoColumn {
  readonly typeSignature?: TypeSignature;
}

function columnsOf(columns: readonly ToldColumn[]) {
  const conversions = columns.map(({ type, typeSignature }) => conversionOf(typeSignature ?? { rawType: type }));
  return {
    told: columns.map(({ name, type }) => ({ name, type })),
    convert: (row: unknown[]): void => {
      for (let k = 0; k < conversions.length; k++) {
        const convert = conversions[k];
        if (convert) row[k] = convert(row[k]);
      }
    },
  };
}

function rowsOf(answer: Answer, convert: ((row: unknown[]) => void) | undefined): unknown[][] {
  const rows = (answer.data ?? []) as unknown[][];
  if (convert) rows.forEach(convert);
  return rows;
}

function statsOf({ stats }: Answer): TrinoStats {
  const told = stats as Readonly<Record<string, unknown>>;
  const number = (name: string): number => Number(told[name] ?? 0);
  return {
    state: String(told.state),
    elapsed: number("elapsedTimeMillis") / 1000,
    queued: number("queuedTimeMillis") / 1000,
    wall: number("wallTimeMillis") / 1000,
    cpu: number("cpuTimeMillis") / 1000,
    rows: number("processedRows"),
    bytes: number("processedBytes"),
    peakMemory: number("peakMemoryBytes"),
    splits: number("totalSplits"),
    splitsDone: number("completedSplits"),
    nodes: number("nodes"),
  };
}
