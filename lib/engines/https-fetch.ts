import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { Agent, request } from "node:https";
import { Readable } from "node:stream";
import { OptionError, reasonOf } from "../errors.js";
import { unreadable } from "../files/bytes.js";

/** What is asked of `fetch`. */
export type Fetch = (url: string, init: FetchInit) => Promise<Response>;

/** How it is asked, as `fetch` has it. */
export interface FetchInit {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly redirect: "manual";
  readonly signal: AbortSignal;
}

/** Milliseconds, as Node's own `fetch` has it. */
const LONGEST_SILENCE = 300_000;

/**
 * A `fetch` that trusts the servers whose certificates a given authority signed, and no others: Node's own cannot be told of one.
 *
 * @param ca certificates of authorities in PEM: the text, or the path of a file
 * @throws OptionError if there is no certificate; InputError if the file cannot be read
 */
export function httpsFetch(ca: string): Fetch {
  const agent = new Agent({ ca: certificates(ca), keepAlive: true });
  return (url, { method, headers, body, signal }) =>
    new Promise((resolve, reject) => {
      const plain = { ...headers, "accept-encoding": "identity" };
      const asked = request(url, { method, headers: plain, agent, signal, timeout: LONGEST_SILENCE });
      asked.on("timeout", () => asked.destroy(Object.assign(new Error("no answer"), { code: "ETIMEDOUT" })));
      asked.on("error", (error) => {
        reject(signal.aborted ? (signal.reason as Error) : error);
      });
      asked.on("response", (message) => {
        const status = message.statusCode ?? 0;
        const isEmpty = status === 204 || status === 304;
        if (isEmpty) message.resume();
        const stream = isEmpty ? null : (Readable.toWeb(message) as ReadableStream<Uint8Array>);
        const told = Object.entries(message.headers).map(([name, value]) => [name, String(value)] as [string, string]);
        resolve(new Response(stream, { status, headers: told }));
      });
      asked.end(body);
    });
}

const BEGIN = "-----BEGIN CERTIFICATE-----";

function certificates(ca: string): string {
  const pem = ca.includes(BEGIN) ? ca : textOf(ca);
  try {
    new X509Certificate(pem);
  } catch (error) {
    throw new OptionError("ca", `must be certificates in PEM, or the path of a file of them: ${reasonOf(error)}.`);
  }
  return pem;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw unreadable(path, error);
  }
}
