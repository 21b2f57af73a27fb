import { extname, resolve } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import type { ColumnTable } from "arquero";
import { OptionError } from "../errors.js";
import type { GenerateOptions } from "../generate/options.js";
import type { Truth } from "../generate/truth.js";
import { write } from "./write.js";

type As = "nat-json" | "nat-csv" | "tidy";

interface Flags extends GenerateOptions {
  readonly output: string;
  readonly as?: As;
  readonly truth?: string;
}

const examples = `
Examples:
  spikeline generate -o trace.csv --calls 5000 --seed 7
  spikeline generate -o trace.json --incident slowdown --incident-window 120..180 --truth truth.json
  spikeline generate -o - --arrivals closed --users 50 --contention 0.05,0.001 | spikeline analyze -`;

/** Adds `spikeline generate`. What it needs is loaded when it runs, so that --help does not wait for it. */
export function generateCommand(program: Command): void {
  program
    .command("generate")
    .summary("a seeded trace of agents at work, to try things out")
    .description("Writes a trace of simulated agents that behave like real ones. The same seed gives the same bytes.")
    .requiredOption("-o, --output <file>", "the trace; - is standard output")
    .option("--as <format>", "nat-json, nat-csv or tidy (else: .json is nat-json, .csv and - are tidy)", format)
    .option("--truth <file>", "write what is true of it as JSON: options, incidents, counts, clocks")
    .option("--seed <n>", "from 0 to 4294967295 (else: 1)", number)
    .option("--calls <n>", "model and tool calls, exactly (else: 1000)", number)
    .option("--examples <n>", "sessions that they are in (else: a twelfth of the calls)", number)
    .option("--arrivals <kind>", "of the sessions: poisson, bursty, daily or closed (else: poisson)")
    .option("--rate <r>", "sessions per second, on average (else: 0.2)", number)
    .option("--users <n>", "of --arrivals closed (else: 20)", number)
    .option("--think <seconds>", "of a user between sessions, on average (else: 30)", number)
    .option("--gap <seconds>", "between the turns of a session, on average (else: 5)", number)
    .option("--contention <sigma,kappa>", "how a model slows down with its calls in flight (else: 0,0)", pair)
    .option("--failures <share>", "calls that fail, from 0 to 1 (else: 0)", number)
    .option("--retries <n>", "how often a failed call is made again (else: 2)", number)
    .option("--missing-ends <share>", "calls whose END is not written, from 0 to 1 (else: 0)", number)
    .option(
      "--clock-skew <seconds>",
      "how far off the clocks of the hosts are, as a standard deviation (else: 0)",
      number,
    )
    .option("--hosts <n>", "that the agents run on (else: 4)", number)
    .option("--incident <name>", "burst (of arrivals), slowdown (of calls) or both (else: none)")
    .option("--incident-factor <x>", "how many times as many, as long (else: 4)", number)
    .option("--incident-window <from..to>", "when, in seconds (else: at 0.6 to 0.7 of the time)", stretch)
    .addHelpText("after", examples)
    .action(generate);
}

async function generate({ output, as: given, truth: truthFile, ...options }: Flags): Promise<void> {
  const as = given ?? formatOf(output);
  checkFit(options);
  checkTruth(truthFile, output);
  const { resolveGenerateOptions } = await import("../generate/options.js");
  resolveGenerateOptions(options);
  const [{ generateTrace, truthOf }, { writeFilesWhole }, { writtenLine }, writer] = await Promise.all([
    import("../generate/generate-trace.js"),
    import("../files/write-files.js"),
    import("./written-line.js"),
    writerOf(as),
  ]);

  let truth: Truth | undefined;
  const trace = function* (): Generator<ColumnTable, void, undefined> {
    truth = yield* generateTrace(options);
  };
  // a reader that closed the pipe has left the trace unfinished, and the truth with it
  const truthText = () => Promise.resolve([`${JSON.stringify(truth ?? truthOf(options), null, 2)}\n`]);
  const truthFiles = truthFile === undefined ? [] : [{ path: truthFile, content: truthText }];
  if (output === "-") {
    await write(process.stdout, writer(trace()));
    await writeFilesWhole(truthFiles);
  } else {
    await writeFilesWhole([{ path: output, content: () => Promise.resolve(writer(trace())) }, ...truthFiles]);
  }
  if (truth) process.stderr.write(writtenLine(truth, output, truthFile));
}

async function writerOf(as: As): Promise<(tables: Iterable<ColumnTable>) => Iterable<string>> {
  if (as === "nat-json") return (await import("../formats/nat-json.js")).writeNatJson;
  if (as === "nat-csv") return (await import("../formats/nat-csv.js")).writeNatCsv;
  return (await import("../files/write-table.js")).tablesAsCsv;
}

function formatOf(output: string): As {
  const ending = extname(output).toLowerCase();
  if (output === "-" || ending === ".csv") return "tidy";
  if (ending === ".json") return "nat-json";
  throw new OptionError("-o", `names ${output}, whose ending tells no format. Add --as nat-json, nat-csv or tidy.`);
}

/** @throws OptionError for an option that another leaves nothing to do */
function checkFit(options: GenerateOptions): void {
  const closed = options.arrivals === "closed";
  const incident = (options.incident ?? "none") !== "none";
  const idle: [flag: string, given: unknown, fits: boolean, reason: string][] = [
    ["--users", options.users, closed, "needs --arrivals closed."],
    ["--think", options.think, closed, "needs --arrivals closed."],
    ["--rate", options.rate, !closed, "does not go with --arrivals closed, where the users make the rate."],
    ["--incident-factor", options.incidentFactor, incident, "needs --incident burst, slowdown or both."],
    ["--incident-window", options.incidentWindow, incident, "needs --incident burst, slowdown or both."],
  ];
  for (const [flag, given, fits, reason] of idle) if (given !== undefined && !fits) throw new OptionError(flag, reason);
}

/** @throws OptionError if the truth would be written over the trace */
function checkTruth(truth: string | undefined, output: string): void {
  if (truth === "-") throw new OptionError("--truth", "must be a file: standard output is for the trace.");
  if (truth !== undefined && resolve(truth) === resolve(output))
    throw new OptionError("--truth", "names the same file as -o. Give it one of its own.");
}

function format(value: string): As {
  if (value === "nat-json" || value === "nat-csv" || value === "tidy") return value;
  throw new InvalidArgumentError("It must be nat-json, nat-csv or tidy.");
}

function number(value: string): number {
  const read = value.trim() === "" ? NaN : Number(value);
  if (!Number.isFinite(read)) throw new InvalidArgumentError("It must be a number.");
  return read;
}

function numbers(value: string, between: string, like: string): [number, number] {
  const parts = value.split(between);
  if (parts.length !== 2) throw new InvalidArgumentError(`It must be like ${like}.`);
  return [number(parts[0]), number(parts[1])];
}

const pair = (value: string): [number, number] => numbers(value, ",", "0.05,0.001");
const stretch = (value: string): [number, number] => numbers(value, "..", "120..180");
