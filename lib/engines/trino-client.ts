import { OptionError } from "../errors.js";
import { type Fetch, httpsFetch } from "./https-fetch.js";
import { type Credentials, trinoCredentials } from "./trino-credentials.js";
import { cancelled } from "./trino-errors.js";
import { sleep, type TrinoLink } from "./trino-link.js";
import {
  runStatement,
  TransientFailure,
  type TrinoColumn,
  type TrinoPage,
  type TrinoStats,
} from "./trino-statement.js";

/** Which server is asked, and as whom. */
export interface TrinoOptions {
  /** the coordinator's address, such as `https://trino.example:8443` */
  readonly server: string | URL;
  readonly catalog?: string;
  readonly schema?: string;
  /** what the server's list of queries says of who asks: `"spikeline"` */
  readonly source?: string;
  /** session properties of every query */
  readonly session?: Readonly<Record<string, string>>;
  /** from the environment where it is left out: see `trinoCredentials` */
  readonly credentials?: Credentials;
  /** the authority that signed the server's certificate, in PEM, or the path of a file of it; else those that Node trusts */
  readonly ca?: string;
  /** ask another machine over plain http, where everybody between can read the question, the answer and the password */
  readonly allowHttp?: boolean;
  /** how many seconds a server that is too busy, or was lost, is waited for: 30 */
  readonly patience?: number;
  readonly fetch?: Fetch;
}

/** What goes with a query. */
export interface TrinoQueryOptions {
  /** aborted, it ends the query on the server too */
  readonly signal?: AbortSignal;
  /** session properties of this query, on top of the client's */
  readonly session?: Readonly<Record<string, string>>;
  /** told once the query has its id, again if it is run again */
  readonly onId?: (id: string) => void;
  /** told with each answer, some once a second */
  readonly onProgress?: (progress: TrinoProgress) => void;
  /** told when something is tried again, and why */
  readonly onRetry?: (message: string) => void;
}

/** How far a query is. */
export interface TrinoProgress {
  /** `"QUEUED"`, `"PLANNING"`, `"RUNNING"`, `"FINISHED"` and others of Trino's */
  readonly state: string;
  readonly splitsDone: number;
  readonly splitsTotal: number;
  readonly rows: number;
  readonly bytes: number;
  /** seconds since the server had it */
  readonly elapsed: number;
}

/** What a query gave. */
export interface TrinoResult {
  readonly id: string;
  readonly columns: readonly TrinoColumn[];
  /** lists of values, in the order of the columns */
  readonly rows: unknown[][];
  readonly stats: TrinoStats;
}

/** Asks a Trino. */
export interface TrinoClient {
  query(sql: string, options?: TrinoQueryOptions): Promise<TrinoResult>;
  /** The same, part by part; leaving the loop ends the query. It is not run again where a part of the cluster is lost. */
  pages(sql: string, options?: Omit<TrinoQueryOptions, "onId" | "onProgress">): AsyncGenerator<TrinoPage>;
}

