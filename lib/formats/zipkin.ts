// Zipkin v2 JSON: a list of spans, or a list of traces that are lists of spans (openzipkin/zipkin-api, zipkin2-api.yaml). Times are whole
// microseconds. Not read: annotations, remote endpoints.
import type { DocumentFormat } from "./detect.js";
import { isRecord, type JsonObject } from "./json-value.js";
import { readText } from "./numbers.js";
import { SpanWriter } from "./span-writer.js";

export const zipkin: DocumentFormat = {
  name: "zipkin",
  title: "Zipkin",
  yields: "spans",
  apart: /^$/,
  detect: (document) => {
    const span: unknown = Array.isArray(document) ? document[0] : document;
    return isSpan(span) && "timestamp" in span && ("localEndpoint" in span || "duration" in span);
  },
  reader: ({ spans }, source) => {
    const writer = new SpanWriter(spans, source, "us");
    const read = (document: unknown): void => {
      if (Array.isArray(document)) document.forEach(read);
      else if (isSpan(document)) put(document, writer);
      else writer.malformed(document);
    };
    return { read };
  },
};

const isSpan = (value: unknown): value is JsonObject => isRecord(value) && "traceId" in value && "id" in value;

function put(span: JsonObject, writer: SpanWriter): void {
  const id = readText(span.id) ?? "";
  const tags = isRecord(span.tags) ? span.tags : {};
  const isServerHalf = span.shared === true; // of a call whose client half has the same id
  writer.put({
    // 64 bits, or 128 with these as the last
    example: readText(span.traceId)?.padStart(32, "0") ?? null,
    uuid: isServerHalf ? `${id}/server` : id,
    parent: isServerHalf ? id : readText(span.parentId),
    kind: "SPAN",
    name: readText(span.name),
    start: span.timestamp,
    duration: span.duration,
    failed: Object.hasOwn(tags, "error"),
  });
}
