// Spans with OpenInference's attributes as Phoenix tells them (github.com/Arize-ai/openinference, spec; github.com/Arize-ai/phoenix): rows of
// its API {context: {trace_id, span_id}, span_kind, attributes}, of its data frame (`context.span_id`, `attributes.llm.token_count.prompt`),
// and of its table `spans` (span_id, trace_rowid). Times are ISO dates. Not read: events, annotations, the session, which not every span tells.
import type { DocumentFormat } from "./detect.js";
import { isRecord, type JsonObject } from "./json-value.js";
import { readText, readTokens } from "./numbers.js";
import { SpanWriter } from "./span-writer.js";
import { valueAt } from "./value-at.js";

export const phoenix: DocumentFormat = {
  name: "phoenix",
  title: "Phoenix",
  yields: "spans",
  detect: (document) => isSpan(document),
  reader: ({ spans }, source) => {
    const writer = new SpanWriter(spans, source, "iso");
    return {
      read: (document) => {
        if (isSpan(document)) put(document, writer);
        else writer.malformed(document);
      },
    };
  },
};

const isSpan = (value: unknown): value is JsonObject =>
  isRecord(value) &&
  "start_time" in value &&
  "span_kind" in value &&
  (valueAt(value, "context.span_id") !== undefined || ("span_id" in value && "trace_rowid" in value));

/** Where the name of a model or tool stands, by kind; the first that is there. */
const NAMES: ReadonlyMap<string, readonly string[]> = new Map([
  ["LLM", ["llm.model_name", "llm.request.model_name", "llm.response.model_name"]],
  ["TOOL", ["tool.name"]],
  ["EMBEDDING", ["embedding.model_name"]],
  ["RERANKER", ["reranker.model_name"]],
]);

function put(row: JsonObject, writer: SpanWriter): void {
  const span = withAttributes(row);
  const at = (path: string) => readText(valueAt(span, `attributes.${path}`));
  const tokens = (of: string) =>
    readTokens(valueAt(span, `attributes.llm.token_count.${of}`) ?? span[`llm_token_count_${of}`]);
  const kind = (readText(span.span_kind) ?? at("openinference.span.kind") ?? "UNKNOWN").toUpperCase();
  const name = NAMES.get(kind)
    ?.map(at)
    .find((found) => found !== null);
  writer.put({
    example: readText(valueAt(span, "context.trace_id") ?? span.trace_id ?? span.trace_rowid),
    uuid: readText(valueAt(span, "context.span_id") ?? span.span_id),
    parent: readText(span.parent_id),
    kind,
    name: name ?? readText(span.name),
    start: span.start_time,
    end: span.end_time,
    prompt: tokens("prompt"),
    completion: tokens("completion"),
    total: tokens("total"),
    failed: readText(span.status_code)?.toUpperCase() === "ERROR",
    agent: at("agent.name"),
  });
}

/** In a table the attributes may be a text. */
function withAttributes(span: JsonObject): JsonObject {
  if (typeof span.attributes !== "string") return span;
  try {
    return { ...span, attributes: JSON.parse(span.attributes) as unknown };
  } catch {
    return span;
  }
}
