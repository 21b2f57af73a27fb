// NAT's all_requests_profiler_traces.json: a list of {request_number, intermediate_steps: [{parent_id, payload: {…}}]}, as the profiler of
// NVIDIA's NeMo Agent Toolkit writes it (github.com/NVIDIA/NeMo-Agent-Toolkit, nat.profiler). Bare lists of steps are read too.
// Not read: prompts, answers, metadata, function_ancestry. Not written: prompts, answers, metadata, and the status, which NAT has not.
import type { ColumnTable } from "arquero";
import { InputError } from "../errors.js";
import { inPieces } from "../files/pieces.js";
import type { DocumentFormat } from "./detect.js";
import { isRecord, type JsonObject } from "./json-value.js";
import { type NatOperation, type NatStep, natSteps } from "./nat-steps.js";
import { readNumber, readText, readTokens } from "./numbers.js";
import type { GrowingTexts } from "../tables/growing.js";
import type { EventSink } from "./event-sink.js";
import { excerpt } from "./shown.js";
import { shownTime, timeFinding } from "./time-finding.js";

const isRequest = (value: unknown): value is JsonObject => isRecord(value) && "intermediate_steps" in value;
const isStep = (value: unknown): value is JsonObject =>
  isRecord(value) && isRecord(value.payload) && "event_type" in value.payload;

export const natJson: DocumentFormat = {
  name: "nat-json",
  title: "NAT's JSON",
  yields: "events",
  apart: /^(intermediate_steps)?$/,
  detect: (document) => isRequest(document) || (Array.isArray(document) && isStep(document[0])),
  reader: ({ events }, source) => {
    let row = 0;
    return {
      read: (request, number) => {
        const steps: unknown = isRequest(request) ? request.intermediate_steps : request;
        if (!Array.isArray(steps)) {
          throw new InputError(
            "a request without a list of intermediate_steps. Each entry must be {request_number, intermediate_steps: […]}.",
            { file: source ?? undefined, row: number, field: "intermediate_steps" },
          );
        }
        const example = number - 1;
        const exampleName = (isRequest(request) ? readText(request.request_number) : null) ?? String(example);
        events.see(example);
        for (const step of steps as unknown[]) readStep(step, { example, exampleName }, events, source, ++row);
      },
    };
  },
};

function readStep(
  step: unknown,
  example: { readonly example: number; readonly exampleName: string },
  sink: EventSink,
  source: string | null,
  row: number,
): void {
  const payload = isRecord(step) ? step.payload : undefined;
  if (!isRecord(step) || !isRecord(payload) || typeof payload.event_type !== "string") {
    sink.findings.add("malformed", source, row, excerpt(step));
    return;
  }
  const time = readNumber(payload.event_timestamp);
  if (time === undefined) {
    const found = payload.event_timestamp;
    sink.findings.add(timeFinding(found), source, row, `${payload.event_type} at ${shownTime(found)}`);
    return;
  }
  const usage =
    isRecord(payload.usage_info) && isRecord(payload.usage_info.token_usage) ? payload.usage_info.token_usage : {};
  const { texts } = sink;
  const place = sink.add(
    example.example,
    time,
    readTokens(usage.prompt_tokens),
    readTokens(usage.completion_tokens),
    readTokens(usage.total_tokens),
    readTokens(payload.span_event_timestamp),
    row,
  );
  const put = (column: GrowingTexts, text: string | null) => {
    column.put(place, text === null ? -1 : column.dictionary.addText(text));
  };
  put(texts.example, example.exampleName);
  put(texts.event_type, payload.event_type.replace("IntermediateStepType.", ""));
  put(texts.uuid, typeof payload.UUID === "string" ? payload.UUID : readText(payload.UUID));
  put(texts.parent_uuid, readText(step.parent_id));
  put(texts.operation_name, readText(payload.name));
}

/**
 * Tables of spans or calls as the text of a document, in pieces. Examples stand at the position of their number; where one is missing, a
 * request without steps takes its place.
 *
 * @param tables each holds its examples whole, examples ascending over all
 * @throws TableError if a needed column is missing
 */
export const writeNatJson = (tables: Iterable<ColumnTable>): Generator<string, void, undefined> =>
  inPieces(requestTexts(tables));

function* requestTexts(tables: Iterable<ColumnTable>): Generator<string> {
  let position = 0;
  for (const spans of tables) {
    for (const [example, steps] of natSteps(spans, "writeNatJson")) {
      for (; position < example; position++) yield requestText(position, []);
      yield requestText(position++, steps);
    }
  }
  yield position === 0 ? "[]\n" : "\n]\n";
}

function requestText(position: number, steps: readonly NatStep[]): string {
  const places = new Map<NatOperation | undefined, string>();
  const texts = steps.map((step) => {
    const { parent } = step.operation;
    let place = places.get(parent);
    if (place === undefined) places.set(parent, (place = placeText(parent)));
    return stepText(step, place);
  });
  return `${position === 0 ? "[" : ","}\n{"request_number":${position},"intermediate_steps":[${steps.length > 0 ? "\n" : ""}${texts.join(",\n")}]}`;
}

const root = { uuid: "root", name: "root" };

/** Where the steps of the operations in a parent stand: the larger part of their text, and the same for all of them. */
function placeText(parent: NatOperation | undefined): string {
  const at = parent ?? root;
  const above = parent && (parent.parent ?? root);
  const uuid = quoted(at.uuid);
  return (
    `"parent_id":${uuid},"function_ancestry":{"function_id":${uuid},"function_name":${quoted(at.name)},` +
    `"parent_id":${quoted(above?.uuid)},"parent_name":${quoted(above?.name)}}`
  );
}

/** A step as NAT writes it. By hand: it is the same few keys a million times over. */
const stepText = ({ operation, ended, time }: NatStep, place: string): string =>
  `{${place},"payload":{"event_type":"${operation.kind}_${ended ? "END" : "START"}","event_timestamp":${time},` +
  `"span_event_timestamp":${ended ? operation.start : null},"framework":null,"name":${quoted(operation.name)},"tags":null,` +
  `"metadata":null,"data":null,"usage_info":${ended ? usageText(operation) : null},"UUID":${quoted(operation.uuid)}}}`;

function usageText({ prompt, completion, total }: NatOperation): string {
  if (Number.isNaN(prompt) && Number.isNaN(completion) && Number.isNaN(total)) return "null";
  return (
    `{"token_usage":{"prompt_tokens":${tokenText(prompt)},"completion_tokens":${tokenText(completion)},` +
    `"total_tokens":${tokenText(total)},"cached_tokens":0,"reasoning_tokens":0},"num_llm_calls":1,"seconds_between_calls":0}`
  );
}

/** What needs no escape is quoted at once: nearly all ids and names. */
const PLAIN = /^[\w.:/ -]*$/;

function quoted(text: string | null | undefined): string {
  if (text === null || text === undefined) return "null";
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
}

const tokenText = (tokens: number): string => (Number.isFinite(tokens) ? String(tokens) : "null");
