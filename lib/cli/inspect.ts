import type { Command } from "commander";
import { load } from "./load.js";
import { write } from "./write.js";

interface Flags {
  readonly columns?: string;
  readonly strict?: true;
}

const examples = `
Examples:
  spikeline inspect traces.json
  spikeline inspect calls.csv --columns start=ts:ms,duration=latency:ms --strict`;

/** Adds `spikeline inspect`. What it needs is loaded when it runs, so that --help does not wait for it. */
export function inspectCommand(program: Command): void {
  program
    .command("inspect")
    .summary("what a file is and holds, and what could not be used")
    .description("Tells the format of a trace, what it holds, and what became of every event or row of it.")
    .argument("<file...>", "traces: files, folders, or - for standard input; several are one trace")
    .option("--columns <a=b:unit,...>", "which columns of a table of calls hold what; units: s, ms, us, ns, iso")
    .option("--strict", "exit with 1 if anything could not be used as it stands")
    .addHelpText("after", examples)
    .action(inspect);
}

async function inspect(files: string[], { columns, strict }: Flags): Promise<void> {
  const { diagnosticsOf, hasProblems, inspectReport } = await import("../report/inspect.js");
  const trace = await load(files, columns);
  const diagnostics = diagnosticsOf(trace);
  await write(process.stdout, [inspectReport(trace, diagnostics)]);
  if (strict && hasProblems(diagnostics)) process.exitCode = 1;
}
