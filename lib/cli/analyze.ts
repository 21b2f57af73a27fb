import type { Command } from "commander";
import { OptionError } from "../errors.js";
import type { TableFormat } from "../files/write-table.js";
import { type AnalysisFlags, analyseFiles, withAnalysisOptions } from "./analysis.js";
import { asksForEngine } from "./analyze-on.js";
import { type EngineFlags, withEngineOptions } from "./engine-options.js";
import { lookOf } from "./look.js";
import { list, oneOf } from "./values.js";
import { write } from "./write.js";

export interface AnalyzeFlags extends AnalysisFlags, EngineFlags {
  readonly out?: string;
  readonly format: TableFormat;
  readonly json?: true;
  readonly tables?: string[];
  readonly strict?: true;
}

const examples = `
Examples:
  spikeline analyze traces.json
  spikeline analyze traces.json --out out/ --tables summary,spikes
  spikeline analyze traces.json --mode nat --json > result.json
  spikeline analyze calls.csv --columns start=ts:ms,duration=latency:ms,example=session,name=model
  spikeline analyze calls.csv --columns start=ts:ms,duration=latency:ms --engine duckdb --memory-limit 1GB --group-by model`;

/** Adds `spikeline analyze`. What it needs is loaded when it runs, so that --help does not wait for it. */
export function analyzeCommand(program: Command): void {
  const command = program
    .command("analyze")
    .summary("calls in flight, spikes and what they cost")
    .description("Reports how many calls were in flight, when that spiked, and what it cost in latency and tokens.")
    .argument("[file...]", "traces: files, folders, or - for standard input; several are one trace")
    .option("-o, --out <dir>", "write a file for each table into this folder")
    .option(
      "--format <format>",
      "of the tables: csv, tsv, json, ndjson, arrow or parquet",
      oneOf("csv", "tsv", "json", "ndjson", "arrow", "parquet"),
      "csv",
    )
    .option("--tables <a,b>", "only these tables; a single one goes to standard output if there is no --out", list)
    .option("--json", "print the result as JSON, in the shape of NAT's profiler")
    .option("--strict", "exit with 1 if anything could not be used as it stands");
  withEngineOptions(withAnalysisOptions(command)).addHelpText("after", examples).action(analyze);
}

async function analyze(files: string[], flags: AnalyzeFlags): Promise<void> {
  const [{ counted }, { hasProblems }, outputs] = await Promise.all([
    import("../report/format.js"),
    import("../report/inspect.js"),
    import("./outputs.js"),
  ]);
  if (asksForEngine(flags)) {
    await (await import("./analyze-elsewhere.js")).analyzeElsewhere(files, flags);
    return;
  }
  if (files.length === 0)
    throw new OptionError("<file...>", "is missing. Name the files of a trace, or - for standard input.");
  const names = outputs.tableNames(flags.tables, flags.out);
  const { trace, result } = await analyseFiles(files, flags);

  if (flags.out !== undefined) await outputs.writeTables(result, trace, names, flags.out, flags.format);
  process.stderr.write(outputs.warnings(result, trace));
  if (flags.strict && hasProblems(result.diagnostics)) process.exitCode = 1;
  if (flags.out !== undefined) process.stderr.write(`${counted(names.length, "table")} written to ${flags.out}\n`);
  if (flags.json) await write(process.stdout, outputs.json(result));
  else if (flags.tables && flags.out === undefined)
    await write(process.stdout, await outputs.content(result, trace, names[0], flags.format));
  else await write(process.stdout, [result.report(lookOf(process.stdout))]);
}
