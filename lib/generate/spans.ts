import type { ColumnTable } from "arquero";
import { callsColumns } from "../tables/calls.js";
import { type Column, int, text } from "../tables/column.js";
import { table } from "../tables/own-table.js";
import type { Example, Span } from "./example.js";

const ofCalls = (name: string): Column => callsColumns.find((column) => column.name === name) as Column;

/** The columns of generated spans: those of `calls` that a source has, and what the generator knows besides. */
export const generatedColumns: readonly Column[] = [
  ...["example_number", "example", "uuid", "parent_uuid"].map(ofCalls),
  text("operation_type", "`LLM`, `TOOL`, or `WORKFLOW` for what is around all calls of an example"),
  ...["operation_name", "start_time", "end_time"].map(ofCalls),
  ...["prompt_tokens", "completion_tokens", "total_tokens", "status"].map(ofCalls),
  text("agent", "who made the call"),
  text("host", "whose clock the times are by"),
  int("attempt", "", "1, and more for a call that is made again because it failed"),
];

/** Whole examples as a table of spans, each on the clock of its host. */
export function spansTable(examples: readonly Example[]): ColumnTable {
  const spans: Span[] = [];
  const numbers: number[] = [];
  const names: string[] = [];
  for (const { number, spans: of } of examples) {
    const name = String(number);
    for (const span of of) {
      spans.push(span);
      numbers.push(number);
      names.push(name);
    }
  }
  const ids = spans.map((span, i) => `s${names[i]}c${span.id}`);
  const floats = (of: (span: Span) => number): Float64Array => new Float64Array(spans.map(of));
  const tokens = (of: (span: Span) => number): Float64Array => floats((span) => (span.lost ? NaN : of(span)));
  return table({
    example_number: new Int32Array(numbers),
    example: names,
    uuid: ids,
    parent_uuid: spans.map(({ id, parent }, i) => (parent ? ids[i - id + parent.id] : null)),
    operation_type: spans.map((span) => span.kind),
    operation_name: spans.map((span) => span.name),
    start_time: floats((span) => (span.start + span.host.skew) / 1e6),
    end_time: floats((span) => (span.lost ? NaN : (span.end + span.host.skew) / 1e6)),
    prompt_tokens: tokens((span) => span.prompt),
    completion_tokens: tokens((span) => span.completion),
    total_tokens: tokens((span) => span.prompt + span.completion),
    status: spans.map((span) => (span.lost ? "unfinished" : span.failed ? "error" : "ok")),
    agent: spans.map((span) => span.agent),
    host: spans.map((span) => span.host.name),
    attempt: new Int32Array(spans.map((span) => span.attempt)),
  });
}
