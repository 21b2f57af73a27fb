import { Dictionary } from "../kernels/dictionary.js";
import type { Findings } from "../tables/diagnostics.js";
import { GrowingTexts } from "../tables/growing.js";
import { GrowingRows } from "../tables/growing-rows.js";
import { table } from "../tables/own-table.js";
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
  readonly #rows = new GrowingRows(
    ["event_timestamp", "prompt_tokens", "completion_tokens", "total_tokens", "span_event_timestamp"],
    ["example_number", "row"],
  );
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
    const place = this.#rows.add();
    const { numbers, ints } = this.#rows;
    this.see(example);
    ints.example_number[place] = this.#before + example;
    ints.row[place] = row;
    numbers.event_timestamp[place] = time;
    numbers.prompt_tokens[place] = prompt;
    numbers.completion_tokens[place] = completion;
    numbers.total_tokens[place] = total;
    numbers.span_event_timestamp[place] = startTime;
    this.texts.source.put(place, this.#source);
    return place;
  }

  /** Notes an example, which may have no events. */
  see(example: number): void {
    this.#examples = Math.max(this.#examples, this.#before + example + 1);
  }

  trace(format: string, source: string | null): EventTrace {
    const { texts } = this;
    const n = this.#rows.size;
    if (n === 0) nothingUsable(this.findings, source);
    const { numbers, ints } = this.#rows.done();
    return {
      format,
      source,
      origin: 0n,
      diagnostics: this.findings.table(),
      events: table({
        example_number: ints.example_number,
        example: texts.example.done(n),
        event_type: texts.event_type.done(n),
        event_timestamp: numbers.event_timestamp,
        uuid: texts.uuid.done(n),
        parent_uuid: texts.parent_uuid.done(n),
        operation_name: texts.operation_name.done(n),
        prompt_tokens: numbers.prompt_tokens,
        completion_tokens: numbers.completion_tokens,
        total_tokens: numbers.total_tokens,
        span_event_timestamp: numbers.span_event_timestamp,
        source: texts.source.done(n),
        row: ints.row,
      }),
    };
  }
}
