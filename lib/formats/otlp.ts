// OTLP in JSON (github.com/open-telemetry/opentelemetry-proto, docs/specification.md), as exporters, the collector's file exporter, Tempo
// (`batches`, `trace`) and Jaeger's newer interface (`result`) write it; also with the older names (`instrumentationLibrarySpans`) and with
// those of the .proto files (`resource_spans`). Not read: resources, events, links, logs, metrics, and attributes but those of gen-ai.ts.
import type { DocumentFormat } from "./detect.js";
import { type Attribute, describeSpan, genAiAttributes } from "./gen-ai.js";
import { isRecord, type JsonObject, listOf, recordOf, recordsIn } from "./json-value.js";
import { readText } from "./numbers.js";
import { ownAttributes } from "./own-attributes.js";
import { SpanWriter } from "./span-writer.js";

/** The attributes that are ever looked at, each with its place among the kept ones. */
const looked: ReadonlyMap<string, number> = new Map(
  [...genAiAttributes, ...Object.values(ownAttributes)].map((name, place) => [name, place]),
);
/** A flag for each length that their names have: asked first, it spares most others a hash. */
const lookedLengths = new Uint8Array(1 + Math.max(...Array.from(looked.keys(), (name) => name.length)));
for (const name of looked.keys()) lookedLengths[name.length] = 1;

/** Documents of other signals may stand among those of spans. */
const OTHER_SIGNALS = ["resourceLogs", "resourceMetrics", "resource_logs", "resource_metrics", "resourceProfiles"];

const signalOf = (document: unknown): string | undefined =>
  OTHER_SIGNALS.find((name) => isRecord(document) && name in document);

export const otlp: DocumentFormat = {
  name: "otlp",
  title: "OTLP in JSON",
  yields: "spans",
  apart:
    /^(((trace|result)\.)?resourceSpans|batches|resource_spans)(\.(scopeSpans|instrumentationLibrarySpans|scope_spans)(\.spans)?)?$/,
  detect: (document) => resourceSpansOf(document) !== undefined,
  signalOf,
  reader: ({ spans }, source) => {
    const writer = new SpanWriter(spans, source, "ns");
    // of the span at hand: one list for all, since there are many
    const attributes = new Array<unknown>(looked.size);
    const attribute: Attribute = (name) => attributes[looked.get(name) as number];
    return {
      read: (document, number) => {
        const resources = resourceSpansOf(document);
        if (resources === undefined) {
          const other = signalOf(document);
          if (other === undefined) writer.malformed(document);
          else spans.findings.add("ignored", source, number, other);
          return;
        }
        for (const resource of recordsIn(resources)) {
          const scopes = resource.scopeSpans ?? resource.instrumentationLibrarySpans ?? resource.scope_spans;
          for (const scope of recordsIn(scopes)) {
            const { name } = recordOf(scope.scope ?? scope.instrumentationLibrary);
            const scopeName = readText(name);
            for (const span of listOf(scope.spans)) {
              if (!isRecord(span)) {
                writer.malformed(span);
                continue;
              }
              keepAttributes(span.attributes, attributes);
              put(span, attribute, scopeName, writer);
            }
          }
        }
      },
    };
  },
};

/** The list that holds the spans, whatever stands round it; undefined where there is none. */
function resourceSpansOf(document: unknown): readonly unknown[] | undefined {
  if (!isRecord(document)) return undefined;
  const found = document.resourceSpans ?? document.batches ?? document.resource_spans;
  if (Array.isArray(found)) return found as unknown[];
  const { resourceSpans } = recordOf(document.trace ?? document.result);
  return Array.isArray(resourceSpans) ? (resourceSpans as unknown[]) : undefined;
}

/** Keeps those attributes of a span that are ever looked at, at their places. */
function keepAttributes(list: unknown, kept: unknown[]): void {
  kept.fill(undefined);
  for (const entry of listOf(list)) {
    if (!isRecord(entry)) continue;
    const { key, value } = entry;
    if (typeof key !== "string" || lookedLengths[key.length] !== 1) continue;
    const place = looked.get(key);
    if (place !== undefined && isRecord(value)) kept[place] = valueOf(value);
  }
}

const valueOf = (value: JsonObject): unknown =>
  value.stringValue ??
  value.intValue ??
  value.doubleValue ??
  value.boolValue ??
  value.string_value ??
  value.int_value ??
  value.double_value ??
  value.bool_value;

function put(span: JsonObject, attribute: Attribute, scope: string | null, writer: SpanWriter): void {
  const spanName = readText(span.name);
  const described = describeSpan(attribute, spanName);
  const start = span.startTimeUnixNano ?? span.start_time_unix_nano;
  const end = span.endTimeUnixNano ?? span.end_time_unix_nano;
  const code = isRecord(span.status) ? span.status.code : undefined;
  writer.put({
    example: ownText(attribute(ownAttributes.example)) ?? idOf(span.traceId ?? span.trace_id, 16),
    uuid: ownText(attribute(ownAttributes.uuid)) ?? idOf(span.spanId ?? span.span_id, 8),
    parent: ownText(attribute(ownAttributes.parent)) ?? idOf(span.parentSpanId ?? span.parent_span_id, 8),
    kind: described.kind,
    name: described.name,
    start,
    end: isNever(end, start) ? null : end,
    prompt: described.prompt,
    completion: described.completion,
    total: described.total,
    failed: described.failed || code === 2 || code === "STATUS_CODE_ERROR" || code === "2",
    agent: described.agent,
    scope,
  });
}

/** A zero stands for no end, but where spans are timed from zero. */
const isNever = (end: unknown, start: unknown): boolean => (end === 0 || end === "0") && Number(start) > 0;

/** An id in hexadecimal digits; it may be in base64, as protocol buffers write bytes in JSON. Null where it is empty or all zeros. */
function idOf(id: unknown, bytes: number): string | null {
  const text = readText(id);
  if (text === null || ZEROS.test(text)) return null;
  if (text.length === 2 * bytes) return text.toLowerCase();
  const digits = BASE64.exec(text)?.[1];
  if (digits?.length !== Math.ceil((8 * bytes) / 6)) return text;
  let hex = "";
  for (const byte of atob(digits.replaceAll("-", "+").replaceAll("_", "/")))
    hex += byte.charCodeAt(0).toString(16).padStart(2, "0");
  return ZEROS.test(hex) ? null : hex;
}

const ZEROS = /^0+$/;
/** With the digits of addresses, too. */
const BASE64 = /^([\w+/-]+)={0,2}$/;

/** An empty text stands for none, which is not the same as nothing said. */
const ownText = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
