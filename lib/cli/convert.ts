import { extname } from "node:path";
import type { Command } from "commander";
import type { TableFormat } from "../files/write-table.js";
import { OptionError } from "../errors.js";
import type { WrittenFormat } from "../formats/write.js";
import { load } from "./load.js";
import { list, oneOf } from "./values.js";
import { write } from "./write.js";

interface Flags {
  readonly output: string;
  readonly as: WrittenFormat;
  readonly columns?: string;
  readonly kinds?: string[];
}

/** Endings of files that a table of calls is written to. */
const ENDINGS: Readonly<Record<string, TableFormat>> = {
  ".csv": "csv",
  ".tsv": "tsv",
  ".json": "json",
  ".ndjson": "ndjson",
  ".jsonl": "ndjson",
  ".parquet": "parquet",
  ".arrow": "arrow",
};

const examples = `
Examples:
  spikeline convert traces.json -o calls.parquet
  spikeline convert calls.csv -o trace.json --as chrome   # to look at in Perfetto
  spikeline convert otlp.jsonl.gz -o - --as nat-json`;

/** Adds `spikeline convert`. What it needs is loaded when it runs, so that --help does not wait for it. */
export function convertCommand(program: Command): void {
  program
    .command("convert")
    .summary("a trace in another format")
    .description("Writes every operation of a trace, of any kind, in another format.")
    .argument("<file...>", "traces: files, folders, or - for standard input; several are one trace")
    .requiredOption("-o, --output <file>", "the file to write; - is standard output")
    .option(
      "--as <format>",
      "tidy: a table of calls, as the ending says (.csv, .tsv, .json, .ndjson, .parquet, .arrow); nat-json, nat-csv, otlp or chrome",
      oneOf<WrittenFormat>("tidy", "nat-json", "nat-csv", "otlp", "chrome"),
      "tidy",
    )
    .option("--kinds <a,b>", "only these kinds of operation", list)
    .option("--columns <a=b:unit,...>", "which columns of a table of calls hold what; units: s, ms, us, ns, iso")
    .addHelpText("after", examples)
    .action(convert);
}

async function convert(files: string[], { output, as, columns, kinds }: Flags): Promise<void> {
  const ending = output === "-" ? ".csv" : extname(output).toLowerCase();
  if (as === "tidy" && !(ending in ENDINGS)) {
    throw new OptionError("-o", `names ${output}; a table of calls goes to ${Object.keys(ENDINGS).join(", ")}.`);
  }
  const [{ writeCalls }, { counted }, { buildCallTreePerExample }, { kindsOf }, { writeFilesWhole }] =
    await Promise.all([
      import("../formats/write.js"),
      import("../report/format.js"),
      import("../tables/calls.js"),
      import("../tables/trace.js"),
      import("../files/write-files.js"),
    ]);
  const trace = await load(files, columns);
  const calls = buildCallTreePerExample(trace, { kinds: kinds ?? kindsOf(trace), dedupe: false });
  const content = () => writeCalls(calls, as, ENDINGS[ending], trace.origin);
  if (output === "-") {
    await write(process.stdout, await content());
    return;
  }
  await writeFilesWhole([{ path: output, content }]);
  process.stderr.write(`${counted(calls.numRows(), "operation")} written to ${output}\n`);
}
