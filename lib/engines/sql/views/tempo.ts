// Blocks of Grafana Tempo, vParquet4: a row a trace, with its spans in lists within lists (github.com/grafana/tempo, tempodb/encoding/vparquet4).
// Key differences: what takes lists apart is called otherwise in every database.
import type { Dialect } from "../dialect.js";
import { textLiteral } from "../literals.js";
import { query } from "../query.js";
import { describedCalls, describedCte } from "./gen-ai-columns.js";
import type { View } from "./view.js";

/** How a database takes the lists apart: into the CTE `spans`, with an attribute as a text. */
interface Unnesting {
  readonly spans: (from: string) => readonly string[];
  readonly attribute: (name: string) => string;
  readonly hex: (bytes: string) => string;
  /** whole microseconds of nanoseconds */
  readonly micros: (nanoseconds: string) => string;
}

/** The text of an attribute `a`: the first of its values, of whatever type. */
const value = `coalesce(a."Value"[1], CAST(a."ValueInt"[1] AS VARCHAR), CAST(a."ValueDouble"[1] AS VARCHAR), CAST(a."ValueBool"[1] AS VARCHAR))`;

const duckdb: Unnesting = {
  spans: (from) => [
    `taken_apart AS (SELECT "TraceIDText" AS example, unnest(flatten(list_transform(rs, lambda r: flatten(list_transform(r.ss, lambda s: s."Spans"))))) AS span FROM ${from})`,
    // lists rather than a map, which would not take a key twice
    `spans AS (SELECT example, span."SpanID" AS span_id, span."ParentSpanID" AS parent_id, span."Name" AS name, span."StartTimeUnixNano" AS start_ns, span."DurationNano" AS duration_ns, span."StatusCode" AS status_code, list_transform(span."Attrs", lambda a: a."Key") AS keys, list_transform(span."Attrs", lambda a: ${value}) AS texts FROM taken_apart)`,
  ],
  attribute: (name) => `texts[list_position(keys, ${textLiteral(name)})]`,
  hex: (bytes) => `lower(hex(${bytes}))`,
  micros: (nanoseconds) => `${nanoseconds} // 1000`,
};

const trino: Unnesting = {
  spans: (from) => [
    `taken_apart AS (SELECT "TraceIDText" AS example, span_id, parent_id, name, start_ns, duration_ns, status_code, attrs FROM ${from} CROSS JOIN UNNEST(flatten(transform(rs, r -> flatten(transform(r.ss, s -> transform(s."Spans", x -> ROW(x."SpanID", x."ParentSpanID", x."Name", x."StartTimeUnixNano", x."DurationNano", x."StatusCode", x."Attrs"))))))) AS u (span_id, parent_id, name, start_ns, duration_ns, status_code, attrs))`,
    // the first of those that have a key twice
    `spans AS (SELECT taken_apart.*, transform_values(multimap_from_entries(transform(attrs, a -> ROW(a."Key", ${value.replaceAll(/a\."(\w+)"\[1\]/g, 'element_at(a."$1", 1)')}))), (k, v) -> v[1]) AS texts FROM taken_apart)`,
  ],
  attribute: (name) => `element_at(texts, ${textLiteral(name)})`,
  hex: (bytes) => `lower(to_hex(${bytes}))`,
  micros: (nanoseconds) => `${nanoseconds} / 1000`,
};

const unnestings: Readonly<Record<Dialect["name"], Unnesting>> = { duckdb, trino };

export const tempo: View = {
  title: "blocks of Grafana Tempo in vParquet4, a row a trace",
  table: "traces",
  notes: [
    "Columns read: TraceIDText, and of rs[].ss[].Spans[] SpanID, ParentSpanID, Name, StartTimeUnixNano, DurationNano, StatusCode,",
    "Attrs[] with Key, Value, ValueInt, ValueDouble and ValueBool. Attributes that a block keeps in dedicated columns are not read.",
    "Of Claude Code's tools the executions count.",
  ],
  sql: (from, dialect) => {
    const { spans, attribute, hex, micros } = unnestings[dialect.name];
    const start = `CAST(${micros("start_ns")} AS DOUBLE) / 1e6`;
    const described = describedCte("spans", attribute, {
      example: "example",
      uuid: hex("span_id"),
      parent: `NULLIF(${hex("parent_id")}, '')`,
      name: "name",
      start,
      end: `${start} + CAST(duration_ns AS DOUBLE) / 1e9`,
      failed: "status_code = 2",
    });
    return query([...spans(from), described], describedCalls);
  },
};