/** A query that only reads can be run twice. */
const READING =
  /^(?:\s|\(|--[^\n]*(?:\n|$)|\/\*(?:[^*]|\*(?!\/))*\*\/)*(?:select|with|values|table|show|describe|desc)\b/i;
/** So many seconds pass before a query is run again, for the cluster to see what it lost. */
const BREATH = 2;

/**
 * A client of Trino, through its REST interface. Nothing is sent before the first query, and nothing to any other server than the one named. Whole numbers are
 * exact: BIGINTs beyond 2^53 are BigInts. A server that answers 429, 502, 503 or 504, or breaks the connection off while the answer is fetched, is asked again
 * for some time. A query that only reads is run a second time where the cluster lost a part of itself; one that writes never is.
 *
 * @throws OptionError if the address cannot be used, or is plain http to another machine; `query` rejects with an EngineError that has Trino's name of the
 *   failure as its code, and the id of the query
 */
export function trinoClient(options: TrinoOptions): TrinoClient {
  const server = addressOf(options);
  const fetch = options.fetch ?? (options.ca === undefined ? globalThis.fetch : httpsFetch(options.ca));
  let link: Promise<TrinoLink> | undefined;
  const linked = () =>
    (link ??= (async () => {
      const credentials = checked(options.credentials ?? (await trinoCredentials()));
      return { server, fetch, credentials, patience: options.patience ?? 30 };
    })());

  const run = async function* (sql: string, { signal, session, onRetry }: TrinoQueryOptions) {
    const headers = headersOf(options, { ...options.session, ...session });
    yield* runStatement(await linked(), { sql, headers, isReading: READING.test(sql), signal, onRetry });
  };
  const collect = async (sql: string, told: TrinoQueryOptions): Promise<TrinoResult> => {
    const rows: unknown[][] = [];
    let last: TrinoPage | undefined;
    for await (const page of run(sql, told)) {
      if (last === undefined) told.onId?.(page.id);
      last = page;
      for (const row of page.rows) rows.push(row);
      told.onProgress?.(progressOf(page.stats));
    }
    const { id, columns = [], stats } = last as TrinoPage;
    return { id, columns, rows, stats };
  };

  return {
    async *pages(sql, told = {}) {
      try {
        yield* run(sql, told);
      } catch (error) {
        throw plain(error);
      }
    },
    async query(sql, told = {}) {
      try {
        return await collect(sql, told);
      } catch (error) {
        if (!(error instanceof TransientFailure) || !READING.test(sql)) throw plain(error);
        told.onRetry?.(`${error.message} It is run a second time.`);
        await breathe(told.signal, error.error.query);
      }
      return await collect(sql, told).catch((error: unknown) => {
        throw plain(error);
      });
    },
  };
}

const plain = (error: unknown): unknown => (error instanceof TransientFailure ? error.error : error);

async function breathe(signal: AbortSignal | undefined, query: string | undefined): Promise<void> {
  try {
    await sleep(BREATH, signal);
  } catch (reason) {
    throw cancelled(reason, query);
  }
}

const progressOf = ({ state, splitsDone, splits, rows, bytes, elapsed }: TrinoStats): TrinoProgress => ({
  state,
  splitsDone,
  splitsTotal: splits,
  rows,
  bytes,
  elapsed,
});

function addressOf({ server: given, ca, allowHttp = false }: TrinoOptions): URL {
  const text = String(given);
  const server = URL.canParse(text) ? new URL(text) : undefined;
  if (server?.protocol !== "https:" && server?.protocol !== "http:")
    throw new OptionError(
      "server",
      `must be an address such as https://trino.example:8443, not ${JSON.stringify(text)}.`,
    );
  if (server.username || server.password)
    throw new OptionError(
      "server",
      "must hold no user and no password: set SPIKELINE_TRINO_USER and SPIKELINE_TRINO_PASSWORD, or give a file of credentials.",
    );
  if (server.protocol === "http:" && !isHere(server.hostname) && !allowHttp)
    throw new OptionError(
      "server",
      `is plain http to another machine (${server.host}): everybody between could read and change what is asked and answered. Use https:, or allow it with \`allowHttp\`.`,
    );
  if (server.protocol === "http:" && ca !== undefined)
    throw new OptionError("ca", `is for https:, and ${server.origin} is plain http. Use https:, or leave it out.`);
  server.search = "";
  server.hash = "";
  if (!server.pathname.endsWith("/")) server.pathname += "/";
  return server;
}

/** Whether a host is this machine. */
const isHere = (host: string): boolean => host === "localhost" || host === "[::1]" || /^127(?:\.\d+){3}$/.test(host);

/** What headers can carry. */
const SENDABLE = /^[\x20-\x7e]+$/;

function checked(credentials: Credentials): Credentials {
  const { user, password, token } = credentials;
  if (password !== undefined && token !== undefined)
    throw new OptionError("credentials", "must be a password or a token, not both.");
  if (user === undefined && token === undefined)
    throw new OptionError("credentials", "must name a user, where there is no token.");
  if (user !== undefined && (!SENDABLE.test(user) || (password !== undefined && user.includes(":"))))
    throw new OptionError("credentials", "must have a user of plain letters, without a colon.");
  if (token !== undefined && !SENDABLE.test(token))
    throw new OptionError("credentials", "must have a token of plain letters, on one line.");
  return credentials;
}

function headersOf(options: TrinoOptions, session: Readonly<Record<string, string>>): Record<string, string> {
  const { catalog, schema, source = "spikeline" } = options;
  for (const [option, value] of Object.entries({ catalog, schema, source }))
    if (value !== undefined && !SENDABLE.test(value))
      throw new OptionError(option, `must be plain letters, not ${JSON.stringify(value)}.`);
  const properties = Object.entries(session).map(([name, value]) => {
    if (!/^[\w.-]+$/.test(name))
      throw new OptionError("session", `has a property ${JSON.stringify(name)}, which no server has.`);
    return `${name}=${encodeURIComponent(value)}`;
  });
  return {
    "content-type": "text/plain; charset=utf-8",
    "x-trino-source": source,
    // else times lose their digits behind the milliseconds
    "x-trino-client-capabilities": "PARAMETRIC_DATETIME",
    ...(catalog !== undefined && { "x-trino-catalog": catalog }),
    ...(schema !== undefined && { "x-trino-schema": schema }),
    ...(properties.length > 0 && { "x-trino-session": properties.join(",") }),
  };
}
