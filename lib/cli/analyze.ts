import { type Command, InvalidArgumentError } from "commander";
import type { ConcurrencySpikeResult } from "../analyze.js";
import type { TableFormat } from "../files/write-table.js";
import type { AnalysisOptions } from "../tables/options.js";
import { load } from "./load.js";
import { lookOf } from "./look.js";
import { list, oneOf } from "./values.js";
import { write } from "./write.js";

type Given = Pick<AnalysisOptions, "mode" | "threshold" | "kinds" | "counting" | "openCalls" | "where" | "align">;

interface Flags extends Given {
  readonly out?: string;
  readonly format: TableFormat;
  readonly json?: true;
  readonly tables?: string[];
  readonly columns?: string;
  readonly window?: [from: string, to: string];
  /** false for --no-dedupe */
  readonly dedupe: boolean;
  readonly strict?: true;
}

const examples = `
Examples:
  spikeline analyze traces.json
  spikeline analyze traces.json --out out/ --tables summary,spikes
  spikeline analyze traces.json --mode nat --json > result.json
  spikeline analyze calls.csv --columns start=ts:ms,duration=latency:ms,example=session,name=model`;

/** Adds `spikeline analyze`. What it needs is loaded when it runs, so that --help does not wait for it. */
export function analyzeCommand(program: Command): void {
  program
    .command("analyze")
    .summary("calls in flight, spikes and what they cost")
    .description("Reports how many calls were in flight, when that spiked, and what it cost in latency and tokens.")
    .argument("<file...>", "traces: files, folders, or - for standard input; several are one trace")
    .option("-o, --out <dir>", "write a file for each table into this folder")
    .option(
      "--format <format>",
      "of the tables: csv, tsv, json, ndjson, arrow or parquet",
      oneOf("csv", "tsv", "json", "ndjson", "arrow", "parquet"),
      "csv",
    )
    .option("--tables <a,b>", "only these tables; a single one goes to standard output if there is no --out", list)
    .option("--json", "print the result as JSON, in the shape of NAT's profiler")
    .option(
      "--mode <mode>",
      "default, or nat: exactly what NAT's profiler computes",
      oneOf("default", "nat"),
      "default",
    )
    .option("--threshold <n>", "calls in flight from which on it is a spike (else: p90 of busy time)", wholeNumber)
    .option("--kinds <a,b>", "kinds of operation that count (else: LLM,TOOL)", list)
    .option(
      "--counting <how>",
      "inclusive: every call; leaf: those that hold no other; exclusive: a call only while no call below it runs",
      oneOf("inclusive", "leaf", "exclusive"),
    )
    .option("--no-dedupe", "count a model call once for each instrumentation that recorded it")
    .option("--open-calls <how>", "calls that never ended: censor, drop or zero", oneOf("censor", "drop", "zero"))
    .option("--columns <a=b:unit,...>", "which columns of a table of calls hold what; units: s, ms, us, ns, iso")
    .option("--where <column=value>", "only calls with this value; can be given several times", equation)
    .option("--window <from..to>", "only this stretch of time: seconds since the origin, or dates", stretch)
    .option("--strict", "exit with 1 if anything could not be used as it stands")
    .option("--align <how>", "start: move every example to 0", oneOf("start"))
    .addHelpText("after", examples)
    .action(analyze);
}

async function analyze(files: string[], flags: Flags): Promise<void> {
  const [{ concurrencySpikeAnalysis }, { counted }, { hasProblems }, { resolveOptions }, outputs] = await Promise.all([
    import("../analyze.js"),
    import("../report/format.js"),
    import("../report/inspect.js"),
    import("../tables/options.js"),
    import("./outputs.js"),
  ]);
  const { mode, threshold, kinds, counting, openCalls, where, align } = flags;
  const dedupe = flags.dedupe ? undefined : false;
  const options = { mode, threshold, kinds, counting, dedupe, openCalls, where, align } as AnalysisOptions;
  // wrong options are told before a long file is read
  resolveOptions(options);
  const names = outputs.tableNames(flags.tables, flags.out);

  const trace = await load(files, flags.columns);
  outputs.checkKinds(kinds, trace);
  const window = flags.window && outputs.windowOf(flags.window, trace);
  const result: ConcurrencySpikeResult = concurrencySpikeAnalysis(trace, { ...options, ...(window && { window }) });

  if (flags.out !== undefined) await outputs.writeTables(result, trace, names, flags.out, flags.format);
  process.stderr.write(outputs.warnings(result, trace));
  if (flags.strict && hasProblems(result.diagnostics)) process.exitCode = 1;
  if (flags.out !== undefined) process.stderr.write(`${counted(names.length, "table")} written to ${flags.out}\n`);
  if (flags.json) await write(process.stdout, outputs.json(result));
  else if (flags.tables && flags.out === undefined)
    await write(process.stdout, await outputs.content(result, trace, names[0], flags.format));
  else await write(process.stdout, [result.report(lookOf(process.stdout))]);
}

function wholeNumber(value: string): number {
  if (!/^[+-]?\d+$/.test(value)) throw new InvalidArgumentError("It must be a whole number.");
  return Number(value);
}

function equation(value: string, before: Record<string, string> = {}): Record<string, string> {
  const equals = value.indexOf("=");
  if (equals < 1) throw new InvalidArgumentError("It must be like model=NAME.");
  return { ...before, [value.slice(0, equals)]: value.slice(equals + 1) };
}

function stretch(value: string): [string, string] {
  const ends = value.split("..");
  if (ends.length !== 2) throw new InvalidArgumentError("It must be like 60..120; either end can be left out.");
  return [ends[0].trim(), ends[1].trim()];
}
