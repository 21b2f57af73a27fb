import { Buffer } from "node:buffer";
import { EngineError, InputError } from "../errors.js";
import { readJsonDocuments } from "../files/json-documents.js";
import { quickJson } from "../files/quick-json.js";
import { streamChunks } from "../files/stream-chunks.js";
import type { Fetch } from "./https-fetch.js";
import type { Credentials } from "./trino-credentials.js";
import { connectionCode, elsewhere, NO_ANSWER, notTrino, refusalOf, unreachable } from "./trino-errors.js";

/** A server, and who asks it. */
export interface TrinoLink {
  readonly server: URL;
  readonly fetch: Fetch;
  readonly credentials: Credentials;
  /** how many seconds a server that was lost is waited for */
  readonly patience: number;
}

/** One request, tried until it is answered. */
export interface Request {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** whether it may be sent again though the server may have heard it */
  readonly isRepeatable: boolean;
  readonly query?: string;
  readonly signal: AbortSignal | undefined;
  /** how many seconds the answer is still waited for once the signal is aborted */
  readonly grace?: number;
  readonly onRetry: ((message: string) => void) | undefined;
}

/** What the server answers, as far as it is JSON. */
export type Answer = Readonly<Record<string, unknown>> & { readonly id: string };

/** A server that says nothing for so many seconds is lost; it answers within one, even where it has nothing to tell. */
const LONGEST_SILENCE = 60;
/** The waits between tries, in seconds. */
const [FIRST_WAIT, LONGEST_WAIT] = [0.1, 5];
/** So many seconds a cancelled query is given to be heard of. */
const CANCEL_LIMIT = 5;

const BUSY = new Set([429, 502, 503, 504]);
/** Answers to a request that surely did not come in. */
const UNHEARD = new Set([429, 503]);
const BROKEN = new Set(["ECONNRESET", "EPIPE", "ETIMEDOUT", "UND_ERR_SOCKET", NO_ANSWER]);

/**
 * Asks, and again where the server is too busy or the connection breaks, with longer and longer waits.
 *
 * @throws EngineError if there is no answer, or one that refuses; what the signal was aborted with
 */
export async function ask(link: TrinoLink, request: Request): Promise<Answer> {
  const { signal, query, onRetry } = request;
  const end = Date.now() + 1000 * link.patience;
  for (let wait = FIRST_WAIT, isFirst = true; ; wait = Math.min(2 * wait, LONGEST_WAIT), isFirst = false) {
    let pause = wait;
    let failure: EngineError;
    try {
      const answer = await exchange(link, request);
      if (!(answer instanceof Refusal)) return answer;
      failure = answer.error;
      if (!(request.isRepeatable ? BUSY : UNHEARD).has(answer.status)) throw failure;
      pause = Math.max(wait, answer.retryAfter);
    } catch (error) {
      if (error instanceof EngineError) throw error;
      signal?.throwIfAborted();
      if (!isConnection(error)) throw error;
      failure = unreachable(error, link.server.origin, query);
      // a server that was there a moment ago may come back
      const isLost = BROKEN.has(failure.code) || (query !== undefined && failure.code === "ECONNREFUSED");
      if (!isLost || !request.isRepeatable) throw failure;
    }
    if (Date.now() + 1000 * pause > end) throw failure;
    if (isFirst) onRetry?.(`${failure.message} It is tried for another ${link.patience} s.`);
    await sleep(pause, signal);
  }
}

/** Ends a query on the server; whether that heard of it is not known for sure. */
export async function cancel(link: TrinoLink, url: string): Promise<void> {
  try {
    await link.fetch(url, {
      method: "DELETE",
      headers: identity(link.credentials),
      redirect: "manual",
      signal: AbortSignal.timeout(1000 * CANCEL_LIMIT),
    });
  } catch {
    // gone, then, and the query with it, or ended by the server itself when nobody asks for its answer
  }
}

/**
 * The address of the next part of an answer, if it is one of the server that was asked: nobody else gets the credentials.
 *
 * @throws EngineError if it is another's
 */
