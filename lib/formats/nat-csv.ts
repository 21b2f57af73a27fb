// NAT's standardized_data_all.csv: one START or END a row, as NAT's data frame writes it (github.com/NVIDIA/NeMo-Agent-Toolkit,
// nat.profiler). Also with other columns left out, and with IntermediateStepType.LLM_START for LLM_START.
// Not read: prompts, answers, new tokens, framework; these are written empty. Not written: the status, which NAT has not.
import type { ColumnTable } from "arquero";
import { InputError } from "../errors.js";
import { csvCell } from "../files/csv-cell.js";
import { type NatStep, natSteps } from "./nat-steps.js";
import { readNumber, readText, readTokens } from "./numbers.js";
import type { EventSink } from "./sinks.js";

const NEEDED = ["event_type", "event_timestamp", "example_number", "UUID"];
const TOKENS = ["prompt_tokens", "completion_tokens", "total_tokens"];

/** Whether columns are those of NAT's events. */
export const detectNatCsv = (header: readonly string[]): boolean =>
  header.includes("event_type") && header.includes("event_timestamp");

/**
 * A reader of rows with these columns.
 *
 * @throws InputError if a needed column is missing
 */
export function natCsvReader(
  header: readonly string[],
  sink: EventSink,
  source: string | null,
): (row: readonly unknown[], number: number) => void {
  const at = (name: string) => header.indexOf(name === "UUID" && !header.includes("UUID") ? "uuid" : name);
  const missing = NEEDED.filter((name) => at(name) < 0);
  if (missing.length > 0) {
    throw new InputError(
      `the column ${missing.join(", ")} is missing; there are ${header.join(", ")}. Export the frame with it.`,
      { file: source ?? undefined },
    );
  }
  const [type, timestamp, number, uuid] = NEEDED.map(at);
  const [prompt, completion, total] = TOKENS.map(at);
  const names = { LLM: at("llm_name"), TOOL: at("tool_name"), other: at("function_name") };
  const parent = at("function_id");
  const startTime = at("span_event_timestamp");

  sink.begin();
  return (row, rowNumber) => {
    const cell = (column: number) => (column < 0 ? undefined : row[column]);
    const eventType = (readText(cell(type)) ?? "").replace("IntermediateStepType.", "");
    const example = readNumber(cell(number));
    if (example === undefined || Number.isNaN(example)) {
      sink.findings.add(
        "missing_example",
        source,
        rowNumber,
        `${eventType} of example ${JSON.stringify(cell(number) ?? null)}`,
      );
      return;
    }
    if (!Number.isInteger(example) || example < 0 || example >= 0x7fffffff) {
      throw new InputError(`${example} is no number of an example. Number the examples 0, 1, 2, ….`, {
        file: source ?? undefined,
        row: rowNumber,
        field: "example_number",
      });
    }
    const time = readNumber(cell(timestamp));
    if (time === undefined) {
      sink.findings.add("unreadable_time", source, rowNumber, `${eventType} at ${JSON.stringify(cell(timestamp))}`);
      return;
    }
    const name = eventType.startsWith("LLM_") ? names.LLM : eventType.startsWith("TOOL_") ? names.TOOL : names.other;
    sink.add(
      {
        example,
        exampleName: String(example),
        type: eventType,
        time,
        uuid: readText(cell(uuid)),
        parent: readText(cell(parent)),
        name: readText(cell(name)),
        prompt: readTokens(cell(prompt)),
        completion: readTokens(cell(completion)),
        total: readTokens(cell(total)),
        startTime: readTokens(cell(startTime)),
      },
      source,
      rowNumber,
    );
  };
}

/** The columns of NAT's data frame, in its order. */
const COLUMNS =
  "event_type,event_timestamp,example_number,prompt_tokens,completion_tokens,total_tokens,llm_text_input,llm_text_output," +
  "llm_new_token,llm_name,tool_name,function_name,function_id,parent_function_name,parent_function_id,UUID,framework\n";

/**
 * Tables of spans or calls as the text of a file, in pieces. As in NAT's own, tokens that nobody told are 0.
 *
 * @param tables each holds its examples whole, examples ascending over all
 * @throws TableError if a needed column is missing
 */
export function* writeNatCsv(tables: Iterable<ColumnTable>): Generator<string, void, undefined> {
  yield COLUMNS;
  for (const spans of tables) {
    const examples = natSteps(spans, "writeNatCsv");
    yield examples.map(([example, steps]) => steps.map((step) => rowText(example, step)).join("")).join("");
  }
}

const root = { uuid: "root", name: "root", parent: undefined };

function rowText(example: number, { operation, ended, time }: NatStep): string {
  const { kind, name, uuid, parent } = operation;
  // a model or tool runs in a function; anything else is one itself
  const at = kind === "LLM" || kind === "TOOL" ? (parent ?? root) : operation;
  const above = at === root ? undefined : (at.parent ?? root);
  const tokens = ended ? TOKEN_FIELDS.map((field) => operation[field] || 0).join() : "0,0,0";
  return (
    `${kind}_${ended ? "END" : "START"},${time},${example},${tokens},,,,` +
    `${kind === "LLM" ? csvCell(name) : ""},${kind === "TOOL" ? csvCell(name) : ""},${csvCell(at.name)},${csvCell(at.uuid)},` +
    `${csvCell(above?.name)},${csvCell(above?.uuid)},${csvCell(uuid)},\n`
  );
}

const TOKEN_FIELDS = ["prompt", "completion", "total"] as const;
