import type { Command } from "commander";
import { OptionError } from "../errors.js";
import { widthOf } from "./look.js";
import { optionEntries } from "./option-entries.js";
import { write } from "./write.js";

const examples = `
Examples:
  spikeline explain threshold
  spikeline explain busy time
  spikeline explain active_p90`;

/** Adds `spikeline explain`. What it needs is loaded when it runs, so that --help does not wait for it. */
export function explainCommand(program: Command): void {
  program
    .command("explain")
    .summary("what a term, table, column, code or option means")
    .description("Says what a term of the field, a table, a column, a code of diagnostics or an option means.")
    .argument("[term...]", "all of them if there is none")
    .allowUnknownOption() // it is asked what --threshold means
    .addHelpText("after", examples)
    .action((words: string[]) => explain(program, words.join(" ")));
}

async function explain(program: Command, term: string): Promise<void> {
  const width = widthOf(process.stdout);
  const text = term === "" ? await everything(program, width) : await explanation(program, term, width);
  await write(process.stdout, [text]);
}

async function everything(program: Command, width: number): Promise<string> {
  const [{ entries }, { explainAll }] = await Promise.all([
    import("../report/entries.js"),
    import("../report/explain.js"),
  ]);
  return explainAll([...entries(), ...optionEntries(program)], width);
}

/**
 * What a term means.
 *
 * @throws OptionError if it is not known; its message proposes others
 */
export async function explanation(program: Command, term: string, width: number): Promise<string> {
  const [{ entries }, { explain, nearestNames }] = await Promise.all([
    import("../report/entries.js"),
    import("../report/explain.js"),
  ]);
  const all = [...entries(), ...optionEntries(program)];
  const found = explain(term, all, width);
  if (found !== undefined) return found;
  throw new OptionError(term, `is not known here. Did you mean ${nearestNames(term, all).join(", ")}?`);
}
