import { EngineError, reasonOf } from "../errors.js";

/** What the server tells of a query that failed. */
export interface TrinoFailure {
  readonly message?: string;
  readonly errorName?: string;
  readonly errorType?: string;
}

/** So much of the engine's own words is said at most. */
const LONGEST = 200;

/** The way out, by the engine's name of what went wrong. */
const waysOut: Readonly<Record<string, string>> = {
  CATALOG_NOT_FOUND: "`SHOW CATALOGS` lists what the server has.",
  SCHEMA_NOT_FOUND: "`SHOW SCHEMAS FROM catalog` lists what is there.",
  TABLE_NOT_FOUND: "Name it as catalog.schema.table; `SHOW TABLES FROM catalog.schema` lists what is there.",
  COLUMN_NOT_FOUND: "`DESCRIBE table` lists its columns.",
  MISSING_CATALOG_NAME: "Name the table as catalog.schema.table, or give a catalog and a schema.",
  MISSING_SCHEMA_NAME: "Name the table as catalog.schema.table, or give a schema.",
  PERMISSION_DENIED: "Log in as a user who may read it, or ask the administrator for the right.",
  INVALID_SESSION_PROPERTY: "`SHOW SESSION` lists the properties and what they are.",
  EXCEEDED_LOCAL_MEMORY_LIMIT: "Ask for less at once, or let the administrator raise `query.max-memory-per-node`.",
  EXCEEDED_GLOBAL_MEMORY_LIMIT: "Ask for less at once, or let the administrator raise `query.max-memory`.",
  CLUSTER_OUT_OF_MEMORY: "Ask for less at once, or again when the cluster has less to do.",
  EXCEEDED_TIME_LIMIT: "Ask for less at once, or raise the session property `query_max_run_time`.",
  EXCEEDED_CPU_LIMIT: "Ask for less at once, or let the administrator raise `query.max-cpu-time`.",
  EXCEEDED_SCAN_LIMIT: "Ask for less at once, or let the administrator raise `query.max-scan-physical-bytes`.",
  QUERY_QUEUE_FULL: "Ask again when the cluster has less to do.",
  USER_CANCELED: "It was cancelled elsewhere; ask again if that was a mistake.",
  ADMINISTRATIVELY_KILLED: "An administrator, or a rule of the cluster, ended it; ask there why.",
  ADMINISTRATIVELY_PREEMPTED: "The cluster ended it for another one; ask again later.",
  ABANDONED_QUERY: "The server had no request for its answer for too long. Ask again.",
};

/** A part of the cluster was lost: asked again, the rest of it may answer. */
const LOST = new Set([
  "PAGE_TRANSPORT_TIMEOUT",
  "PAGE_TRANSPORT_ERROR",
  "REMOTE_HOST_GONE",
  "REMOTE_TASK_ERROR",
  "REMOTE_TASK_MISMATCH",
  "REMOTE_TASK_FAILED",
  "NO_NODES_AVAILABLE",
  "TOO_MANY_REQUESTS_FAILED",
  "SERVER_SHUTTING_DOWN",
  "SERVER_STARTING_UP",
]);
/** Our own name of a query that the server no longer knows, as after its restart. */
export const QUERY_GONE = "QUERY_GONE";

/** Says why a query failed. Where it was the cluster's fault, and not the statement's, `isTransient` says so. */
export function failureOf({ message = "", errorName = "UNKNOWN", errorType }: TrinoFailure, query: string): Failure {
  const lost = LOST.has(errorName);
  const wayOut =
    waysOut[errorName] ?? (lost ? "A part of the cluster was lost. Ask again." : typedWaysOut[errorType ?? ""]);
  return {
    error: new EngineError("trino", errorName, [sentence(shortened(message) || errorName), wayOut].join(" ").trim(), {
      query,
    }),
    isTransient: lost || errorType === "INTERNAL_ERROR" || errorType === "EXTERNAL",
  };
}

/** Why a query failed, and whether the like may go well another time. */
export interface Failure {
  readonly error: EngineError;
  readonly isTransient: boolean;
}

const typedWaysOut: Readonly<Record<string, string>> = {
  USER_ERROR: "Mend the statement or the options.",
  INSUFFICIENT_RESOURCES: "Ask for less at once, or again when the cluster has less to do.",
  INTERNAL_ERROR: "Ask again; if it stays so, the administrator finds the query in the server's log.",
  EXTERNAL: "What the catalog reads from has failed: ask its administrator.",
};

