import { homedir } from "node:os";
import { join } from "node:path";
import { type ReplOptions, type REPLServer, start } from "node:repl";
import { inspect, type InspectOptions } from "node:util";
import type { Command } from "commander";
import type { ColumnTable } from "arquero";
import { OptionError, reasonOf } from "../errors.js";
import { type AnalysisFlags, analyseFiles, withAnalysisOptions } from "./analysis.js";
import { completeColumn } from "./complete-column.js";
import { explanation } from "./explain.js";
import { startFed } from "./feed.js";
import { lookOf } from "./look.js";

const examples = `
Examples:
  spikeline repl traces.json
  spikeline repl calls.csv --columns start=ts:ms,duration=latency:ms --threshold 8
  echo 'spikes.get("duration")' | spikeline repl traces.json`;

/** Adds `spikeline repl`. What it needs is loaded when it runs, so that --help does not wait for it. */
export function replCommand(program: Command): void {
  const command = program
    .command("repl")
    .summary("a trace and its tables to explore in JavaScript")
    .description(
      "Opens Node's REPL on a trace: trace, result, tables and each of them by name, aq (Arquero), and all functions of the package.",
    )
    .argument("<file...>", "traces: files or folders; several are one trace");
  withAnalysisOptions(command)
    .addHelpText("after", examples)
    .action((files: string[], flags: AnalysisFlags) => explore(program, files, flags));
}

async function explore(program: Command, files: string[], flags: AnalysisFlags): Promise<void> {
  if (files.includes("-")) throw new OptionError("-", "cannot be a trace here: standard input is for what is typed.");
  const [aq, spikeline, { warnings }, { tableText }, { tableList }] = await Promise.all([
    import("arquero"),
    import("../index.js"),
    import("./outputs.js"),
    import("../report/table.js"),
    import("../report/table-list.js"),
  ]);
  const { trace, result } = await analyseFiles(files, flags);
  process.stderr.write(warnings(result, trace));

  const { tables } = result;
  const { colour } = lookOf(process.stdout);
  const width = () => process.stdout.columns || 80;
  showTables(aq.ColumnTable.prototype, (table, colours) => tableText(table, { width: width(), colour: colours }));

  const interactive = process.stdin.isTTY && process.stdout.isTTY;
  const options: ReplOptions = {
    prompt: "spikeline> ",
    // with the globals of this process: Arquero knows its own arrays and dates
    useGlobal: true,
    ignoreUndefined: true,
    writer: (value) => inspect(value, { colors: colour }),
  };
  const fed = interactive ? undefined : startFed(options);
  const server = fed?.server ?? start(options);
  const scope: Record<string, unknown> = { ...spikeline, aq, trace, result, tables, ...tables };
  // Node lays names of its own modules there that can only be read
  const fill = () => {
    for (const [name, value] of Object.entries(scope))
      Object.defineProperty(server.context, name, { value, writable: true, enumerable: true, configurable: true });
  };
  fill();
  server.on("reset", fill);
  completeColumns(server, (name) => {
    const value: unknown = server.context[name] ?? tables[name as keyof typeof tables];
    return value instanceof aq.ColumnTable ? value : undefined;
  });

  answer(server, "tables", "What tables there are, with their rows and columns", () =>
    Promise.resolve(tableList(tables, width())),
  );
  answer(server, "explain", "What a term, table, column, code or option means", (term) =>
    explanation(program, term, width()),
  );
  if (!fed) keepHistory(server);
  else if (!(await fed.run())) process.exitCode = 1;
}

/** Has `util.inspect` show tables; in this process only, which is the user's own. */
function showTables(prototype: ColumnTable, text: (table: ColumnTable, colours: boolean) => string): void {
  Object.defineProperty(prototype, inspect.custom, {
    value(this: ColumnTable, depth: number, options: InspectOptions) {
      // within something else there is no room for rows
      if (depth !== options.depth) return `table of ${this.numRows()} rows × ${this.numCols()} columns`;
      return text(this, options.colors ?? false);
    },
  });
}

/** Completes columns of tables, and what Node completes anyway. */
function completeColumns(server: REPLServer, tableNamed: (name: string) => ColumnTable | undefined): void {
  type Completer = (line: string, done: (error: Error | null, found?: unknown) => void) => void;
  const usual = server.completer as Completer;
  const completer: Completer = (line, done) => {
    const found = completeColumn(line, tableNamed);
    if (found) done(null, found);
    else usual.call(server, line, done);
  };
  Object.assign(server, { completer });
}

/** Adds a command like `.tables`. */
function answer(server: REPLServer, name: string, help: string, text: (argument: string) => Promise<string>): void {
  server.defineCommand(name, {
    help,
    action(argument) {
      const say = (line: string) => {
        server.output.write(`${line.trimEnd()}\n`);
        server.displayPrompt();
      };
      text(argument.trim()).then(say, (error: unknown) => {
        say(reasonOf(error));
      });
    },
  });
}

/** Keeps what was typed, in $SPIKELINE_HISTORY or the user's folder; nowhere where it is empty or cannot be written. */
function keepHistory(server: REPLServer): void {
  const path = process.env.SPIKELINE_HISTORY ?? join(homedir(), ".spikeline_history");
  server.setupHistory(path, () => undefined);
}
