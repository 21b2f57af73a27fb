// Jaeger's JSON as its interface and its downloads have it (github.com/jaegertracing/jaeger): traces {traceID, spans, processes}, in a page
// or each by itself. Times are whole microseconds. Not read: logs, processes, references but CHILD_OF, and tags but those of gen-ai.ts.
import type { DocumentFormat } from "./detect.js";
import { type Attribute, describeSpan, genAiAttributes } from "./gen-ai.js";
import { isRecord, type JsonObject, recordsIn } from "./json-value.js";
import { readText } from "./numbers.js";
import { SpanWriter } from "./span-writer.js";

export const jaeger: DocumentFormat = {
  name: "jaeger",
  title: "Jaeger",
  yields: "spans",
  apart: /^(data\.)?spans$/,
  detect: (document) => isTrace(document),
  reader: ({ spans }, source) => {
    const writer = new SpanWriter(spans, source, "us");
    const tags = new Map<string, unknown>();
    const tag: Attribute = (name) => tags.get(name);
    return {
      read: (trace) => {
        if (!isTrace(trace)) {
          writer.malformed(trace);
          return;
        }
        for (const span of trace.spans) {
          if (!isRecord(span)) {
            writer.malformed(span);
            continue;
          }
          tags.clear();
          for (const { key, value } of recordsIn(span.tags)) {
            if (typeof key === "string" && looked.has(key)) tags.set(key, value);
          }
          put(span, readText(span.traceID) ?? readText(trace.traceID), tag, writer);
        }
      },
    };
  },
};

/** What the exporter makes of the scope and the status of a span. */
const SCOPES = ["otel.scope.name", "otel.library.name"];
const looked: ReadonlySet<string> = new Set([...genAiAttributes, ...SCOPES, "error", "otel.status_code"]);

interface JaegerTrace extends JsonObject {
  readonly spans: readonly unknown[];
}

function isTrace(value: unknown): value is JaegerTrace {
  if (!isRecord(value) || !Array.isArray(value.spans)) return false;
  const first: unknown = value.spans[0];
  return (isRecord(first) && "operationName" in first) || ("traceID" in value && "processes" in value);
}

function put(span: JsonObject, example: string | null, tag: Attribute, writer: SpanWriter): void {
  const { kind, name, prompt, completion, total, agent, failed } = describeSpan(tag, readText(span.operationName));
  const above = recordsIn(span.references).find(({ refType }) => refType === "CHILD_OF");
  const error = tag("error");
  writer.put({
    example,
    uuid: readText(span.spanID),
    parent: readText(above?.spanID ?? span.parentSpanID),
    kind,
    name,
    start: span.startTime,
    duration: span.duration,
    prompt,
    completion,
    total,
    failed: failed || error === true || error === "true" || tag("otel.status_code") === "ERROR",
    agent,
    scope: readText(tag(SCOPES[0]) ?? tag(SCOPES[1])),
  });
}
