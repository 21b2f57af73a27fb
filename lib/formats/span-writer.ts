import type { Dictionary } from "../kernels/dictionary.js";
import type { GrowingTexts } from "../tables/growing.js";
import { executionKind } from "./claude-code.js";
import { excerpt } from "./shown.js";
import type { SpanSink } from "./span-sink.js";
import { shownTime, timeFinding } from "./time-finding.js";
import { nanosecondsOf, type TimeUnit } from "./times.js";

/** An operation as a source tells it. What it does not tell is null, undefined or NaN. */
export interface SpanFields {
  readonly example: string | null;
  readonly uuid: string | null;
  readonly parent: string | null;
  /** LLM, TOOL, or the source's own name */
  readonly kind: string;
  readonly name: string | null;
  readonly start: unknown;
  /** nothing, and no duration: it never ended */
  readonly end?: unknown;
  /** stands for the end */
  readonly duration?: unknown;
  readonly prompt?: number;
  readonly completion?: number;
  /** as the source has it */
  readonly total?: number;
  readonly failed?: boolean;
  /** who made the call */
  readonly agent?: string | null;
  /** the instrumentation that recorded it */
  readonly scope?: string | null;
}

/** Writes the spans of one file into the sink, whole nanoseconds throughout. */
export class SpanWriter {
  readonly #sink: SpanSink;
  readonly #source: string | null;
  readonly #unit: TimeUnit;
  readonly #durationUnit: TimeUnit;
  readonly #examples: Dictionary;
  readonly #uuids: GrowingTexts;
  readonly #parents: GrowingTexts;
  readonly #kinds: GrowingTexts;
  readonly #names: GrowingTexts;
  readonly #statuses: GrowingTexts;
  #row = 0;

  /**
   * @param source the file
   * @param unit of starts and ends
   * @param durationUnit of durations; that of the times where it is left out
   */
  constructor(sink: SpanSink, source: string | null, unit: TimeUnit, durationUnit = unit) {
    this.#sink = sink;
    this.#source = source;
    this.#unit = unit;
    this.#durationUnit = durationUnit;
    this.#examples = sink.texts("example").dictionary;
    this.#uuids = sink.texts("uuid");
    this.#parents = sink.texts("parent_uuid");
    this.#kinds = sink.texts("operation_type");
    this.#names = sink.texts("operation_name");
    this.#statuses = sink.texts("status");
    sink.clock.choose("ns");
  }

  /** Adds a span. One without a start, or with times that cannot be read, is counted and left out. */
  put(span: SpanFields): void {
    const row = ++this.#row;
    const sink = this.#sink;
    let start = this.#sinceDigits(span.start);
    let end = this.#sinceDigits(span.end);
    if (Number.isNaN(start) || Number.isNaN(end)) {
      const times = this.#timesOf(span);
      if (times === undefined) return;
      ({ start, end } = times);
    }
    const { prompt = NaN, completion = NaN, total = NaN } = span;
    const place = sink.add(
      span.example === null ? -1 : this.#examples.addText(span.example),
      start,
      end,
      NaN,
      prompt,
      completion,
      total,
      row,
    );
    putText(this.#uuids, place, span.uuid);
    putText(this.#parents, place, span.parent);
    putText(this.#kinds, place, span.kind.toUpperCase());
    if (span.kind === executionKind) sink.executions.push(place);
    putText(this.#names, place, span.name);
    putText(this.#statuses, place, Number.isNaN(end) ? "unfinished" : span.failed ? "error" : "ok");
    if (span.agent) putText(sink.texts("agent"), place, span.agent);
    if (span.scope) putText(sink.texts("scope"), place, span.scope);
  }

  /** The usual times, which need no further look; NaN for others. */
  #sinceDigits(time: unknown): number {
    return typeof time === "string" && this.#unit === "ns" ? this.#sink.clock.sinceDigits(time) : NaN;
  }

  /** Start and end in the terms of the clock, the end NaN where there is none; undefined, and counted, where they cannot be used. */
  #timesOf(span: SpanFields): { readonly start: number; readonly end: number } | undefined {
    const { clock } = this.#sink;
    const start = nanosecondsOf(span.start, this.#unit);
    if (typeof start !== "bigint") {
      this.#unusable("start", span.start, span);
      return undefined;
    }
    let end = nanosecondsOf(span.end, this.#unit);
    if (end === undefined || (end === null && timeFinding(span.end) === "nan_time")) {
      this.#unusable("end", span.end, span);
      return undefined;
    }
    if (end === null) {
      const duration = nanosecondsOf(span.duration, this.#durationUnit);
      if (duration === undefined || (duration === null && timeFinding(span.duration) === "nan_time")) {
        this.#unusable("duration", span.duration, span);
        return undefined;
      }
      end = duration === null ? null : start + duration;
    }
    return { start: clock.since(start), end: end === null ? NaN : clock.since(end) };
  }

  /** Counts what is no span. */
  malformed(found: unknown): void {
    this.#sink.findings.add("malformed", this.#source, ++this.#row, excerpt(found));
  }

  #unusable(what: "start" | "end" | "duration", found: unknown, { name, kind }: SpanFields): void {
    const code = timeFinding(found);
    const example = code === "missing_time" ? `${name ?? kind} has no ${what}` : `${what} is ${shownTime(found)}`;
    this.#sink.findings.add(code, this.#source, this.#row, example);
  }
}

function putText(column: GrowingTexts, place: number, text: string | null): void {
  if (text !== null && text !== "") column.put(place, column.dictionary.addText(text));
}
