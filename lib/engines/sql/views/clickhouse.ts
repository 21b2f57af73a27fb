// The table `otel_traces` of the OpenTelemetry collector's exporter for ClickHouse
// (github.com/open-telemetry/opentelemetry-collector-contrib, exporter/clickhouseexporter), in ClickHouse or as it was exported.
import { query } from "../query.js";
import { describedCalls, describedCte } from "./gen-ai-columns.js";
import type { View } from "./view.js";

export const clickhouse: View = {
  title: "spans of OpenTelemetry as the collector writes them into ClickHouse (otel_traces)",
  table: "otel_traces",
  notes: [
    "Columns read: TraceId, SpanId, ParentSpanId, SpanName, Timestamp (a timestamp), Duration (nanoseconds), StatusCode,",
    "SpanAttributes (a map of texts). Of Claude Code's tools the executions count.",
  ],
  sql: (from, dialect) => {
    const start = dialect.secondsOf('"Timestamp"');
    const described = describedCte(from, (name) => dialect.entryOf('"SpanAttributes"', name), {
      example: '"TraceId"',
      uuid: '"SpanId"',
      parent: `NULLIF("ParentSpanId", '')`,
      name: '"SpanName"',
      start,
      end: `${start} + CAST("Duration" AS DOUBLE) / 1e9`,
      failed: `lower("StatusCode") IN ('error', 'status_code_error')`,
    });
    return query([described], describedCalls);
  },
};
