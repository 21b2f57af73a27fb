import { Dictionary } from "../kernels/dictionary.js";
import { positions } from "../kernels/take.js";
import type { Findings } from "../tables/diagnostics.js";
import { GrowingNumbers, GrowingTexts } from "../tables/growing.js";
import { GrowingRows } from "../tables/growing-rows.js";
import { table } from "../tables/own-table.js";
import type { SpanTrace } from "../tables/trace.js";
import { countExecutions } from "./claude-code.js";
import { nothingUsable } from "./nothing-usable.js";
import { Clock } from "./times.js";

/** Columns of ids, where hardly any text occurs twice. */
const IDS = ["uuid", "parent_uuid"];

/** Room for more rows is made for the rest of the file, but at least and at most so many times as many as there are: what comes may be longer. */
const LEAST_ROOM = 1.25;
const MOST_ROOM = 4;
/** More room than the file seems to need: a chunk of it was read before its rows were. */
const SPARE = 1.1;

/** Collects the spans of one or more files. */
export class SpanSink {
  readonly findings: Findings;
  readonly clock = new Clock();
  readonly #texts = new Map<string, GrowingTexts>();
  readonly #exampleNames = this.texts("example");
  readonly #sources = this.texts("source");
  #nameless = -1; // the number of the example without a name
  readonly #rows = new GrowingRows(
    ["start_time", "end_time", "prompt_tokens", "completion_tokens", "total_tokens"],
    ["example_number", "row"],
  );
  /** only of those that tell no end, on a clock whose times are shifted in the end */
  readonly #durations = new GrowingNumbers();
  /** where spans stand in which Claude Code runs a tool */
  readonly executions: number[] = [];
  /** where each file begins */
  readonly #files: number[] = [];
  #source = -1;
  /** the part of the file that has been read, 0 where that is not known */
  #share = 0;

  constructor(findings: Findings) {
    this.findings = findings;
    for (const name of ["uuid", "parent_uuid", "operation_type", "operation_name", "status"]) this.texts(name);
  }

  /** The texts of a column, which is made where there is none yet. */
  texts(name: string): GrowingTexts {
    let texts = this.#texts.get(name);
    if (!texts) {
      this.#texts.set(name, (texts = new GrowingTexts(new Dictionary(IDS.includes(name)))));
    }
    return texts;
  }

  /** Tells how far the file has been read, in bytes, so that room is made once for all of it. */
  reached(read: number, total: number | undefined): void {
    this.#share = total === undefined || total === 0 ? 0 : read / total;
  }

  /** Begins a file. */
  begin(source: string | null): void {
    this.#files.push(this.#rows.size);
    this.#source = source === null ? -1 : this.#sources.dictionary.addText(source);
  }

  /** Makes room for so many spans more, so that it need not grow; for some more than are needed where many small files follow each other. */
  reserve(spans: number): void {
    const { size } = this.#rows;
    this.#reserve(Math.max(size + spans, Math.ceil(LEAST_ROOM * size)));
  }

  /**
   * Adds a span.
   *
   * @param example the code of its example's name in the texts of `example`, −1 where it has none
   * @param start in the unit of the clock
   * @param end in the unit of the clock; NaN where the duration tells it, or it never ended
   * @param duration in seconds; NaN where the end tells it
   * @param row its number in the file
   * @returns its place, to put its texts at
   */
  add(
    example: number,
    start: number,
    end: number,
    duration: number,
    prompt: number,
    completion: number,
    total: number,
    row: number,
  ): number {
    if (this.#rows.isFull) this.#makeRoom();
    const place = this.#rows.add();
    const { numbers, ints } = this.#rows;
    ints.example_number[place] = this.#numberOf(example);
    ints.row[place] = row;
    numbers.start_time[place] = start;
    numbers.end_time[place] = end;
    if (end !== end && duration === duration) {
      if (this.clock.isExact) this.#durations.put(place, duration);
      else numbers.end_time[place] = start + duration;
    }
    numbers.prompt_tokens[place] = prompt;
    numbers.completion_tokens[place] = completion;
    numbers.total_tokens[place] = total;
    this.#sources.put(place, this.#source);
    this.#exampleNames.put(place, example);
    return place;
  }

  #makeRoom(): void {
    const { size } = this.#rows;
    const before = this.#files.at(-1) ?? 0; // rows of other files
    const expected = this.#share > 0 ? Math.ceil(before + (SPARE * (size - before)) / this.#share) : 2 * size;
    this.#reserve(Math.max(Math.ceil(LEAST_ROOM * size), Math.min(expected, MOST_ROOM * size)));
  }

  #reserve(room: number): void {
    this.#rows.reserve(room);
    for (const texts of this.#texts.values()) texts.reserve(room);
  }

  /** The number of an example, counted in the order of appearance; those without a name are one example. */
  #numberOf(code: number): number {
    if (code < 0) {
      if (this.#nameless < 0) this.#nameless = this.#exampleNames.dictionary.size;
      return this.#nameless;
    }
    return this.#nameless >= 0 && code >= this.#nameless ? code + 1 : code;
  }

  trace(format: string, source: string | null): SpanTrace {
    const n = this.#rows.size;
    if (n === 0) nothingUsable(this.findings, source);
    const { numbers, ints } = this.#rows.done();
    const texts = Object.fromEntries(Array.from(this.#texts, ([name, column]) => [name, column.done(n)]));
    const { uuid, parent_uuid, operation_type, operation_name } = texts;
    countExecutions(
      { example_number: ints.example_number, uuid, parent_uuid, operation_type, operation_name },
      this.executions,
    );
    const origin = this.#settle(numbers.start_time, numbers.end_time);
    return {
      format,
      source,
      origin,
      diagnostics: this.findings.table(),
      spans: table({
        example_number: ints.example_number,
        start_time: numbers.start_time,
        end_time: numbers.end_time,
        prompt_tokens: numbers.prompt_tokens,
        completion_tokens: numbers.completion_tokens,
        total_tokens: numbers.total_tokens,
        row: ints.row,
        ...texts,
        ...this.#statedParents(),
      } as never),
    };
  }

  /** Turns the times of an exact clock into seconds since the origin, in place, and returns that. */
  #settle(starts: Float64Array, ends: Float64Array): bigint {
    if (!this.clock.isExact) return 0n;
    let earliest = Infinity;
    for (const start of starts) if (start < earliest) earliest = start;
    const { origin, toSeconds } = this.clock.settle(earliest);
    const durations = this.#durations.length > 0 ? this.#durations.done(starts.length) : undefined;
    for (let i = 0; i < starts.length; i++) {
      starts[i] = toSeconds(starts[i]);
      ends[i] = durations && Number.isNaN(ends[i]) ? starts[i] + durations[i] : toSeconds(ends[i]);
    }
    return origin;
  }

  /** Where the files state call_id and parent_call_id, both as numbers that hold over all files. */
  #statedParents(): { call_id: Int32Array; parent_call_id: Float64Array } | undefined {
    const ids = this.#texts.get("call_id");
    const parents = this.#texts.get("parent_call_id");
    if (!ids || !parents) return undefined;
    const n = this.#rows.size;
    const { codes, dictionary } = ids.done(n);
    const wanted = parents.done(n).codesIn(dictionary);
    const parentIds = new Float64Array(n).fill(NaN);
    const place = new Int32Array(dictionary.size).fill(-1); // of an id in its file
    this.#files.forEach((from, file) => {
      const to = this.#files.at(file + 1) ?? n;
      for (let i = from; i < to; i++) if (codes[i] >= 0) place[codes[i]] = i;
      for (let i = from; i < to; i++) {
        const found = wanted[i] < 0 ? -1 : place[wanted[i]];
        if (found >= from) parentIds[i] = found;
      }
    });
    return { call_id: positions(n), parent_call_id: parentIds };
  }
}
