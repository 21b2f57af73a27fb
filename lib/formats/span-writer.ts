import { textOf } from "../tables/text-of.js";
import type { SpanSink } from "./span-sink.js";
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
    sink.clock.choose("ns");
  }

  /** Adds a span. One without a start, or with times that cannot be read, is counted and left out. */
  put(span: SpanFields): void {
    const row = ++this.#row;
    const { findings, clock, texts } = this.#with();
    const start = nanosecondsOf(span.start, this.#unit);
    if (typeof start !== "bigint") {
      if (start === null) findings.add("missing_time", this.#source, row, `${span.name ?? span.kind} has no start`);
      else this.#unreadable("start", span.start);
      return;
    }
    let end = nanosecondsOf(span.end, this.#unit);
    if (end === null) {
      const duration = nanosecondsOf(span.duration, this.#durationUnit);
      if (duration === undefined) {
        this.#unreadable("duration", span.duration);
        return;
      }
      end = duration === null ? null : start + duration;
    }
    if (end === undefined) {
      this.#unreadable("end", span.end);
      return;
    }
    const example = span.example === null ? -1 : texts("example").dictionary.addText(span.example);
    const { prompt = NaN, completion = NaN, total = NaN } = span;
    const place = this.#sink.add(
      example,
      clock.since(start),
      end === null ? NaN : clock.since(end),
      NaN,
      prompt,
      completion,
      total,
      row,
    );
    const put = (name: string, text: string | null) => {
      if (text === null || text === "") return;
      const column = texts(name);
      column.put(place, column.dictionary.addText(text));
    };
    put("uuid", span.uuid);
    put("parent_uuid", span.parent);
    put("operation_type", span.kind.toUpperCase());
    put("operation_name", span.name);
    put("status", end === null ? "unfinished" : span.failed ? "error" : "ok");
    put("agent", span.agent ?? null);
    put("scope", span.scope ?? null);
  }

  /** Counts what is no span. */
  malformed(found: unknown): void {
    const shown = (textOf(found) ?? "null").slice(0, 80);
    this.#sink.findings.add("malformed", this.#source, ++this.#row, shown);
  }

  #with() {
    const sink = this.#sink;
    return { findings: sink.findings, clock: sink.clock, texts: (name: string) => sink.texts(name) };
  }

  #unreadable(what: string, found: unknown): void {
    this.#sink.findings.add("unreadable_time", this.#source, this.#row, `${what} is ${textOf(found)}`);
  }
}
