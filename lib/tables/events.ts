import { isKnownKind } from "./kinds.js";
import { type Column, int, maybeNumber, maybeText, text } from "./column.js";

export const eventsColumns: readonly Column[] = [
  int("example_number", "", "the example, counted from 0 in order of appearance (NAT: its position in the list)"),
  maybeText("example", "the source's own name of the example"),
  text("event_type", "`LLM_START`, `LLM_END`, `TOOL_START`, … ; other types are ignored"),
  maybeNumber("event_timestamp", "s", "when it happened, since the origin"),
  maybeText("uuid", "the id that a START and its END share"),
  maybeText("parent_uuid", "the id of the operation that it ran in"),
  maybeText("operation_name", "the model or tool"),
  maybeNumber("prompt_tokens", "tokens", "in the prompt (of the END)"),
  maybeNumber("completion_tokens", "tokens", "in the answer (of the END)"),
  maybeNumber("total_tokens", "tokens", "of both (of the END)"),
  maybeNumber("span_event_timestamp", "s", "on an END, when its START was"),
  maybeText("source", "the file"),
  int("row", "", "the event or row of the file, counted from 1"),
];

const EVENT_TYPE = /^(?:IntermediateStepType\.)?([A-Z0-9_]+?)_(START|END)$/;

/** Splits an event type: `LLM_START` is the kind LLM and the phase START. Undefined for types that open or close nothing. */
export function parseEventType(type: string): { kind: string; phase: "START" | "END" } | undefined {
  const match = EVENT_TYPE.exec(type);
  return match ? { kind: match[1], phase: match[2] as "START" | "END" } : undefined;
}

/** Events that neither open nor close anything. */
const POINT = /^(?:IntermediateStepType\.)?(?:LLM_NEW_TOKEN|SPAN_CHUNK)$/;

/** Whether an event is one of NAT's, or opens or closes an operation of a kind that is known. */
export function isKnownEvent(type: string): boolean {
  const parsed = parseEventType(type);
  return parsed ? isKnownKind(parsed.kind) : POINT.test(type);
}
