import { table } from "arquero";
import { expect } from "chai";
import {
  buildCallTreeForExample,
  buildCallTreePerExample,
  type CallOptions,
  concurrencySpikeAnalysis,
  OptionError,
  tableSpecs,
} from "../../lib/index.js";
import { columnsOf, expectShape } from "../support/columns-of.js";

type Row = [time: number, type: string, uuid: string | null, parent?: string | null, example?: number];

const eventsOf = (...rows: Row[]) =>
  table({
    example_number: rows.map((row) => row[4] ?? 0),
    event_type: rows.map((row) => row[1]),
    event_timestamp: rows.map((row) => row[0]),
    uuid: rows.map((row) => row[2]),
    parent_uuid: rows.map((row) => row[3] ?? null),
  });
/** Each call as "uuid < parent start–end". */
const shown = (events: ReturnType<typeof table>, options?: CallOptions) => {
  const c = columnsOf(buildCallTreePerExample(events, options)) as Record<string, (string | number | null)[]>;
  return c.uuid.map(
    (uuid, i) =>
      `${uuid}${c.parent_uuid[i] === null ? "" : ` < ${c.parent_uuid[i]}`} ${c.start_time[i]}–${c.end_time[i]}`,
  );
};

/** a and b overlap, c runs within both. */
const crossing = eventsOf(
  [0, "LLM_START", "a"],
  [1, "TOOL_START", "b"],
  [2, "LLM_START", "c"],
  [3, "LLM_END", "c"],
  [4, "LLM_END", "a"],
  [5, "TOOL_END", "b"],
  [6, "LLM_START", "d"],
  [7, "LLM_END", "d"],
);
/** The tool t runs in a function of the LLM call l; the ids say so, and the times say otherwise. */
const told = eventsOf(
  [0, "WORKFLOW_START", "w"],
  [1, "LLM_START", "l", "w"],
  [2, "LLM_END", "l", "w"],
  [3, "FUNCTION_START", "f", "l"],
  [4, "LLM_START", "m", "w"],
  [5, "TOOL_START", "t", "f"],
  [6, "TOOL_END", "t", "f"],
  [7, "LLM_END", "m", "w"],
  [8, "FUNCTION_END", "f", "l"],
  [9, "WORKFLOW_END", "w"],
);

