import { type ColumnTable, desc, fromArrow, table, toArrow } from "arquero";
import { expect } from "chai";
import {
  alignToStart,
  averageLatencyByMidpointConcurrency,
  buildCallTreeForExample,
  buildCallTreePerExample,
  buildConcurrencySegments,
  callsCentredIn,
  callTree,
  clipSegments,
  computeConcurrencyDistribution,
  computeMidpointConcurrency,
  computePercentiles,
  concurrencySpikeAnalysis,
  correlateSpikeCalls,
  detectConcurrencySpikes,
  distributionOf,
  findCallsActiveInInterval,
  findPercentileConcurrency,
  listActiveIds,
  listSpikeCalls,
  printCallTree,
  TableError,
  timeBins,
  tokensInFlight,
  whereEqual,
} from "../../lib/index.js";
import { Reader } from "../../lib/tables/read.js";
import { columnsOf } from "../support/columns-of.js";

const calls = table({
  call_id: Int32Array.of(0, 1, 2, 3),
  parent_call_id: Float64Array.of(NaN, 0, NaN, NaN),
  example_number: Int32Array.of(0, 0, 0, 1),
  example: ["x", "x", "x", "y"],
  uuid: ["a", "b", null, "d"],
  depth: Int32Array.of(0, 1, 0, 0),
  operation_type: ["LLM", "TOOL", "LLM", "LLM"],
  operation_name: ["m", null, "m", "n"],
  start_time: Float64Array.of(0, 1, 4, 2),
  end_time: Float64Array.of(3, 2, 5, 6),
  prompt_tokens: Float64Array.of(10, NaN, 30, 40),
  total_tokens: Float64Array.of(15, NaN, 35, 45),
  note: ["p", "q", "r", "s"],
});
const events = table({
  example_number: [0, 0, 0, 0],
  event_type: ["LLM_START", "TOOL_START", "TOOL_END", "LLM_END"],
  event_timestamp: [0, 1, 2, 3],
  uuid: ["a", "b", "b", "a"],
  start_time: [0, 0, 0, 0],
});
const segments = buildConcurrencySegments(calls);
const distribution = distributionOf(segments);
const spikes = detectConcurrencySpikes(segments, 2);

/** Every function that takes a table: one table that it takes, and a column that it needs of it. */
const functions: [name: string, input: ColumnTable, needs: string, run: (input: ColumnTable) => unknown][] = [
  ["buildCallTreePerExample", events, "event_timestamp", buildCallTreePerExample],
  ["buildCallTreePerExample", calls, "operation_type", buildCallTreePerExample],
  ["buildCallTreeForExample", events, "event_timestamp", buildCallTreeForExample],
  ["buildConcurrencySegments", calls, "end_time", buildConcurrencySegments],
  ["computeConcurrencyDistribution", calls, "end_time", computeConcurrencyDistribution],
  ["distributionOf", segments, "concurrency", distributionOf],
  ["findPercentileConcurrency", distribution, "total_time", (t) => findPercentileConcurrency(t, 90)],
  ["computePercentiles", distribution, "concurrency", (t) => computePercentiles(t)],
  ["detectConcurrencySpikes", segments, "concurrency", (t) => detectConcurrencySpikes(t, 2)],
  ["findCallsActiveInInterval", calls, "start_time", (t) => findCallsActiveInInterval(t, 1, 3)],
  ["correlateSpikeCalls", calls, "start_time", (t) => correlateSpikeCalls(spikes, t)],
  ["correlateSpikeCalls", spikes, "end_time", (t) => correlateSpikeCalls(t, calls)],
  ["listSpikeCalls", calls, "start_time", (t) => listSpikeCalls(spikes, t)],
  ["listSpikeCalls", spikes, "end_time", (t) => listSpikeCalls(t, calls)],
  ["listActiveIds", calls, "end_time", (t) => [...listActiveIds(spikes, t)]],
  ["listActiveIds", spikes, "end_time", (t) => [...listActiveIds(t, calls)]],
  ["computeMidpointConcurrency", calls, "start_time", (t) => computeMidpointConcurrency(t, segments)],
  ["computeMidpointConcurrency", segments, "concurrency", (t) => computeMidpointConcurrency(calls, t)],
  ["averageLatencyByMidpointConcurrency", calls, "end_time", (t) => averageLatencyByMidpointConcurrency(t, segments)],
  ["averageLatencyByMidpointConcurrency", segments, "start_time", (t) => averageLatencyByMidpointConcurrency(calls, t)],
  ["timeBins", segments, "end_time", (t) => timeBins(t)],
  ["tokensInFlight", calls, "total_tokens", (t) => tokensInFlight(t)],
  ["callTree", calls, "parent_call_id", callTree],
  ["printCallTree", calls, "depth", printCallTree],
  ["alignToStart", calls, "example_number", alignToStart],
  ["clipSegments", segments, "start_time", (t) => clipSegments(t, 1, 3)],
  ["callsCentredIn", calls, "start_time", (t) => callsCentredIn(t, 1, 3)],
  ["whereEqual", calls, "operation_type", (t) => whereEqual(t, { operation_type: "LLM" })],
  ["concurrencySpikeAnalysis", calls, "", (t) => concurrencySpikeAnalysis(t)],
];

/** What a function returned, as plain values. */
const plain = (value: unknown): unknown => {
  if (value !== null && typeof value === "object" && "columnNames" in value) return columnsOf(value as ColumnTable);
  if (value !== null && typeof value === "object" && "tables" in value)
    return Object.fromEntries(Object.entries(value.tables as object).map(([name, t]) => [name, plain(t)]));
  return value;
};
const copy = (t: ColumnTable) => table(structuredClone(columnsOf(t)));

