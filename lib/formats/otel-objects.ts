// Spans as OpenTelemetry's SDKs hold them: those of JavaScript written as JSON, as Gemini CLI's telemetry file has them
// (github.com/google-gemini/gemini-cli, packages/core/src/telemetry/file-exporters.ts), and what Python's `ReadableSpan.to_json` and its
// console exporter write. Log records and metrics between them are passed over. Not read: what the console exporter of JavaScript prints,
// which is no JSON; resources, events, links, and attributes but those of gen-ai.ts.
import type { DocumentFormat } from "./detect.js";
import { type Attribute, describeSpan } from "./gen-ai.js";
import { isRecord, type JsonObject, recordOf } from "./json-value.js";
import { readText } from "./numbers.js";
import { type SpanFields, SpanWriter } from "./span-writer.js";
import { isoNanoseconds } from "./times.js";

export const otelObjects: DocumentFormat = {
  name: "otel-objects",
  title: "OpenTelemetry's objects",
  yields: "spans",
  detect: (document) => isRecord(document) && (isJavaScript(document) || isPython(document)),
  signalOf: (document) => signalOf(document),
  reader: ({ spans }, source) => {
    const writer = new SpanWriter(spans, source, "ns");
    let attributes: JsonObject = {};
    const attribute: Attribute = (name) => (Object.hasOwn(attributes, name) ? attributes[name] : undefined);
    return {
      read: (document, number) => {
        const fields = !isRecord(document)
          ? undefined
          : isJavaScript(document)
            ? javaScriptFields(document)
            : isPython(document)
              ? pythonFields(document)
              : undefined;
        if (fields && isRecord(document)) {
          attributes = recordOf(document.attributes);
          const described = describeSpan(attribute, readText(document.name));
          writer.put({ ...described, ...fields, failed: fields.failed === true || described.failed });
          return;
        }
        const other = signalOf(document);
        if (other === undefined) writer.malformed(document);
        else spans.findings.add("ignored", source, number, other);
      },
    };
  },
};

const isJavaScript = (value: JsonObject): boolean =>
  (isRecord(value._spanContext) || isRecord(value.spanContext)) && isPair(value.startTime);

function isPython(value: JsonObject): boolean {
  const { trace_id: trace } = recordOf(value.context);
  return typeof trace === "string" && trace.startsWith("0x") && "start_time" in value;
}

/** Log records have a time in a pair; metrics come by their scopes. */
const signalOf = (value: unknown): string | undefined =>
  isRecord(value) && (isPair(value.hrTime) || Array.isArray(value.scopeMetrics))
    ? "a log record or a metric"
    : undefined;

type Told = Pick<SpanFields, "example" | "uuid" | "parent" | "start" | "end" | "failed" | "scope">;

function javaScriptFields(span: JsonObject): Told {
  const context = recordOf(span._spanContext ?? span.spanContext);
  const above = recordOf(span.parentSpanContext);
  const end = nanoseconds(span.endTime);
  return {
    example: readText(context.traceId),
    uuid: readText(context.spanId),
    parent: readText(above.spanId ?? span.parentSpanId),
    start: nanoseconds(span.startTime),
    end: end === 0n ? null : end, // [0, 0] until it ends
    failed: recordOf(span.status).code === 2,
    scope: readText(recordOf(span.instrumentationScope ?? span.instrumentationLibrary).name),
  };
}

function pythonFields(span: JsonObject): Told {
  const context = recordOf(span.context);
  return {
    example: hexDigits(context.trace_id),
    uuid: hexDigits(context.span_id),
    parent: hexDigits(span.parent_id),
    start: isoNanoseconds(span.start_time) ?? span.start_time,
    end: isoNanoseconds(span.end_time) ?? span.end_time,
    failed: recordOf(span.status).status_code === "ERROR",
  };
}

/** Seconds and nanoseconds, in a pair. */
const isPair = (value: unknown): value is [number, number] =>
  Array.isArray(value) && value.length === 2 && value.every(Number.isSafeInteger);

/** What is no time is left as it is. */
const nanoseconds = (time: unknown): unknown =>
  isPair(time) ? BigInt(time[0]) * 1_000_000_000n + BigInt(time[1]) : time;

const hexDigits = (id: unknown): string | null => readText(id)?.replace(/^0x/, "") ?? null;