describe("buildCallTreePerExample(input, options)", () => {
  it("has the declared columns, with events and without", () => {
    expectShape(buildCallTreePerExample(crossing), tableSpecs.calls.columns);
    expectShape(buildCallTreePerExample(eventsOf()), tableSpecs.calls.columns);
  });

  it("pairs a START and an END, and takes the tokens of the END", () => {
    const events = table({
      example_number: [4, 4],
      example: ["x", "x"],
      event_type: ["LLM_START", "IntermediateStepType.LLM_END"],
      event_timestamp: [1, 3.5],
      uuid: ["a", "a"],
      operation_name: ["m", "m"],
      prompt_tokens: [7, 10],
      completion_tokens: [7, 5],
      team: ["red", "blue"],
    });
    expect(buildCallTreePerExample(events).object()).to.deep.equal({
      call_id: 0,
      parent_call_id: NaN,
      example_number: 4,
      example: "x",
      uuid: "a",
      parent_uuid: null,
      depth: 0,
      operation_type: "LLM",
      operation_name: "m",
      start_time: 1,
      end_time: 3.5,
      duration: 2.5,
      prompt_tokens: 10,
      completion_tokens: 5,
      total_tokens: 15,
      status: "ok",
      team: "red",
    });
  });
  it("puts examples in ascending order and nests nothing into another", () => {
    const events = eventsOf(
      [0, "LLM_START", "a", null, 1],
      [1, "LLM_START", "b", null, 0],
      [2, "LLM_END", "b", null, 0],
      [3, "LLM_END", "a", null, 1],
    );
    expect(shown(events)).to.deep.equal(["b 1–2", "a 0–3"]);
  });

  it("parents auto: by time where there are no ids, the latest holder; interleaved calls are siblings", () => {
    expect(shown(crossing)).to.deep.equal(["a 0–4", "b 1–5", "c < b 2–3", "d 6–7"]);
    expect(shown(crossing, { parents: "containment" })).to.deep.equal(shown(crossing));
  });
  it("parents auto: by ids where there are any, over kinds that do not count", () => {
    expect(shown(told)).to.deep.equal(["l 1–2", "t < l 5–6", "m 4–7"]);
    expect(shown(told, { parents: "ids" })).to.deep.equal(shown(told));
  });
  it("parents ids: roots all where no ids tell", () => {
    expect(shown(crossing, { parents: "ids" })).to.deep.equal(["a 0–4", "b 1–5", "c 2–3", "d 6–7"]);
  });
  it("parents containment: by time, whatever the ids say", () => {
    expect(shown(told, { parents: "containment" })).to.deep.equal(["l 1–2", "m 4–7", "t < m 5–6"]);
  });
  it("parents stack: below whatever is on top, and what ended below the top stays", () => {
    const stacked = ["a 0–4", "b < a 1–5", "c < b 2–3", "d < a 6–7"];
    expect(shown(crossing, { parents: "stack" })).to.deep.equal(stacked);
    expect(shown(crossing, { parents: "stack", pairing: "nat" })).to.deep.equal(stacked);
  });

  it("chooses the kinds that count", () => {
    expect(shown(told, { kinds: ["workflow", "TOOL"] })).to.deep.equal(["w 0–9", "t < w 5–6"]);
    expect(shown(told, { kinds: ["RETRIEVER"] })).to.deep.equal([]);
  });

  const open = eventsOf([0, "LLM_START", "a"], [1, "TOOL_START", "b"], [2, "TOOL_END", "b"], [9, "CUSTOM_END", "z"]);
  it("openCalls censor: in flight until the last event of the example", () => {
    expect(shown(open)).to.deep.equal(["a 0–9", "b < a 1–2"]);
    expect(columnsOf(buildCallTreePerExample(open))).to.deep.include({
      status: ["unfinished", "ok"],
      duration: [9, 1],
    });
  });
  it("openCalls drop: left out, and what ran in it goes one up", () => {
    expect(shown(open, { openCalls: "drop" })).to.deep.equal(["b 1–2"]);
  });
  it("openCalls zero: of no length, and still on the stack", () => {
    expect(shown(open, { openCalls: "zero", parents: "stack", pairing: "nat" })).to.deep.equal(["a 0–0", "b < a 1–2"]);
  });

  it("calls a START without a time or an END nothing, and says so", () => {
    const events = eventsOf([NaN, "LLM_START", "a"], [3, "LLM_END", "a"], [4, "TOOL_END", "b"]);
    expect(shown(events)).to.deep.equal([]);
    expect(columnsOf(concurrencySpikeAnalysis(events).diagnostics)).to.deep.include({
      code: ["orphaned_end", "nan_time"],
      events: [2, 1],
      first_row: [2, 1],
    });
  });
  it("pairs a START and an END at one instant, in either order, with a duration of 0", () => {
    expect(shown(eventsOf([1, "LLM_END", "a"], [1, "LLM_START", "a"]))).to.deep.equal(["a 1–1"]);
  });

  it("takes spans as they are, in any order", () => {
    const spans = table({
      example_number: [0, 0, 0, 0],
      operation_type: ["tool", "LLM", "CHAIN", "LLM"],
      start_time: [1, 0, 0, 5],
      end_time: [2, 4, 9, 3],
      uuid: ["b", "a", "z", "bad"],
    });
    expect(shown(spans)).to.deep.equal(["a 0–4", "b < a 1–2"]);
    expect(columnsOf(concurrencySpikeAnalysis({ ...trace, spans }).diagnostics)).to.deep.include({
      code: ["counted", "ignored", "negative_duration"],
      events: [2, 1, 1],
    });
  });
});

const trace = {
  format: "tidy",
  source: null,
  origin: 0n,
  diagnostics: concurrencySpikeAnalysis(table({ start_time: [], end_time: [] })).diagnostics,
};

describe("buildCallTreeForExample(events, options)", () => {
  it("is buildCallTreePerExample for one example", () => {
    expect(columnsOf(buildCallTreeForExample(crossing))).to.deep.equal(columnsOf(buildCallTreePerExample(crossing)));
    expect(buildCallTreeForExample(eventsOf()).numRows()).to.equal(0);
  });
  it("refuses several", () => {
    const two = eventsOf([0, "LLM_START", "a", null, 0], [0, "LLM_START", "a", null, 1]);
    expect(() => buildCallTreeForExample(two)).to.throw(
      OptionError,
      "`events` must be of one example, not of 2; buildCallTreePerExample takes several.",
    );
  });
});
