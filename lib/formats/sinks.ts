import { table } from "arquero";
import { InputError } from "../errors.js";
import type { Findings } from "../tables/diagnostics.js";
import { GrowingNumbers } from "../tables/growing.js";
import type { EventTrace, SpanTrace } from "../tables/trace.js";
import { Clock } from "./times.js";

/**
 * Nothing came of what was read: an empty trace is told of.
 *
 * @throws InputError if there was something, and none of it could be used
 */
function nothingUsable(findings: Findings, source: string | null): void {
  const unused = findings.first();
  if (!unused) findings.add("empty", source, NaN, null, 0);
  else {
    throw new InputError(
      `no row can be used; of the first, ${unused.example ?? unused.meaning}. Mend the file, or name the columns with --columns.`,
      { file: unused.source ?? undefined, row: unused.row },
    );
  }
}

export interface EventRecord {
  readonly example: number;
  readonly exampleName: string | null;
  readonly type: string;
  readonly time: number;
  readonly uuid: string | null;
  readonly parent: string | null;
  readonly name: string | null;
  readonly prompt: number;
  readonly completion: number;
  readonly total: number;
  readonly startTime: number;
}

/** Collects the events of one or more files. */
export class EventSink {
  readonly findings: Findings;
  readonly #numbers = {
    example_number: new GrowingNumbers(),
    event_timestamp: new GrowingNumbers(),
    prompt_tokens: new GrowingNumbers(),
    completion_tokens: new GrowingNumbers(),
    total_tokens: new GrowingNumbers(),
    span_event_timestamp: new GrowingNumbers(),
    row: new GrowingNumbers(),
  };
  readonly #texts = {
    example: [] as (string | null)[],
    event_type: [] as string[],
    uuid: [] as (string | null)[],
    parent_uuid: [] as (string | null)[],
    operation_name: [] as (string | null)[],
    source: [] as (string | null)[],
  };
  #examples = 0;
  #before = 0;

  constructor(findings: Findings) {
    this.findings = findings;
  }

  /** Begins a file: its examples are numbered on from those of the files before. */
  begin(): void {
    this.#before = this.#examples;
  }

  add(event: EventRecord, source: string | null, row: number): void {
    const example = this.#before + event.example;
    this.see(event.example);
    const {
      example_number,
      event_timestamp,
      prompt_tokens,
      completion_tokens,
      total_tokens,
      span_event_timestamp,
      row: rows,
    } = this.#numbers;
    example_number.push(example);
    event_timestamp.push(event.time);
    prompt_tokens.push(event.prompt);
    completion_tokens.push(event.completion);
    total_tokens.push(event.total);
    span_event_timestamp.push(event.startTime);
    rows.push(row);
    const texts = this.#texts;
    texts.example.push(event.exampleName);
    texts.event_type.push(event.type);
    texts.uuid.push(event.uuid);
    texts.parent_uuid.push(event.parent);
    texts.operation_name.push(event.name);
    texts.source.push(source);
  }

  /** Notes an example, which may have no events. */
  see(example: number): void {
    this.#examples = Math.max(this.#examples, this.#before + example + 1);
  }

  trace(format: string, source: string | null): EventTrace {
    const n = this.#numbers;
    const t = this.#texts;
    if (n.row.length === 0) nothingUsable(this.findings, source);
    return {
      format,
      source,
      origin: 0n,
      diagnostics: this.findings.table(),
      events: table({
        example_number: Int32Array.from(n.example_number.done()),
        example: t.example,
        event_type: t.event_type,
        event_timestamp: n.event_timestamp.done(),
        uuid: t.uuid,
        parent_uuid: t.parent_uuid,
        operation_name: t.operation_name,
        prompt_tokens: n.prompt_tokens.done(),
        completion_tokens: n.completion_tokens.done(),
        total_tokens: n.total_tokens.done(),
        span_event_timestamp: n.span_event_timestamp.done(),
        source: t.source,
        row: n.row.done(),
      }),
    };
  }
}