export function ownAddress(link: TrinoLink, nextUri: unknown, query: string): string | undefined {
  if (nextUri === undefined || nextUri === null) return undefined;
  const address = typeof nextUri === "string" && URL.canParse(nextUri) ? new URL(nextUri) : undefined;
  if (address?.origin !== link.server.origin || address.username || address.password)
    throw elsewhere(link.server.origin, JSON.stringify(nextUri), query);
  return address.href;
}

/** An answer of another status than 200. */
class Refusal {
  constructor(
    readonly status: number,
    readonly error: EngineError,
    /** the seconds that the server asks to wait */
    readonly retryAfter: number,
  ) {}
}

/** Asks once. A server that is silent for too long is given up, and one whose answer nobody waits for any more, a moment later. */
async function exchange(link: TrinoLink, request: Request): Promise<Answer | Refusal> {
  const { method, url, headers, body, signal, grace = 0 } = request;
  const limit = new AbortController();
  const giveUp = (after: number, reason: unknown) =>
    setTimeout(() => {
      limit.abort(reason);
    }, 1000 * after);
  const silence = giveUp(LONGEST_SILENCE, Object.assign(new Error("no answer"), { code: NO_ANSWER }));
  let stopping: ReturnType<typeof giveUp> | undefined;
  const stop = () => {
    stopping = giveUp(grace, signal?.reason);
  };
  if (signal?.aborted) stop();
  else signal?.addEventListener("abort", stop, { once: true });
  try {
    const response = await link.fetch(url, {
      method,
      headers: { ...identity(link.credentials), ...headers },
      ...(body !== undefined && { body }),
      redirect: "manual",
      signal: limit.signal,
    });
    clearTimeout(silence);
    if (response.ok) return await answerOf(response, link);
    const error = refusalOf(response.status, await response.text(), {
      server: link.server.origin,
      user: link.credentials.user,
      hasSecret: link.credentials.password !== undefined || link.credentials.token !== undefined,
      query: request.query,
      location: response.headers.get("location") ?? undefined,
    });
    return new Refusal(response.status, error, retryAfter(response));
  } finally {
    clearTimeout(silence);
    clearTimeout(stopping);
    signal?.removeEventListener("abort", stop);
  }
}

async function answerOf(response: Response, link: TrinoLink): Promise<Answer> {
  const { origin } = link.server;
  if (!response.body) throw notTrino(origin, "it answers nothing");
  let answer: unknown;
  try {
    const json = { alloc: (length: number) => Buffer.alloc(length), parse: quickJson };
    // long whole numbers come as texts, for JSON's would be rounded
    await readJsonDocuments(
      streamChunks(response.body),
      undefined,
      (document) => {
        answer = document;
      },
      json,
    );
  } catch (error) {
    if (error instanceof InputError) throw notTrino(origin, "it answers something that is no JSON");
    throw error;
  }
  const { id, stats } = (answer ?? {}) as { id?: unknown; stats?: unknown };
  if (typeof id !== "string" || typeof stats !== "object")
    throw notTrino(origin, "it answers JSON, but tells of no query");
  return answer as Answer;
}

/** Who asks, as headers. */
function identity({ user, password, token }: Credentials): Record<string, string> {
  const basic = password === undefined ? undefined : Buffer.from(`${user ?? ""}:${password}`).toString("base64");
  return {
    ...(user !== undefined && { "x-trino-user": user }),
    ...(basic !== undefined && { authorization: `Basic ${basic}` }),
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  };
}

/** Whether it was the connection that failed: Node's https says so by a code, `fetch` by a cause. */
const isConnection = (error: unknown): error is Error =>
  error instanceof Error && (connectionCode(error) !== undefined || error.cause instanceof Error);

/** The seconds that the server asks to wait. */
function retryAfter(response: Response): number {
  const told = response.headers.get("retry-after");
  if (told === null) return 0;
  const seconds = /^\d+$/.test(told) ? Number(told) : (Date.parse(told) - Date.now()) / 1000;
  return Number.isNaN(seconds) ? 0 : seconds;
}

/** Waits some seconds, or throws what the signal is aborted with. */
export const sleep = (seconds: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, 1000 * seconds);
    if (signal?.aborted) stop();
    else signal?.addEventListener("abort", stop, { once: true });
  });
