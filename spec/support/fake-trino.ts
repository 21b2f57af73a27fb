import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";

export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** What is answered: an object as JSON; a text as it is, with a status; "reset" breaks the connection off, "silent" says nothing. */
export type Reply =
  | Readonly<Record<string, unknown>>
  | { readonly status: number; readonly text: string; readonly headers?: Readonly<Record<string, string>> }
  | "reset"
  | "silent";

export interface FakeTrino {
  readonly url: string;
  /** all that was asked, in order */
  readonly asked: Asked[];
  /** the methods and paths of it */
  readonly paths: () => string[];
}

const running: Server[] = [];
afterEach(() => {
  for (const server of running.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A server on this machine that answers one request after the other as it is told; a DELETE always with 204. Gone after the test. */
export async function fakeTrino(
  replies: (url: string) => readonly Reply[],
  secured?: { readonly key: string; readonly cert: string },
): Promise<FakeTrino> {
  const asked: Asked[] = [];
  let left: Reply[] = [];
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "", url = "", headers } = request;
      asked.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
      if (method === "DELETE") return void response.writeHead(204).end();
      const reply = left.shift() ?? { status: 500, text: "nothing is left to say" };
      if (reply === "silent") return;
      if (reply === "reset") return void request.socket.destroy();
      if ("text" in reply) response.writeHead(reply.status as number, reply.headers as Record<string, string>);
      response.end("text" in reply ? reply.text : JSON.stringify(reply));
    });
  };
  const server = secured ? createSecureServer(secured, listener) : createServer(listener);
  running.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `${secured ? "https" : "http"}://127.0.0.1:${(server.address() as AddressInfo).port}`;
  left = [...replies(url)];
  return { url, asked, paths: () => asked.map(({ method, url: path }) => `${method} ${path}`) };
}

/** An answer of a query. */
export const answer = (more: Readonly<Record<string, unknown>> = {}): Reply => ({
  id: "q1",
  infoUri: "http://127.0.0.1/ui",
  stats: { state: "RUNNING", totalSplits: 4, completedSplits: 1, processedRows: 10, elapsedTimeMillis: 1500 },
  ...more,
});

/** A column with a type without parameters. */
export const column = (name: string, type: string) => ({ name, type, typeSignature: { rawType: type, arguments: [] } });

/** A failure as the server tells it. */
export const failure = (errorName: string, errorType: string, message: string): Reply =>
  answer({ error: { message, errorName, errorType, errorCode: 1 } });
