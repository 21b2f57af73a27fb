import { type ColumnTable, table } from "arquero";
import { expect } from "chai";
import fc from "fast-check";
import { lanesChart, OptionError } from "../../../lib/index.js";
import { dataOf, subtitleOf } from "../../support/chart-parts.js";
import { inFlight } from "../../support/oracle.js";
import { calls as anyCalls } from "../../support/traces.js";

const calls = (n: number, start: (i: number) => number, length: number): ColumnTable =>
  table({
    start_time: Float64Array.from({ length: n }, (_, i) => start(i)),
    end_time: Float64Array.from({ length: n }, (_, i) => start(i) + length),
  });
const lanes = (input: ColumnTable, options = {}) => dataOf(lanesChart(input, options)).map(({ lane }) => lane);

describe("lanesChart(calls)", () => {
  it("puts calls that overlap into lanes of their own, also a parent and its child", () => {
    const nested = table({ start_time: [0, 1, 4], end_time: [4, 2, 5], parent_call_id: [NaN, 0, NaN] });
    expect(lanes(nested)).to.deep.equal([0, 1, 0]);
  });
  it("fills as many lanes as calls are in flight", () => {
    fc.assert(
      fc.property(anyCalls, (rows) => {
        const drawn = dataOf(
          lanesChart(table({ start_time: rows.map((row) => row.start), end_time: rows.map((row) => row.end) })),
        );
        if (drawn[0].why !== undefined) return;
        const placed = rows.filter(({ start, end }) => Number.isFinite(start) && (Number.isNaN(end) || start <= end));
        expect(drawn).to.have.length(placed.length);
        const closed = placed.map((call) => ({ ...call, end: Number.isNaN(call.end) ? Infinity : call.end }));
        for (const { start } of closed) {
          const filled = closed
            .map((call, k) => (call.start <= start && start < call.end ? drawn[k].lane : -1))
            .filter((lane) => lane !== -1);
          expect(new Set(filled).size).to.equal(inFlight(closed, start));
        }
      }),
    );
  });
  it("keeps the lanes of an example together, below its name", () => {
    const two = table({
      example_number: [4, 1, 4],
      example: ["b", null, "b"],
      start_time: [0, 0, 1],
      end_time: [2, 2, 3],
    });
    expect(lanes(two)).to.deep.equal([1, 0, 2]);
    const [{ data }] = lanesChart(two).layer as { data: { values: unknown } }[];
    expect(data.values).to.deep.equal([
      { top: 0, label: "example 1" },
      { top: 1, label: "b" },
    ]);
  });
  it("puts all together where there are more than 20 examples", () => {
    const n = 21;
    const numbers = { example_number: Int32Array.from({ length: n }, (_, i) => i) };
    expect(new Set(lanes(calls(n, (i) => i, 1).assign(table(numbers))))).to.deep.equal(new Set([0]));
    expect(lanesChart(calls(n, (i) => i, 1).assign(table(numbers))).layer).to.have.length(1);
  });
  it("shows the calls of a window, cut at its borders", () => {
    const spec = lanesChart(
      calls(5, (i) => i * 10, 10),
      { window: [15, 25] },
    );
    expect(dataOf(spec).map(({ start, end }) => [start, end])).to.deep.equal([
      [15, 20],
      [20, 25],
    ]);
    expect(
      dataOf(
        lanesChart(
          calls(5, (i) => i, 1),
          { window: [15, 25] },
        ),
      ),
    ).to.deep.equal([{ why: "No call is in this window." }]);
    expect(() =>
      lanesChart(
        calls(5, (i) => i, 1),
        { window: [3, 3] },
      ),
    ).to.throw(OptionError, /`window` must be two numbers/);
  });
  it("shows many calls around the moment with the most in flight, and says so", () => {
    // a call each second, and five more at 700
    const many = calls(1005, (i) => (i < 1000 ? i : 700), 1);
    const spec = lanesChart(many);
    expect(subtitleOf(spec)).to.deep.equal([
      "400 of 1,005 calls, around the moment with the most in flight: in 6 lanes",
    ]);
    const starts = dataOf(spec).map(({ start }) => start as number);
    expect((Math.min(...starts) + Math.max(...starts)) / 2).to.be.closeTo(700 / 60, 0.1);
  });
  it("draws some of those that are too many, evenly, and says so", () => {
    const spec = lanesChart(
      calls(4000, (i) => i, 1),
      { window: [0, 4000] },
    );
    expect(subtitleOf(spec)).to.deep.equal(["4,000 calls", "400 of them are drawn, evenly by their start, in 1 lane"]);
    expect(dataOf(spec)).to.have.length(400);
    expect(dataOf(lanesChart(calls(400, (i) => i, 1)))).to.have.length(400);
  });
  it("draws what never ended up to the end, and leaves out what never started", () => {
    const open = table({ start_time: [0, 1, NaN], end_time: [4, NaN, 3] });
    expect(dataOf(lanesChart(open)).map(({ start, end, duration }) => [start, end, duration])).to.deep.equal([
      [0, 4, "4.00 s"],
      [1, 4, "–"],
    ]);
  });

  describe("its colours", () => {
    const kinds = (list: (string | null)[], names = list) =>
      table({
        operation_type: list,
        operation_name: names,
        start_time: list.map((_, i) => i),
        end_time: list.map((_, i) => i + 1),
      });
    const scale = (input: ColumnTable, by: "kind" | "name") => {
      const [bars] = lanesChart(input, { by }).layer as {
        encoding: { fill: { scale: { domain: string[]; range: string[] } } };
      }[];
      return bars.encoding.fill.scale;
    };
    it("are the same for LLM and TOOL in every chart", () => {
      const [llm, tool] = ["#0072B2", "#E69F00"];
      expect(scale(kinds(["LLM"]), "kind")).to.deep.equal({ domain: ["LLM"], range: [llm] });
      expect(scale(kinds(["TOOL", "TOOL", "AGENT"]), "kind").range[0]).to.equal(tool);
      expect(scale(kinds(["TOOL", "TOOL", "LLM"]), "kind")).to.deep.equal({
        domain: ["LLM", "TOOL"],
        range: [llm, tool],
      });
    });
    it("are seven, for the commonest names; the others share one", () => {
      const names = ["b", "a", "b", "c", "d", "e", "f", "g", "h", "i", null];
      const { domain, range } = scale(kinds(names), "name");
      expect(domain).to.deep.equal(["b", "a", "c", "d", "e", "f", "g", "other"]);
      expect(new Set(range).size).to.equal(8);
    });
  });
});
