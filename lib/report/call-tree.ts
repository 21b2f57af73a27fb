import type { ColumnTable } from "arquero";
import { firstStarts } from "../tables/align.js";
import { Reader } from "../tables/read.js";
import { count, seconds } from "./format.js";

/** Deeper calls are not indented further, so that a deep trace does not print a quadratic amount of blanks. */
const DEEPEST = 24;

/**
 * The call tree as indented text: a line for each call, in the order of the table, below a line for each example.
 *
 * @param calls a `calls` table, depth first
 * @throws TableError if a column is missing
 * @example
 * const events = table({
 *   example_number: [0, 0], event_type: ["LLM_START", "LLM_END"], event_timestamp: [0, 2], uuid: ["a", "a"], operation_name: ["m", "m"],
 * });
 * printCallTree(buildCallTreePerExample(events)); // "example 0\n  LLM m  at 0 s for 2.00 s\n"
 */
export function printCallTree(calls: ColumnTable): string {
  const read = new Reader(calls, "printCallTree");
  const examples = read.ints("example_number");
  const names = read.maybeTexts("example");
  const kinds = read.texts("operation_type");
  const operations = read.maybeTexts("operation_name");
  const depths = read.ints("depth");
  const starts = read.numbers("start_time");
  const durations = read.durations();
  const tokens = read.maybeNumbers("total_tokens");
  const statuses = read.maybeTexts("status");

  const firsts = firstStarts(examples, starts);
  const lines: string[] = [];
  for (let i = 0; i < read.size; i++) {
    if (i === 0 || examples[i] !== examples[i - 1]) {
      const name = names.at(i);
      lines.push(`example ${examples[i]}${name === null || name === String(examples[i]) ? "" : ` (${name})`}`);
    }
    const depth = depths[i];
    const indent = "  ".repeat(Math.min(depth, DEEPEST) + 1);
    const deep = depth > DEEPEST ? `(depth ${depth}) ` : "";
    const at = seconds(starts[i] - (firsts.get(examples[i]) ?? 0));
    const cost = tokens[i] > 0 ? `, ${count(tokens[i])} tokens` : "";
    const open = statuses.at(i) === "unfinished" ? ", never finished" : "";
    lines.push(
      `${indent}${deep}${kinds.at(i) ?? "?"} ${operations.at(i) ?? "(unnamed)"}  at ${at} for ${seconds(durations[i])}${cost}${open}`,
    );
  }
  return lines.map((line) => `${line}\n`).join("");
}
