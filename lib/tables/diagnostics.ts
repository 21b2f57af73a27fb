import type { ColumnTable } from "arquero";
import { type Column, int, maybeNumber, maybeText, text } from "./column.js";
import { table } from "./own-table.js";
import { Reader } from "./read.js";
import { shorten } from "./shorten.js";

export const diagnosticsColumns: readonly Column[] = [
  text("code", "the kind of finding"),
  text("meaning", "what the code means"),
  int("events", "", "how many events or rows; the column adds up to what was read"),
  maybeText("first_source", "the file of the first one"),
  maybeNumber("first_row", "", "its row, counted from 1 without the header"),
  maybeText("example", "what stood there"),
];

/** Every kind of finding, in the order of the table; `problem` ones are told on stderr. */
export const findings = {
  paired: { problem: false, meaning: "a START or END of a finished call" },
  counted: { problem: false, meaning: "a row that is a call" },
  ignored: { problem: false, meaning: "of a kind that is not counted" },
  unknown_kind: { problem: true, meaning: "of a kind that is not known: not counted" },
  unfinished: { problem: true, meaning: "a START that never ended" },
  recovered: { problem: true, meaning: "an END without START that told its start: a call" },
  mismatched_kind: { problem: true, meaning: "an END of another kind than the START of its id: it closed the call" },
  folded: { problem: true, meaning: "a model call that another instrumentation recorded too: one call" },
  outside_parent: {
    problem: true,
    meaning: "of a call that starts before its parent or ends after it: a call all the same",
  },
  reused_id: {
    problem: true,
    meaning: "a START or row whose id had been used before in its example: a call of its own",
  },
  repeated: { problem: true, meaning: "the same event or row once more: left out" },
  replaced: { problem: true, meaning: "of a root call that a later one of the same id replaced (NAT mode)" },
  orphaned_end: { problem: true, meaning: "an END without START: left out" },
  negative_duration: { problem: true, meaning: "an end before its start: left out" },
  nan_time: {
    problem: true,
    meaning: "a time that is NaN or infinite, or an event's that is missing: no place in time",
  },
  unreadable_time: { problem: true, meaning: "a time that cannot be read: left out" },
  missing_time: { problem: true, meaning: "no time, or no end: left out" },
  missing_example: { problem: true, meaning: "no example number: left out" },
  malformed: { problem: true, meaning: "not an event: left out" },
  skipped_file: { problem: true, meaning: "a file of a folder or pattern that is no trace: left out" },
  empty: { problem: true, meaning: "nothing to read" },
} as const;

export type FindingCode = keyof typeof findings;

const codes = Object.keys(findings) as FindingCode[];

/** The number of each code, where what became of rows is an array of bytes. */
export const Code = Object.fromEntries(codes.map((code, number) => [code, number])) as Readonly<
  Record<FindingCode, number>
>;

interface Finding {
  events: number;
  source: string | null;
  row: number;
  example: string | null;
}

/** So much of an example is kept. */
const MOST = 200;

/** Counts findings by kind, with the first of each. */
export class Findings {
  readonly #found = new Map<FindingCode, Finding>();

  /** Counts a finding; the source, row and example of the first one of a kind are kept. */
  add(code: FindingCode, source: string | null, row: number, example: string | null, events = 1): void {
    const finding = this.#found.get(code);
    if (finding) finding.events += events;
    else this.#found.set(code, { events, source, row, example: example === null ? null : shorten(example, MOST) });
  }

  /**
   * Counts what became of each row, by one code each. O(rows).
   *
   * @param fates the `Code` of each row
   * @param describe what there is to tell of a row; asked for the first one of each code only
   */
  addRows(fates: Uint8Array, describe: (row: number, code: FindingCode) => Omit<Finding, "events">): void {
    const counts = new Int32Array(codes.length);
    const firsts = new Int32Array(codes.length);
    for (let row = fates.length - 1; row >= 0; row--) {
      counts[fates[row]]++;
      firsts[fates[row]] = row;
    }
    codes.forEach((code, k) => {
      if (counts[k] === 0) return;
      const { source, row, example } = describe(firsts[k], code);
      this.add(code, source, row, example, counts[k]);
    });
  }

  /** Adds the counts of a diagnostics table. */
  addTable(diagnostics: ColumnTable): void {
    const read = new Reader(diagnostics, "diagnostics");
    const found = read.texts("code");
    const events = read.ints("events");
    const sources = read.texts("first_source");
    const rows = read.numbers("first_row");
    const examples = read.texts("example");
    for (let i = 0; i < read.size; i++) {
      const code = found.at(i);
      if (code !== null && code in findings)
        this.add(code as FindingCode, sources.at(i), rows[i], examples.at(i), events[i]);
    }
  }

  /** The first finding that was counted, and what it means; undefined where there is none. */
  first(): (Finding & { readonly meaning: string }) | undefined {
    for (const [code, finding] of this.#found)
      if (finding.events > 0) return { ...finding, meaning: findings[code].meaning };
    return undefined;
  }

  /** The `diagnostics` table. */
  table(): ColumnTable {
    const there = codes.filter((code) => this.#found.has(code));
    const found = there.map((code) => this.#found.get(code) as Finding);
    return table({
      code: there,
      meaning: there.map((code) => findings[code].meaning),
      events: Int32Array.from(found, (f) => f.events),
      first_source: found.map((f) => f.source),
      first_row: Float64Array.from(found, (f) => f.row),
      example: found.map((f) => f.example),
    });
  }
}
