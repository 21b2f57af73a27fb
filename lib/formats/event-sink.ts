import { table } from "arquero";
import { Dictionary } from "../kernels/dictionary.js";
import type { Findings } from "../tables/diagnostics.js";
import { GrowingInts, GrowingNumbers, GrowingTexts } from "../tables/growing.js";
import type { EventTrace } from "../tables/trace.js";
import { nothingUsable } from "./nothing-usable.js";

/** Collects the events of one or more files. */
export class EventSink {
  readonly findings: Findings;
  readonly #ids = new Dictionary(); // of calls and parents alike
  readonly texts = {
    example: new GrowingTexts(),
    event_type: new GrowingTexts(),
    uuid: new GrowingTexts(this.#ids),
    parent_uuid: new GrowingTexts(this.#ids),
    operation_name: new GrowingTexts(),
    source: new GrowingTexts(),
  };
  readonly #exampleNumbers = new GrowingInts();
  readonly #rows = new GrowingInts();
  readonly #numbers = {
    event_timestamp: new GrowingNumbers(),
    prompt_tokens: new GrowingNumbers(),
    completion_tokens: new GrowingNumbers(),
    total_tokens: new GrowingNumbers(),
    span_event_timestamp: new GrowingNumbers(),
  };
  #size = 0;
  #source = -1;
  #examples = 0;
  #before = 0;

  constructor(findings: Findings) {
    this.findings = findings;
  }

  /** Begins a file: its examples are numbered on from those of the files before. */
  begin(source: string | null): void {
    this.#before = this.#examples;
    this.#source = source === null ? -1 : this.texts.source.dictionary.addText(source);
  }

  /**
   * Adds an event.
   *
   * @param example its number in the file
   * @param time seconds, NaN where missing
   * @param startTime seconds, where an END tells its START
   * @param row its number in the file
   * @returns its place, to put its texts at
   */
  add(
    example: number,
    time: number,
    prompt: number,
    completion: number,
    total: number,
    startTime: number,
    row: number,
  ): number {
    const numbers = this.#numbers;
    const place = this.#size++;
    this.see(example);
    this.#exampleNumbers.put(place, this.#before + example);
    numbers.event_timestamp.put(place, time);
    numbers.prompt_tokens.put(place, prompt);
    numbers.completion_tokens.put(place, completion);
    numbers.total_tokens.put(place, total);
    numbers.span_event_timestamp.put(place, startTime);
    this.#rows.put(place, row);
    this.texts.source.put(place, this.#source);
    return place;
  }

  /** Notes an example, which may have no events. */
  see(example: number): void {
    this.#examples = Math.max(this.#examples, this.#before + example + 1);
  }

  trace(format: string, source: string | null): EventTrace {
    const numbers = this.#numbers;
    const texts = this.texts;
    const n = this.#size;
    if (n === 0) nothingUsable(this.findings, source);
    return {
      format,
      source,
      origin: 0n,
      diagnostics: this.findings.table(),
      events: table({
        example_number: this.#exampleNumbers.done(n),
        example: texts.example.done(n),
        event_type: texts.event_type.done(n),
        event_timestamp: numbers.event_timestamp.done(n),
        uuid: texts.uuid.done(n),
        parent_uuid: texts.parent_uuid.done(n),
        operation_name: texts.operation_name.done(n),
        prompt_tokens: numbers.prompt_tokens.done(n),
        completion_tokens: numbers.completion_tokens.done(n),
        total_tokens: numbers.total_tokens.done(n),
        span_event_timestamp: numbers.span_event_timestamp.done(n),
        source: texts.source.done(n),
        row: this.#rows.done(n),
      }),
    };
  }
}