export interface SpanRecord {
  readonly example: string | null;
  /** in the unit of the sink's clock */
  readonly start: number;
  /** in the unit of the clock; NaN where the duration tells it, or it never ended */
  readonly end: number;
  /** in seconds; NaN where the end tells it */
  readonly duration: number;
  readonly prompt: number;
  readonly completion: number;
  readonly total: number;
  /** the text columns, by name */
  readonly texts: Readonly<Record<string, string | null>>;
}

/** Collects the spans of one or more files. */
export class SpanSink {
  readonly findings: Findings;
  readonly clock = new Clock();
  readonly #examples = new Map<string | null, number>();
  readonly #numbers = {
    example_number: new GrowingNumbers(),
    start_time: new GrowingNumbers(),
    end_time: new GrowingNumbers(),
    duration: new GrowingNumbers(),
    prompt_tokens: new GrowingNumbers(),
    completion_tokens: new GrowingNumbers(),
    total_tokens: new GrowingNumbers(),
    row: new GrowingNumbers(),
  };
  readonly #texts = new Map<string, (string | null)[]>(
    ["example", "source", "uuid", "parent_uuid", "operation_type", "operation_name", "status"].map((name) => [
      name,
      [],
    ]),
  );

  constructor(findings: Findings) {
    this.findings = findings;
  }

  add(span: SpanRecord, source: string | null, row: number): void {
    let example = this.#examples.get(span.example);
    if (example === undefined) this.#examples.set(span.example, (example = this.#examples.size));
    const n = this.#numbers;
    const before = n.row.length;
    n.example_number.push(example);
    n.start_time.push(span.start);
    n.end_time.push(span.end);
    n.duration.push(span.duration);
    n.prompt_tokens.push(span.prompt);
    n.completion_tokens.push(span.completion);
    n.total_tokens.push(span.total);
    n.row.push(row);
    for (const name of Object.keys(span.texts)) {
      if (!this.#texts.has(name)) this.#texts.set(name, new Array<string | null>(before).fill(null));
    }
    for (const [name, values] of this.#texts) {
      values.push(name === "example" ? span.example : name === "source" ? source : (span.texts[name] ?? null));
    }
  }

  trace(format: string, source: string | null): SpanTrace {
    const n = this.#numbers;
    if (n.row.length === 0) nothingUsable(this.findings, source);
    const starts = n.start_time.done();
    const { origin, toSeconds } = this.clock.settle(
      starts.reduce((least, time) => (time < least ? time : least), Infinity),
    );
    const durations = n.duration.done();
    const ends = n.end_time
      .done()
      .map((end, i) => (Number.isNaN(end) ? toSeconds(starts[i]) + durations[i] : toSeconds(end)));
    return {
      format,
      source,
      origin,
      diagnostics: this.findings.table(),
      spans: table({
        example_number: Int32Array.from(n.example_number.done()),
        start_time: starts.map(toSeconds),
        end_time: ends,
        prompt_tokens: n.prompt_tokens.done(),
        completion_tokens: n.completion_tokens.done(),
        total_tokens: n.total_tokens.done(),
        row: n.row.done(),
        ...Object.fromEntries(this.#texts),
        ...this.#statedParents(),
      }),
    };
  }

  /** Where the files state call_id and parent_call_id, both as numbers that hold over all files. */
  #statedParents(): { call_id: Int32Array; parent_call_id: Float64Array } | undefined {
    const ids = this.#texts.get("call_id");
    const parents = this.#texts.get("parent_call_id");
    const sources = this.#texts.get("source");
    if (!ids || !parents || !sources) return undefined;
    const key = (i: number, id: string | null) => `${sources[i] ?? ""}\0${id ?? ""}`;
    const position = new Map(ids.map((id, i) => [key(i, id), i]));
    return {
      call_id: Int32Array.from(ids.keys()),
      parent_call_id: Float64Array.from(parents, (id, i) => (id === null ? NaN : (position.get(key(i, id)) ?? NaN))),
    };
  }
}
