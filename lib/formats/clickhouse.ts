// Rows of the table `otel_traces` that the OpenTelemetry collector's exporter writes into ClickHouse
// (github.com/open-telemetry/opentelemetry-collector-contrib, exporter/clickhouseexporter). `Timestamp` is a date with nanoseconds, `Duration` is in
// nanoseconds, the attributes are a map, or JSON. Not read: attributes of the resource, events, links.
import type { DocumentFormat } from "./detect.js";
import { describeSpan } from "./gen-ai.js";
import { instantOf } from "./instant.js";
import { isRecord, type JsonObject } from "./json-value.js";
import { mapOf } from "./map-cell.js";
import { readText } from "./numbers.js";
import { SpanWriter } from "./span-writer.js";
import { valueAt } from "./value-at.js";

export const clickhouse: DocumentFormat = {
  name: "clickhouse",
  title: "ClickHouse's otel_traces",
  yields: "spans",
  detect: (document) => isSpan(document),
  reader: ({ spans }, source) => {
    const writer = new SpanWriter(spans, source, "ns");
    return {
      read: (document) => {
        if (isSpan(document)) put(document, writer);
        else writer.malformed(document);
      },
    };
  },
};

const isSpan = (value: unknown): value is JsonObject =>
  isRecord(value) && ["SpanAttributes", "Timestamp", "Duration"].every((name) => name in value);

/** As the exporter wrote it at first, and as it does now. */
const FAILED = new Set(["error", "status_code_error"]);

function put(row: JsonObject, writer: SpanWriter): void {
  const attributes = mapOf(row.SpanAttributes);
  const { failed, ...described } = describeSpan((name) => valueAt(attributes, name), readText(row.SpanName));
  writer.put({
    ...described,
    example: readText(row.TraceId),
    uuid: readText(row.SpanId),
    parent: readText(row.ParentSpanId),
    start: instantOf(row.Timestamp),
    duration: row.Duration,
    failed: failed || FAILED.has(readText(row.StatusCode)?.toLowerCase() ?? ""),
    scope: readText(row.ScopeName),
  });
}
