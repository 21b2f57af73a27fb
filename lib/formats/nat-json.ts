// NAT's all_requests_profiler_traces.json: a list of {request_number, intermediate_steps: [{parent_id, payload: {…}}]}, as the profiler of
// NVIDIA's NeMo Agent Toolkit writes it (github.com/NVIDIA/NeMo-Agent-Toolkit, nat.profiler). Bare lists of steps are read too.
// Not read: prompts, answers, metadata, function_ancestry.
import { InputError } from "../errors.js";
import { readNumber, readText, readTokens } from "./numbers.js";
import type { GrowingTexts } from "../tables/growing.js";
import { textOf } from "../tables/text-of.js";
import type { EventSink } from "./event-sink.js";

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isRequest = (value: unknown): value is Json => isObject(value) && "intermediate_steps" in value;
const isStep = (value: unknown): value is Json =>
  isObject(value) && isObject(value.payload) && "event_type" in value.payload;

/** Whether a document is a list of requests, a request, or a list of lists of steps. An empty list is one too. */
export function detectNatJson(document: unknown): boolean {
  if (!Array.isArray(document)) return isRequest(document);
  const first: unknown = document.find((entry) => !(Array.isArray(entry) && entry.length === 0));
  if (first === undefined) return true;
  return isRequest(first) || (Array.isArray(first) && isStep(first[0]));
}

/** Reads a document into the sink; steps that are no events, or whose time is no number, are counted and left out. */
export function readNatJson(document: unknown, sink: EventSink, source: string | null): void {
  sink.begin(source);
  const requests: unknown[] = Array.isArray(document) ? document : [document];
  let row = 0;
  requests.forEach((request, example) => {
    const steps: unknown = isRequest(request) ? request.intermediate_steps : request;
    if (!Array.isArray(steps)) {
      throw new InputError(
        "a request without a list of intermediate_steps. Each entry must be {request_number, intermediate_steps: […]}.",
        { file: source ?? undefined, row: example + 1, field: "intermediate_steps" },
      );
    }
    const exampleName = isRequest(request) ? readText(request.request_number) : null;
    sink.see(example);
    for (const step of steps as unknown[])
      readStep(step, { example, exampleName: exampleName ?? String(example) }, sink, source, ++row);
  });
}

function readStep(
  step: unknown,
  example: { readonly example: number; readonly exampleName: string },
  sink: EventSink,
  source: string | null,
  row: number,
): void {
  const payload = isObject(step) ? step.payload : undefined;
  if (!isObject(step) || !isObject(payload) || typeof payload.event_type !== "string") {
    sink.findings.add("malformed", source, row, excerpt(step));
    return;
  }
  const time = readNumber(payload.event_timestamp);
  if (time === undefined) {
    sink.findings.add(
      "unreadable_time",
      source,
      row,
      `${payload.event_type} at ${JSON.stringify(payload.event_timestamp)}`,
    );
    return;
  }
  const usage =
    isObject(payload.usage_info) && isObject(payload.usage_info.token_usage) ? payload.usage_info.token_usage : {};
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

const excerpt = (step: unknown): string => (textOf(step) ?? "null").slice(0, 80);
