// Langfuse's observations (github.com/langfuse/langfuse, packages/shared): {trace, observations} and pages of its API, rows of its blob export
// (parent_observation_id), and its ClickHouse tables `observations` and `events_core`. Times are ISO dates; no zone is UTC. Not read: scores,
// prices, prompts, sessions, the time of the first token, the parts of the token counts. Versions of one observation are told apart within a
// file only.
import type { Findings } from "../tables/diagnostics.js";
import type { DocumentFormat, DocumentReader } from "./detect.js";
import { instantOf } from "./instant.js";
import { isRecord, type JsonObject } from "./json-value.js";
import { mapOf } from "./map-cell.js";
import { readNumber, readText, readTokens } from "./numbers.js";
import { type SpanFields, SpanWriter } from "./span-writer.js";

export const langfuse: DocumentFormat = {
  name: "langfuse",
  title: "Langfuse",
  yields: "spans",
  apart: /^observations$/,
  detect: (document) => isRecord(document) && (isTrace(document) || isObservation(document) || isEvent(document)),
  reader: ({ spans }, source) => readObservations(new SpanWriter(spans, source, "ns"), spans.findings, source),
};

const isTrace = (document: JsonObject): boolean => "trace" in document && Array.isArray(document.observations);

const isObservation = (row: JsonObject): boolean =>
  ("parentObservationId" in row && "startTime" in row) || ("parent_observation_id" in row && "start_time" in row);

/** A row of `events_core`. */
const isEvent = (row: JsonObject): boolean =>
  ["span_id", "parent_span_id", "start_time", "type"].every((name) => name in row) &&
  ("usage_details" in row || "provided_model_name" in row);

/** Kinds by their type in Langfuse; others are a kind of their own, as is TOOL. */
const KINDS: ReadonlyMap<string, string> = new Map([["GENERATION", "LLM"]]);

function readObservations(writer: SpanWriter, findings: Findings, source: string | null): DocumentReader {
  // A table keeps all versions of a row until it is merged: the one with the greatest event_ts holds.
  const versions = new Map<string, { readonly time: bigint; readonly span: SpanFields | undefined }>();

  let number = 0;
  const readRow = (row: unknown, trace: string | null): void => {
    number++;
    if (!isRecord(row) || !("startTime" in row || "start_time" in row)) {
      writer.malformed(row);
      return;
    }
    const span = spanOf(row, trace);
    const time = instantOf(row.event_ts);
    if (typeof time !== "bigint" || span.uuid === null) {
      if (!isDeleted(row)) writer.put(span);
      return;
    }
    const key = JSON.stringify([span.example, span.uuid]);
    const other = versions.get(key);
    if (other) findings.add("repeated", source, number, `a version of ${span.uuid}`);
    if (!other || time >= other.time) versions.set(key, { time, span: isDeleted(row) ? undefined : span });
  };

  return {
    read: (document) => {
      const rows: unknown = isRecord(document) ? document.observations : undefined;
      if (!isRecord(document) || !Array.isArray(rows)) readRow(document, null);
      else {
        const trace = isRecord(document.trace) ? readText(document.trace.id) : null;
        for (const row of rows as unknown[]) readRow(row, trace);
      }
    },
    done: () => {
      for (const { span } of versions.values()) if (span) writer.put(span);
    },
  };
}

function spanOf(row: JsonObject, trace: string | null): SpanFields {
  const at = (...names: readonly string[]) => names.map((name) => textIn(row[name])).find((text) => text !== null);
  const details = mapOf(row.usageDetails ?? row.usage_details);
  const usage = mapOf(row.usage);
  const type = (at("type") ?? "SPAN").toUpperCase();
  const start = instantOf(row.startTime ?? row.start_time);
  const model = at("model", "provided_model_name", "providedModelName");
  const name = at("name");
  return {
    example: at("traceId", "trace_id") ?? trace,
    uuid: at("id", "span_id") ?? null,
    parent: at("parentObservationId", "parent_observation_id", "parent_span_id") ?? null,
    kind: KINDS.get(type) ?? type,
    name: (type === "TOOL" ? (name ?? model) : (model ?? name)) ?? null,
    start,
    end: type === "EVENT" ? start : instantOf(row.endTime ?? row.end_time), // an event has no duration
    prompt: firstTokens(details.input, usage.input, usage.promptTokens, row.promptTokens, row.prompt_tokens),
    completion: firstTokens(
      details.output,
      usage.output,
      usage.completionTokens,
      row.completionTokens,
      row.completion_tokens,
    ),
    total: firstTokens(details.total, usage.total, usage.totalTokens, row.totalTokens, row.total_tokens),
    failed: at("level")?.toUpperCase() === "ERROR",
  };
}

/** In CSV, ClickHouse writes NULL as `\N`. */
const textIn = (cell: unknown): string | null => (cell === "\\N" ? null : readText(cell));

const firstTokens = (...cells: readonly unknown[]): number =>
  cells.map(readTokens).find((tokens) => !Number.isNaN(tokens)) ?? NaN;

const isDeleted = ({ is_deleted: cell }: JsonObject): boolean =>
  cell === true || readText(cell)?.toLowerCase() === "true" || readNumber(cell) === 1;
