import { Recoverable, type REPLEval, type REPLServer, type ReplOptions, start } from "node:repl";
import { createInterface } from "node:readline";
import { PassThrough, Writable } from "node:stream";

/** A REPL that a script is piped into. */
export interface Fed {
  readonly server: REPLServer;
  /** Runs the lines of standard input one after the other, up to the first error; tells whether there was none. */
  run(): Promise<boolean>;
}

/** Starts a REPL that prints no prompts, and errors on standard error. By itself Node's does not wait for a line that awaits something. */
export function startFed(options: ReplOptions): Fed {
  const state: { server?: REPLServer; open: boolean } = { open: false };
  const failed = () => state.server?.lastError !== undefined;
  const input = new PassThrough();
  const output = new Writable({
    decodeStrings: false,
    write(chunk: string, _encoding, done) {
      // whoever closes the pipe has seen enough
      (failed() ? process.stderr : process.stdout).write(chunk, () => {
        done();
      });
    },
  });
  const server = start({ ...options, input, output, terminal: false, prompt: "" });
  state.server = server;
  const evaluate: REPLEval = server.eval;
  const watched: REPLEval = function (code, context, file, done) {
    evaluate.call(this, code, context, file, (error, value) => {
      state.open = error instanceof Recoverable;
      done(error, value);
    });
  };
  Object.assign(server, { eval: watched });

  const run = async (): Promise<boolean> => {
    const ended = new Promise<void>((resolve) => server.on("exit", resolve));
    for await (const line of createInterface({ input: process.stdin })) {
      // a prompt says that a line is done
      const done = new Promise<void>(
        (resolve) =>
          (server.displayPrompt = () => {
            resolve();
          }),
      );
      input.write(`${line}\n`);
      await Promise.race([done, ended]);
      if (failed()) break;
    }
    input.end();
    await ended;
    if (state.open && !failed()) process.stderr.write("spikeline: the script breaks off in the midst of a statement\n");
    return !failed() && !state.open;
  };
  return { server, run };
}
