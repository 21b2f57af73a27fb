import type { ColumnTable } from "arquero";
import { inPieces } from "../files/pieces.js";
import { lanes } from "../kernels/lanes.js";
import { intervalOrder } from "../kernels/order.js";
import { Reader } from "../tables/read.js";
import { parentsOfRows } from "../tables/told-parents.js";
import { secondsAsNanoseconds } from "./times.js";

/** These are told by `ts` and `dur`. */
const TIMES = new Set(["start_time", "end_time", "duration"]);

/**
 * Tables of calls or spans as a list of Chrome's trace events, in pieces: a process for each example, in it a thread for each lane. Calls
 * that overlap are never in one lane, except a call within its parent. What never ended, and has no end, is a begin without an end. All
 * columns stand in `args`: read back, the calls are the same, to the nanosecond. Calls without a place in time are left out.
 *
 * @param tables each holds its examples whole
 * @throws TableError if a needed column is missing
 */
export const writeChrome = (tables: Iterable<ColumnTable>): Generator<string, void, undefined> =>
  inPieces(eventTexts(tables));

function* eventTexts(tables: Iterable<ColumnTable>): Generator<string> {
  let isFirst = true;
  for (const table of tables) {
    for (const { fields, times } of events(table)) {
      yield `${isFirst ? "[" : ","}\n${JSON.stringify(fields).slice(0, -1)}${times}}`;
      isFirst = false;
    }
  }
  yield isFirst ? "[]\n" : "\n]\n";
}

interface WrittenEvent {
  readonly fields: Readonly<Record<string, unknown>>;
  /** as text, since a float holds microseconds of today to a quarter only */
  readonly times: string;
}

function* events(table: ColumnTable): Generator<WrittenEvent> {
  const read = new Reader(table, "writeChrome");
  const examples = read.ints("example_number");
  const starts = read.numbers("start_time");
  const ends = read.numbers("end_time");
  const kinds = read.texts("operation_type");
  const names = read.maybeTexts("operation_name");
  const exampleNames = read.maybeTexts("example");
  const columns = table.columnNames().filter((name: string) => !TIMES.has(name));

  const lasts = ends.map((end) => (Number.isNaN(end) ? Infinity : end));
  const order = intervalOrder(examples, starts, lasts);
  const laneOf = lanes(order, examples, parentsOfRows(read, examples), starts, lasts);

  let example = -1;
  for (const i of order) {
    if (examples[i] !== example) {
      example = examples[i];
      const args = { name: `example ${exampleNames.at(i) ?? example}` };
      yield { fields: { ph: "M", name: "process_name", pid: example, tid: 0, args }, times: "" };
    }
    const start = secondsAsNanoseconds(starts[i]);
    const isOpen = lasts[i] === Infinity;
    const kind = kinds.at(i) ?? "SPAN";
    const args: Record<string, unknown> = { operation_type: kind, operation_name: names.at(i) };
    for (const name of columns) args[name] = plain(read.cell(name, i));
    yield {
      fields: { ph: isOpen ? "B" : "X", name: names.at(i) ?? kind, cat: kind, pid: example, tid: laneOf[i], args },
      times: `,"ts":${microseconds(start)}${isOpen ? "" : `,"dur":${microseconds(secondsAsNanoseconds(ends[i]) - start)}`}`,
    };
  }
}

/** A cell as JSON can hold it: NaN becomes null by itself. */
const plain = (value: unknown): unknown => (typeof value === "bigint" ? String(value) : value);

function microseconds(nanoseconds: bigint): string {
  const [sign, size] = nanoseconds < 0n ? ["-", -nanoseconds] : ["", nanoseconds];
  const fraction = String(size % 1000n).padStart(3, "0");
  return `${sign}${size / 1000n}${fraction === "000" ? "" : `.${fraction}`}`;
}