for (const [name, input, needs, run] of functions) {
  const kind = input === events ? "events" : input === calls ? "calls" : input === segments ? "segments" : null;
  describe(`${name}, given ${kind ?? (input === spikes ? "spikes" : "a distribution")}`, () => {
    const expected = plain(run(input));

    it("does not change them", () => {
      const before = copy(input);
      run(input);
      expect(columnsOf(input)).to.deep.equal(columnsOf(before));
    });
    it("takes plain arrays, null for a missing number, and columns of Arrow", () => {
      const nulls = Object.entries(columnsOf(input)).map(([column, values]) => [
        column,
        values.map((value) => (Number.isNaN(value) ? null : value)),
      ]);
      const plainly = (t: ColumnTable) => JSON.stringify(plain(run(t)));
      expect(plainly(table(Object.fromEntries(nulls) as Record<string, unknown[]>))).to.equal(JSON.stringify(expected));
      expect(plainly(fromArrow(toArrow(input) as never))).to.equal(JSON.stringify(expected));
    });
    it("sees an ordered and filtered view as it shows", () => {
      const first = input.columnNames()[0];
      const shuffled = copy(input.slice(0, Infinity).orderby(desc(first)).reify())
        .concat(input.slice(0, 1))
        .assign(
          table({ place: Array.from({ length: input.numRows() + 1 }, (_, i) => (i === input.numRows() ? -1 : i)) }),
        );
      const view = shuffled.filter((d: { place: number }) => d.place >= 0).orderby(desc("place"));
      const wanted = copy(view.reify());
      expect(plain(run(view))).to.deep.equal(plain(run(wanted)));
    });
    if (input.columnIndex("example_number") >= 0) {
      it("takes them grouped by example_number", () => {
        expect(plain(run(input.groupby("example_number")))).to.deep.equal(expected);
      });
    }
    it("refuses another grouping, and names groupBy", () => {
      const column = input.columnNames().find((column) => column !== "example_number") as string;
      expect(() => run(input.groupby(column)))
        .to.throw(TableError, /the table is grouped by .*groupBy/)
        .with.property("message")
        .that.includes(column);
    });
    it("takes an empty table", () => {
      expect(() => run(input.slice(0, 0).reify())).not.to.throw();
    });
    if (needs === "") return;
    if (name !== "whereEqual") {
      it(`names itself and the column ${needs} where that is missing, and the columns that there are`, () => {
        const less = input.select(input.columnNames((column: string) => column !== needs));
        expect(() => run(less))
          .to.throw(TableError, `${name}: the table has no column ${needs}; it has ${less.columnNames().join(", ")}.`)
          .with.property("column", needs);
      });
    }
    it(`names itself, the column ${needs} and what stands there where that is of a wrong type`, () => {
      const value = needs === "operation_type" ? [{ a: 1 }] : ["soon"];
      const wrong = copy(input).assign(table({ [needs]: Array.from({ length: input.numRows() }, () => value[0]) }));
      expect(() => run(wrong)).to.throw(TableError, `${name}: column ${needs} must hold `);
      expect(() => run(wrong)).to.throw(TableError, /but row 1 holds ("soon"|\{"a":1\})\./);
    });
  });
}

describe("Reader", () => {
  const read = (columns: Record<string, ArrayLike<unknown>>) => new Reader(table(columns), "f");

  it("hands out typed columns as they are", () => {
    const a = Float64Array.of(1, 2);
    const b = Int32Array.of(1, 2);
    expect(read({ a }).numbers("a")).to.equal(a);
    expect(read({ b }).ints("b")).to.equal(b);
  });
  it("reads null and undefined as NaN, and BigInts as numbers", () => {
    expect(read({ a: [1, null, undefined, 4n] }).numbers("a")).to.deep.equal(Float64Array.of(1, NaN, NaN, 4));
    expect(read({ a: BigInt64Array.of(7n) }).ints("a")).to.deep.equal(Int32Array.of(7));
  });
  it("refuses what is no whole number from 0", () => {
    for (const value of [1.5, -1, NaN, 2 ** 31])
      expect(() => read({ a: [0, value] }).ints("a")).to.throw(
        TableError,
        "f: column a must hold whole numbers from 0",
      );
    expect(() => read({ a: Int32Array.of(0, -1) }).ints("a")).to.throw(TableError, "but row 2 holds -1.");
  });
  it("refuses texts, booleans and dates as numbers", () => {
    for (const value of ["1", true, new Date(0)])
      expect(() => read({ a: [value] }).numbers("a")).to.throw(TableError, "f: column a must hold numbers, but row 1");
  });
  it("counts the rows of an error as the view shows them", () => {
    const view = table({ a: [3, "x", 1], keep: [0, 1, 1] }).filter((d: { keep: number }) => d.keep === 1);
    expect(() => new Reader(view, "f").numbers("a")).to.throw(TableError, 'row 1 holds "x".');
  });
  it("reads numbers as texts, and a missing one as null", () => {
    expect([...read({ a: ["x", 7, null, undefined, NaN, true] }).texts("a")]).to.deep.equal([
      "x",
      "7",
      null,
      null,
      null,
      "true",
    ]);
  });
  it("gives NaN or null throughout for a column that may be missing", () => {
    expect(read({ a: [1, 2] }).maybeNumbers("b")).to.deep.equal(Float64Array.of(NaN, NaN));
    expect([...read({ a: [1, 2] }).maybeTexts("b")]).to.deep.equal([null, null]);
  });
  it("says that a table without columns has none", () => {
    expect(() => read({}).numbers("a")).to.throw(TableError, "f: the table has no column a; it has none.");
  });
});
