// Chrome's trace events, which Perfetto reads too: {traceEvents: […]}, or a list of events whose end may be missing ("Trace Event Format",
// docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU). Times are microseconds, with decimals or without.
// Read are complete events (X), and begins and ends that pair: B E, b e, S F. Not read: counters, instants, flows, samples, objects, metadata;
// of several categories all but the first.
import { type ChromeMark, chromePairs, isMark } from "./chrome-pairs.js";
import type { ColumnMap } from "./columns.js";
import type { DocumentFormat } from "./detect.js";
import { isRecord, type JsonObject, recordOf } from "./json-value.js";
import { readText, readTokens } from "./numbers.js";
import { SpanWriter } from "./span-writer.js";
import { tidyDocuments } from "./tidy-documents.js";
import { timeFinding } from "./time-finding.js";
import { nanosecondsOf } from "./times.js";

export const chrome: DocumentFormat = {
  name: "chrome",
  title: "Chrome's and Perfetto's trace events",
  yields: "spans",
  mayBreakOff: true,
  apart: /^traceEvents$/,
  detect: (document) => isPage(document) || (isEvent(document) && ("ts" in document || "pid" in document)),
  reader: (sinks, source) => {
    const { findings } = sinks.spans;
    const writer = new SpanWriter(sinks.spans, source, "ns");
    const calls = tidyDocuments(NANOSECONDS).reader(sinks, source);
    const marks: ChromeMark[] = [];
    let row = 0;

    const put = (event: JsonObject, args: JsonObject, start: unknown, end: unknown, at: number): void => {
      const [name, example] = [readText(event.name), readText(event.pid)];
      if (isCall(args)) {
        const status = end === null ? { status: "unfinished" } : {};
        calls.read({ operation_name: name, example, ...args, ...status, start_time: start, end_time: end }, at);
        return;
      }
      writer.put({
        example,
        uuid: readText(args.uuid),
        parent: readText(args.parent_uuid),
        kind: readText(event.cat)?.split(",")[0] ?? "SPAN",
        name,
        start,
        end,
        prompt: readTokens(args.prompt_tokens),
        completion: readTokens(args.completion_tokens),
        total: readTokens(args.total_tokens),
        failed: args.status === "error",
      });
    };

    const readEvent = (event: unknown): void => {
      row++;
      if (!isEvent(event)) {
        // an empty one often stands behind the last comma
        if (!isRecord(event) || Object.keys(event).length > 0) writer.malformed(event);
        return;
      }
      if (event.ph !== "X" && !isMark(event.ph)) return;
      const time = nanosecondsOf(event.ts, "us");
      if (typeof time !== "bigint") put(event, {}, event.ts, null, row);
      else if (event.ph !== "X") marks.push({ event, time, row });
      else {
        const duration = nanosecondsOf(event.dur, "us");
        const isMissing = duration === null && timeFinding(event.dur) === "missing_time";
        const end = typeof duration === "bigint" ? time + duration : isMissing ? null : event.dur;
        put(event, recordOf(event.args), time, end, row);
      }
    };

    return {
      read: (document) => {
        if (isPage(document)) document.traceEvents.forEach(readEvent);
        else readEvent(document);
      },
      done: () => {
        for (const { begin, end } of chromePairs(marks)) {
          if (begin) {
            const args = { ...recordOf(begin.event.args), ...recordOf(end?.event.args) };
            put(begin.event, args, begin.time, end?.time ?? null, begin.row);
          } else if (end) findings.add("orphaned_end", source, end.row, readText(end.event.name));
        }
        calls.done?.();
      },
    };
  },
};

const isPage = (value: unknown): value is { readonly traceEvents: unknown[] } =>
  isRecord(value) && Array.isArray(value.traceEvents);

const isEvent = (value: unknown): value is JsonObject => isRecord(value) && typeof value.ph === "string";

/** Whether arguments are the columns of a call, as `writeChrome` puts them there. */
const isCall = (args: JsonObject): boolean => Object.hasOwn(args, "operation_type");

const NANOSECONDS: ColumnMap = new Map([
  ["start_time", { from: "start_time", unit: "ns" }],
  ["end_time", { from: "end_time", unit: "ns" }],
]);