/** Says that the server refuses who asks, or what is asked, by the status of its answer. */
export function refusalOf(status: number, body: string, asked: Asked): EngineError {
  const { server, user, hasSecret, query } = asked;
  const who = user === undefined ? "the bearer of the token" : `the user ${JSON.stringify(user)}`;
  if (status === 401)
    return new EngineError(
      "trino",
      "401",
      hasSecret
        ? `${server} does not take ${who} with this password or token. Check both; a token may have run out.`
        : `${server} asks for a login. Set SPIKELINE_TRINO_USER and SPIKELINE_TRINO_PASSWORD, or SPIKELINE_TRINO_TOKEN, or give a file of credentials.`,
      { query },
    );
  if (status === 403)
    return new EngineError(
      "trino",
      "403",
      `${server} lets ${who} not in here: ${sentence(shortened(body) || "forbidden")} Log in as another user, or ask the administrator for the right.`,
      { query },
    );
  if (query !== undefined && (status === 404 || status === 410))
    return new EngineError(
      "trino",
      QUERY_GONE,
      `${server} no longer knows the query: it was restarted, or the query's answer was not fetched for too long. Ask again.`,
      { query },
    );
  if (status >= 300 && status < 400)
    return new EngineError(
      "trino",
      String(status),
      `${server} sends elsewhere${asked.location === undefined ? "" : `, to ${shortened(asked.location)}`}. Give the address of the coordinator itself.`,
      { query },
    );
  if (status === 404 || isHtml(body)) return notTrino(server, `it answers ${status}${isHtml(body) ? " and HTML" : ""}`);
  return new EngineError(
    "trino",
    String(status),
    `${server} answers ${status}: ${sentence(shortened(body) || "without a word")} ${status >= 500 || status === 429 ? "Ask again later." : "Check the options."}`,
    { query },
  );
}

/** Whom was asked, and by whom. */
export interface Asked {
  readonly server: string;
  readonly user: string | undefined;
  readonly hasSecret: boolean;
  readonly query?: string | undefined;
  readonly location?: string | undefined;
}

/** Says that whatever answers is something else. */
export const notTrino = (server: string, why: string): EngineError =>
  new EngineError(
    "trino",
    "NOT_TRINO",
    `${server} is no Trino: ${why}. Give the address of the coordinator, such as https://trino.example:8443.`,
  );

/** Says that the server named a place elsewhere for the rest of an answer. */
export const elsewhere = (server: string, nextUri: string, query: string): EngineError =>
  new EngineError(
    "trino",
    "ELSEWHERE",
    `${server} sends to ${shortened(nextUri)} for the rest of the answer, and nothing is asked of anybody else. Behind a proxy the coordinator needs \`http-server.process-forwarded=true\`; or give the address that it names itself.`,
    { query },
  );

/** Says that the query was cancelled from here. */
export const cancelled = (reason: unknown, query: string | undefined): EngineError =>
  new EngineError(
    "trino",
    "USER_CANCELED",
    (reason as Error | undefined)?.name === "TimeoutError"
      ? "the time that was given ran out, and the query was cancelled. Give it longer, or ask for less at once."
      : "the query was cancelled.",
    { query, cause: reason },
  );

/** Says why there is no connection. */
export function unreachable(error: unknown, server: string, query?: string): EngineError {
  const code = connectionCode(error);
  return new EngineError("trino", code ?? "UNREACHABLE", `${server} ${reasonUnreachable(code, error)}`, {
    query,
    cause: error,
  });
}

function reasonUnreachable(code: string | undefined, error: unknown): string {
  switch (code) {
    case "ECONNREFUSED":
      return "refuses the connection. Check the address and the port, and whether the server is up.";
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return "is no machine that is known here. Check the address, and the network.";
    case "ETIMEDOUT":
    case "EHOSTUNREACH":
    case "ENETUNREACH":
    case "UND_ERR_CONNECT_TIMEOUT":
    case NO_ANSWER:
      return "does not answer. Check the address, and the network between.";
    case "ECONNRESET":
    case "EPIPE":
    case "UND_ERR_SOCKET":
      return "breaks the connection off. Check whether it wants https: or http:, and whether the server is up.";
    case "EPROTO":
    case "ERR_SSL_WRONG_VERSION_NUMBER":
    case "ERR_SSL_PACKET_LENGTH_TOO_LONG":
      return "does not speak https: at this port. Check the port, or use http: where that is allowed.";
    default:
      return code !== undefined && /CERT|SIGNATURE/.test(code)
        ? `has a certificate that is not trusted (${code}). Give the authority that signed it as \`ca\`.`
        : `cannot be asked: ${sentence(shortened(innermost(error)))} Check the address.`;
  }
}

/** Our own name of a server that says nothing for too long. */
export const NO_ANSWER = "NO_ANSWER";

/** The system's name of what happened to a connection. */
export function connectionCode(error: unknown): string | undefined {
  for (let at = error; at instanceof Error; at = at.cause)
    if ("code" in at && typeof at.code === "string") return at.code;
  return undefined;
}

function innermost(error: unknown): string {
  let at = error;
  while (at instanceof Error && at.cause instanceof Error) at = at.cause;
  return reasonOf(at);
}

const isHtml = (body: string): boolean => /^\s*<(?:!doctype|html)/i.test(body);

/** On one line, and not for ever. */
function shortened(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST - 1)}…`;
}

const sentence = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);
