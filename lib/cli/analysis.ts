import { type Command, InvalidArgumentError } from "commander";
import type { ConcurrencySpikeResult } from "../analyze.js";
import type { AnalysisOptions } from "../tables/options.js";
import type { Trace } from "../tables/trace.js";
import { load } from "./load.js";
import { equation, list, oneOf, wholeNumber } from "./values.js";

type Given = Pick<AnalysisOptions, "mode" | "threshold" | "kinds" | "counting" | "openCalls" | "where" | "align">;

/** What the options of an analysis give. */
export interface AnalysisFlags extends Given {
  readonly columns?: string;
  readonly window?: [from: string, to: string];
  /** false for --no-dedupe */
  readonly dedupe: boolean;
}

/** Adds the options that say what is analysed and how, to a command that does. */
export const withAnalysisOptions = (command: Command): Command =>
  command
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
    .option("--align <how>", "start: move every example to 0", oneOf("start"));

/** A trace and what an analysis found in it; `window` in seconds, where one was given. */
export interface Analysis {
  readonly trace: Trace;
  readonly result: ConcurrencySpikeResult;
  readonly window: readonly [from: number, to: number] | undefined;
}

/** Loads files as one trace and analyses it. Wrong options are told before a long file is read. */
export async function analyseFiles(files: readonly string[], flags: AnalysisFlags): Promise<Analysis> {
  const [{ concurrencySpikeAnalysis }, { resolveOptions }, { checkKinds, windowOf }] = await Promise.all([
    import("../analyze.js"),
    import("../tables/options.js"),
    import("./outputs.js"),
  ]);
  const { mode, threshold, kinds, counting, openCalls, where, align } = flags;
  const dedupe = flags.dedupe ? undefined : false;
  const options = { mode, threshold, kinds, counting, dedupe, openCalls, where, align } as AnalysisOptions;
  resolveOptions(options);

  const trace = await load(files, flags.columns);
  checkKinds(kinds, trace);
  const window = flags.window && windowOf(flags.window, trace);
  return { trace, result: concurrencySpikeAnalysis(trace, { ...options, ...(window && { window }) }), window };
}

function stretch(value: string): [string, string] {
  const ends = value.split("..");
  if (ends.length !== 2) throw new InvalidArgumentError("It must be like 60..120; either end can be left out.");
  return [ends[0].trim(), ends[1].trim()];
}
