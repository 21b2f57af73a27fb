// NAT's standardized_data_all.csv: one START or END a row, as NAT's data frame writes it (github.com/NVIDIA/NeMo-Agent-Toolkit,
// nat.profiler). Also with other columns left out, and with IntermediateStepType.LLM_START for LLM_START.
// Not read: prompts, answers, new tokens, framework; these are written empty. Not written: the status, which NAT has not.
import type { ColumnTable } from "arquero";
import { InputError } from "../errors.js";
import { csvCell } from "../files/csv-cell.js";
import { inPieces } from "../files/pieces.js";
import { Dictionary } from "../kernels/dictionary.js";
import type { GrowingTexts } from "../tables/growing.js";
import { type NatOperation, type NatStep, natSteps } from "./nat-steps.js";
import type { EventSink } from "./event-sink.js";
import { numberAt, type Row, tokensAt } from "./row.js";
import { shownNames } from "./shown.js";
import { shownTime, timeFinding } from "./time-finding.js";

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
): (row: Row, number: number) => void {
  const at = (name: string) => header.indexOf(name === "UUID" && !header.includes("UUID") ? "uuid" : name);
  const missing = NEEDED.filter((name) => at(name) < 0);
  if (missing.length > 0) {
    throw new InputError(
      `the column ${missing.join(", ")} is missing; there are ${shownNames(header)}. Export the frame with it.`,
      { file: source ?? undefined },
    );
  }
  const [type, timestamp, number, uuid] = NEEDED.map(at);
  const [prompt, completion, total] = TOKENS.map(at);
  const names = { LLM: at("llm_name"), TOOL: at("tool_name"), other: at("function_name") };
  const parent = at("function_id");
  const startTime = at("span_event_timestamp");

  const { texts } = sink;
  const typeOf = eventTypes(texts.event_type);
  return (row, rowNumber) => {
    const { code, kind } = typeOf(row, type);
    const example = numberAt(row, number);
    if (example === undefined || Number.isNaN(example)) {
      const found = `${texts.event_type.dictionary.text(code)} of example ${JSON.stringify(row.cell(number) ?? null)}`;
      sink.findings.add("missing_example", source, rowNumber, found);
      return;
    }
    if (!Number.isInteger(example) || example < 0 || example >= 0x7fffffff) {
      throw new InputError(`${example} is no number of an example. Number the examples 0, 1, 2, ….`, {
        file: source ?? undefined,
        row: rowNumber,
        field: "example_number",
      });
    }
    const time = numberAt(row, timestamp);
    if (time === undefined) {
      const found = row.cell(timestamp);
      const example = `${texts.event_type.dictionary.text(code)} at ${shownTime(found)}`;
      sink.findings.add(timeFinding(found), source, rowNumber, example);
      return;
    }
    const tokens = [prompt, completion, total].map((column) => tokensAt(row, column));
    const place = sink.add(example, time, tokens[0], tokens[1], tokens[2], tokensAt(row, startTime), rowNumber);
    texts.example.put(place, texts.example.dictionary.addText(String(example)));
    texts.event_type.put(place, code);
    texts.uuid.put(place, row.code(uuid, texts.uuid.dictionary));
    texts.parent_uuid.put(place, row.code(parent, texts.parent_uuid.dictionary));
    texts.operation_name.put(place, row.code(names[kind], texts.operation_name.dictionary));
  };
}

/** Reads the type of an event: its code, and which column holds the name of such an operation. There are few types: each is looked at once. */
function eventTypes(types: GrowingTexts) {
  const asWritten = new Dictionary();
  const look = (written: number) => {
    const text = written < 0 ? "" : asWritten.text(written).replace("IntermediateStepType.", "");
    const kind = text.startsWith("LLM_") ? "LLM" : text.startsWith("TOOL_") ? "TOOL" : "other";
    return { code: types.dictionary.addText(text), kind } as const;
  };
  const known: ReturnType<typeof look>[] = [];
  return (row: Row, column: number) => {
    const written = row.code(column, asWritten);
    return (known[written + 1] ??= look(written));
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
export const writeNatCsv = (tables: Iterable<ColumnTable>): Generator<string, void, undefined> =>
  inPieces(exampleTexts(tables));

function* exampleTexts(tables: Iterable<ColumnTable>): Generator<string> {
  yield COLUMNS;
  for (const spans of tables)
    for (const [example, steps] of natSteps(spans, "writeNatCsv")) yield rowsText(example, steps);
}

function rowsText(example: number, steps: readonly NatStep[]): string {
  // START and END of an operation differ at the beginning of their rows only
  const ends = new Map<NatOperation, string>();
  const rows = steps.map(({ operation, ended, time }) => {
    let end = ends.get(operation);
    if (end === undefined) ends.set(operation, (end = rowEnd(operation)));
    const tokens = ended ? TOKEN_FIELDS.map((field) => operation[field] || 0).join() : "0,0,0";
    return `${operation.kind}_${ended ? "END" : "START"},${time},${example},${tokens},,,,${end}`;
  });
  return rows.join("");
}

const root = { uuid: "root", name: "root", parent: undefined };

/** The row of a step from the names on. */
function rowEnd(operation: NatOperation): string {
  const { kind, name, uuid, parent } = operation;
  // a model or tool runs in a function; anything else is one itself
  const at = kind === "LLM" || kind === "TOOL" ? (parent ?? root) : operation;
  const above = at === root ? undefined : (at.parent ?? root);
  return (
    `${kind === "LLM" ? csvCell(name) : ""},${kind === "TOOL" ? csvCell(name) : ""},${csvCell(at.name)},${csvCell(at.uuid)},` +
    `${csvCell(above?.name)},${csvCell(above?.uuid)},${csvCell(uuid)},\n`
  );
}

const TOKEN_FIELDS = ["prompt", "completion", "total"] as const;
