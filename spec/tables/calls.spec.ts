import { type ColumnTable, table } from "arquero";
import { expect } from "chai";
import {
  buildCallTreeForExample,
  buildCallTreePerExample,
  type CallNode,
  callTree,
  flattenCalls,
  OptionError,
  printCallTree,
} from "../../lib/index.js";

type Event = readonly [type: string, time: number, uuid: string, parent?: string | null];

const events = (...rows: Event[]): ColumnTable => tableOf(rows);

const tableOf = (rows: readonly Event[]): ColumnTable =>
  table({
    example_number: new Int32Array(rows.length),
    event_type: rows.map(([type]) => type),
    event_timestamp: Float64Array.from(rows, ([, time]) => time),
    uuid: rows.map(([, , uuid]) => uuid),
    parent_uuid: rows.map(([, , , parent]) => parent ?? null),
  });

/** The calls as `uuid < parent`. */
const tree = (calls: ColumnTable): string[] =>
  (calls.objects() as { uuid: string; parent_uuid: string | null }[]).map(({ uuid, parent_uuid }) =>
    parent_uuid === null ? uuid : `${uuid} < ${parent_uuid}`,
  );

// a holds b in time; the ids say that t ran in w, and b in t
const interleaved = events(
  ["LLM_START", 0, "a"],
  ["TOOL_START", 1, "b"],
  ["LLM_END", 4, "a"],
  ["TOOL_END", 6, "b"],
  ["LLM_START", 7, "c"],
  ["LLM_END", 8, "c"],
);
const withIds = events(
  ["WORKFLOW_START", 0, "w", "root"],
  ["TOOL_START", 1, "t", "w"],
  ["FUNCTION_START", 2, "f", "t"],
  ["LLM_START", 3, "l", "f"],
  ["LLM_START", 3, "m", "w"],
  ["LLM_END", 4, "l"],
  ["LLM_END", 4, "m"],
  ["FUNCTION_END", 5, "f"],
  ["TOOL_END", 6, "t"],
  ["WORKFLOW_END", 9, "w"],
);

describe("buildCallTreePerExample(events, {parents})", () => {
  it("auto: puts a call below its nearest chosen ancestor by ids, whatever the times", () => {
    expect(tree(buildCallTreePerExample(withIds))).to.deep.equal(["t", "l < t", "m"]);
    expect(tree(buildCallTreePerExample(withIds, { kinds: ["llm", "workflow"] }))).to.deep.equal([
      "w",
      "l < w",
      "m < w",
    ]);
  });
  it("auto: goes by containment where an example has no ids that lead anywhere", () => {
    const nested = events(
      ["LLM_START", 0, "a", "root"],
      ["TOOL_START", 1, "b", "root"],
      ["TOOL_END", 2, "b"],
      ["LLM_END", 4, "a"],
    );
    expect(tree(buildCallTreePerExample(nested))).to.deep.equal(["a", "b < a"]);
    expect(tree(buildCallTreePerExample(interleaved))).to.deep.equal(["a", "b", "c"]);
  });
  it("auto: goes by the stack where a call that never ended has no length", () => {
    const open = events(["LLM_START", 0, "a"], ["TOOL_START", 1, "b"], ["TOOL_END", 2, "b"]);
    expect(tree(buildCallTreePerExample(open))).to.deep.equal(["a", "b < a"]);
  });
  it("ids, containment and stack can be asked for", () => {
    expect(tree(buildCallTreePerExample(withIds, { parents: "containment" }))).to.deep.equal(["t", "l < t", "m < t"]);
    expect(tree(buildCallTreePerExample(interleaved, { parents: "ids" }))).to.deep.equal(["a", "b", "c"]);
    expect(tree(buildCallTreePerExample(interleaved, { parents: "stack" }))).to.deep.equal(["a", "b < a", "c < a"]);
  });
  it("survives ids that run in a circle", () => {
    const circle = events(
      ["LLM_START", 0, "a", "b"],
      ["LLM_START", 1, "b", "a"],
      ["LLM_END", 2, "a"],
      ["LLM_END", 3, "b"],
    );
    expect(tree(buildCallTreePerExample(circle))).to.deep.equal(["a", "b < a"]);
  });
  it("openCalls: censor, drop, zero", () => {
    const open = events(["LLM_START", 0, "a"], ["WORKFLOW_END", 9, "w"]);
    const ends = (openCalls: "censor" | "drop" | "zero") =>
      Array.from(buildCallTreePerExample(open, { openCalls }).array("end_time") as Float64Array);
    expect([ends("censor"), ends("drop"), ends("zero")]).to.deep.equal([[9], [], [0]]);
  });
  it("rejects options that it does not know", () => {
    expect(() => buildCallTreePerExample(interleaved, { parents: "magic" as "ids" })).to.throw(
      OptionError,
      '`parents` must be "auto", "ids", "containment" or "stack", not "magic".',
    );
    expect(() => buildCallTreePerExample(interleaved, { parent: "ids" } as object)).to.throw(
      OptionError,
      /`parent` is not an option; there are mode, pairing, parents/,
    );
  });
});

describe("buildCallTreeForExample(events)", () => {
  it("takes the events of one example only", () => {
    const two = table({
      example_number: [0, 1],
      event_type: ["LLM_START", "LLM_START"],
      event_timestamp: [0, 1],
      uuid: ["a", "b"],
    });
    expect(() => buildCallTreeForExample(two)).to.throw(OptionError, /must be of one example, not of 2/);
    expect(tree(buildCallTreeForExample(interleaved))).to.deep.equal(["a", "b", "c"]);
  });
});

describe("callTree, flattenCalls, printCallTree", () => {
  it("nest, flatten again, and print", () => {
    const calls = buildCallTreePerExample(withIds);
    const [root, other] = callTree(calls);
    expect([root.uuid, root.children[0].uuid, other.uuid]).to.deep.equal(["t", "l", "m"]);
    expect(flattenCalls([root, other]).objects()).to.deep.equal(calls.objects());
    expect(printCallTree(calls)).to.equal(
      "example 0\n  TOOL unknown_tool  at 0 s for 5.00 s\n    LLM unknown_llm  at 2.00 s for 1.00 s\n  LLM unknown_llm  at 2.00 s for 1.00 s\n",
    );
  });

  it("go 100,000 deep and 100,000 wide", () => {
    const n = 100_000;
    const deep: Event[] = [];
    for (let i = 0; i < n; i++) deep.push(["LLM_START", i, `u${i}`]);
    for (let i = n - 1; i >= 0; i--) deep.push(["LLM_END", 2 * n - i, `u${i}`]);
    const wide: Event[] = [
      ["LLM_START", -1, "root"],
      ["LLM_END", 3 * n, "root"],
    ];
    for (let i = 0; i < n; i++) wide.push(["TOOL_START", 2 * i, `u${i}`], ["TOOL_END", 2 * i + 1, `u${i}`]);
    for (const [rows, depth] of [
      [deep, n - 1],
      [wide, 1],
    ] as const) {
      for (const options of [{}, { pairing: "nat", parents: "stack", openCalls: "zero" }] as const) {
        const calls = buildCallTreePerExample(tableOf(rows), options);
        expect(calls.get("depth", calls.numRows() - 1)).to.equal(depth);
        const nodes: CallNode[] = callTree(calls);
        expect(nodes.length).to.equal(1);
        expect(flattenCalls(nodes).get("depth", calls.numRows() - 1)).to.equal(depth);
        expect(printCallTree(calls).length).to.be.lessThan(calls.numRows() * 140);
      }
    }
  });
});
