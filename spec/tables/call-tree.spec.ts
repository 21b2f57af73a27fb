import { desc, table } from "arquero";
import { expect } from "chai";
import {
  buildCallTreePerExample,
  type CallNode,
  callTree,
  flattenCalls,
  printCallTree,
  tableSpecs,
} from "../../lib/index.js";
import { columnsOf, expectShape } from "../support/columns-of.js";

const events = table({
  example_number: [0, 0, 0, 0, 1, 1],
  event_type: ["TOOL_START", "LLM_START", "LLM_END", "TOOL_END", "LLM_START", "LLM_END"],
  event_timestamp: [0, 1, 2, 4, 0, 3],
  uuid: ["t", "l", "l", "t", "m", "m"],
  team: ["red", "red", "red", "red", "blue", "blue"],
});

interface Shape {
  uuid: unknown;
  children: Shape[];
}
const shape = (nodes: readonly CallNode[]): Shape[] =>
  nodes.map(({ uuid, children }) => ({ uuid, children: shape(children) }));

describe("callTree(calls)", () => {
  it("nests each call below its parent, with all columns", () => {
    const [root, other] = callTree(buildCallTreePerExample(events));
    expect(shape([root, other])).to.deep.equal([
      { uuid: "t", children: [{ uuid: "l", children: [] }] },
      { uuid: "m", children: [] },
    ]);
    expect(root.children[0]).to.include({ call_id: 1, depth: 1, duration: 1, parent_uuid: "t", team: "red" });
  });
  it("takes a call for a root whose parent is filtered out", () => {
    const calls = buildCallTreePerExample(events).filter((d: { depth: number }) => d.depth > 0);
    expect(shape(callTree(calls))).to.deep.equal([{ uuid: "l", children: [] }]);
  });
  it("keeps the order of an ordered view", () => {
    const calls = table({ call_id: [0, 1, 2], parent_call_id: [null, 0, 0], uuid: ["a", "b", "c"] });
    const leaf = (uuid: string) => ({ uuid, children: [] });
    expect(shape(callTree(calls.orderby(desc("call_id"))))).to.deep.equal([
      { uuid: "a", children: [leaf("c"), leaf("b")] },
    ]);
  });
  it("makes the first of a circle a root", () => {
    const calls = table({ call_id: [0, 1], parent_call_id: [1, 0], uuid: ["a", "b"] });
    expect(shape(callTree(calls))).to.deep.equal([{ uuid: "a", children: [{ uuid: "b", children: [] }] }]);
  });
  it("is empty for no calls", () => {
    expect(callTree(table({ call_id: [], parent_call_id: [] }))).to.deep.equal([]);
  });
});

describe("flattenCalls(nodes)", () => {
  it("undoes callTree", () => {
    const calls = buildCallTreePerExample(events);
    const flat = flattenCalls(callTree(calls));
    expect(columnsOf(flat)).to.deep.equal(columnsOf(calls));
    expectShape(flat.select(tableSpecs.calls.columns.map(({ name }) => name)), tableSpecs.calls.columns);
    expect(flat.columnNames()).to.deep.equal(calls.columnNames());
  });
  it("numbers nodes made by hand depth first", () => {
    const leaf = (uuid: string) => ({ uuid, start_time: 1, end_time: 2, children: [] });
    const nodes = [
      { uuid: "a", start_time: 0, end_time: 4, children: [leaf("b"), leaf("c")] },
      { ...leaf("d"), note: "x" },
    ];
    expect(columnsOf(flattenCalls(nodes))).to.deep.equal({
      call_id: [0, 1, 2, 3],
      parent_call_id: [NaN, 0, 0, NaN],
      uuid: ["a", "b", "c", "d"],
      parent_uuid: [null, "a", "a", null],
      depth: [0, 1, 1, 0],
      start_time: [0, 1, 1, 1],
      end_time: [4, 2, 2, 2],
      note: [null, null, null, "x"],
    });
  });
  it("leaves the nodes as they are", () => {
    const nodes = callTree(buildCallTreePerExample(events));
    const before = structuredClone(nodes);
    flattenCalls(nodes);
    expect(nodes).to.deep.equal(before);
  });
  it("has no rows for no nodes", () => {
    expect(flattenCalls([]).numRows()).to.equal(0);
  });
});

describe("large trees", () => {
  const n = 100_000;
  /** A START for each call, then an END for each: nested, the last that started ends first. */
  const nested = table({
    example_number: new Int32Array(2 * n),
    event_type: Array.from({ length: 2 * n }, (_, i) => (i < n ? "LLM_START" : "LLM_END")),
    event_timestamp: Float64Array.from({ length: 2 * n }, (_, i) => i),
    uuid: Array.from({ length: 2 * n }, (_, i) => `c${i < n ? i : 2 * n - 1 - i}`),
  });
  /** c0 from first to last, and in it one call after the other. */
  const wide = table({
    example_number: new Int32Array(2 * n + 2),
    event_type: Array.from({ length: 2 * n + 2 }, (_, i) => (i === 0 || (i % 2 === 1 && i <= 2 * n) ? "S" : "E")).map(
      (phase) => (phase === "S" ? "TOOL_START" : "TOOL_END"),
    ),
    event_timestamp: Float64Array.from({ length: 2 * n + 2 }, (_, i) => i),
    uuid: Array.from({ length: 2 * n + 2 }, (_, i) => (i === 0 || i === 2 * n + 1 ? "c0" : `c${(i + 1) >> 1}`)),
  });

  for (const parents of ["auto", "stack"] as const) {
    it(`${n} calls in each other pass from events to text and back, parents by ${parents}`, function () {
      this.timeout(20_000); // about a second; recursion would fail, quadratic work take minutes
      const calls = buildCallTreePerExample(nested, { parents });
      expect(calls.get("depth", n - 1)).to.equal(n - 1);
      const flat = flattenCalls(callTree(calls));
      expect(String(flat.array("parent_call_id"))).to.equal(String(calls.array("parent_call_id")));
      expect(printCallTree(flat).split("\n").length).to.equal(n + 2);
    });
    it(`${n} calls in one pass from events to text and back, parents by ${parents}`, function () {
      this.timeout(20_000); // about a second; recursion would fail, quadratic work take minutes
      const calls = buildCallTreePerExample(wide, { parents });
      expect(calls.numRows()).to.equal(n + 1);
      const flat = flattenCalls(callTree(calls));
      expect(callTree(flat)[0].children.length).to.equal(n);
      expect(String(flat.array("uuid"))).to.equal(String(calls.array("uuid")));
      expect(printCallTree(flat).split("\n").length).to.equal(n + 3);
    });
  }
});
