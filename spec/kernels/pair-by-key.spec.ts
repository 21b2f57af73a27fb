import { table } from "arquero";
import { expect } from "chai";
import { concurrencySpikeAnalysis } from "../../lib/index.js";

type Event = readonly [type: string, time: number, uuid: string | null, startTime?: number];

/** What the default mode makes of the events of one example. */
function read(...events: Event[]) {
  const result = concurrencySpikeAnalysis(
    table({
      example_number: new Int32Array(events.length),
      event_type: events.map(([type]) => type),
      event_timestamp: Float64Array.from(events, ([, time]) => time),
      uuid: events.map(([, , uuid]) => uuid),
      span_event_timestamp: Float64Array.from(events, ([, , , start]) => start ?? NaN),
    }),
  );
  const rows = result.calls.objects() as Record<string, number | string>[];
  const found = result.diagnostics.objects() as { code: string; events: number }[];
  return {
    calls: rows.map((c) => [c.start_time, c.end_time, c.status]),
    findings: Object.fromEntries(found.map(({ code, events }) => [code, events])),
  };
}

describe("pairing by key", () => {
  it("pairs an END that stands before its START at one instant", () => {
    expect(read(["LLM_END", 1, "a"], ["LLM_START", 1, "a"])).to.deep.equal({
      calls: [[1, 1, "ok"]],
      findings: { paired: 2 },
    });
  });

  it("makes two calls of an id that is used again, and says so", () => {
    expect(read(["LLM_START", 0, "a"], ["LLM_END", 1, "a"], ["LLM_START", 1, "a"], ["LLM_END", 3, "a"])).to.deep.equal({
      calls: [
        [0, 1, "ok"],
        [1, 3, "ok"],
      ],
      findings: { paired: 3, reused_id: 1 },
    });
  });

  it("pairs by ordinal where calls of one id overlap", () => {
    expect(
      read(["LLM_START", 0, "a"], ["LLM_START", 2, "a"], ["LLM_END", 3, "a"], ["LLM_END", 9, "a"]).calls,
    ).to.deep.equal([
      [0, 3, "ok"],
      [2, 9, "ok"],
    ]);
  });

  it("drops a line that stands there twice", () => {
    const calls = [[0, 3, "ok"]];
    expect(read(["LLM_START", 0, "a"], ["LLM_START", 0, "a"], ["LLM_END", 3, "a"])).to.deep.equal({
      calls,
      findings: { paired: 2, repeated: 1 },
    });
    expect(read(["LLM_START", 0, "a"], ["LLM_END", 3, "a"], ["LLM_END", 3, "a"])).to.deep.equal({
      calls,
      findings: { paired: 2, repeated: 1 },
    });
    expect(read(["LLM_START", 0, "a"], ["LLM_END", 3, "a"], ["LLM_START", 0, "a"], ["LLM_END", 3, "a"])).to.deep.equal({
      calls,
      findings: { paired: 2, repeated: 2 },
    });
  });

  it("keeps a call that never ended in flight until the last event of its example", () => {
    expect(read(["LLM_START", 0, "a"], ["TOOL_START", 2, "b"], ["TOOL_END", 5, "b"])).to.deep.equal({
      calls: [
        [0, 5, "unfinished"],
        [2, 5, "ok"],
      ],
      findings: { paired: 2, unfinished: 1 },
    });
  });

  it("recovers a call from an END that tells its start", () => {
    expect(read(["LLM_END", 5, "a", 2])).to.deep.equal({ calls: [[2, 5, "ok"]], findings: { recovered: 1 } });
  });

  it("reports an END without START", () => {
    expect(read(["LLM_END", 5, "a"])).to.deep.equal({ calls: [], findings: { orphaned_end: 1 } });
  });

  it("uses neither START nor END where the END comes first", () => {
    expect(read(["LLM_END", 5, "a"], ["LLM_START", 7, "a"])).to.deep.equal({
      calls: [],
      findings: { negative_duration: 2 },
    });
  });

  it("closes a call by an END of another kind, and says so", () => {
    expect(read(["LLM_START", 0, "a"], ["TOOL_END", 1, "a"])).to.deep.equal({
      calls: [[0, 1, "ok"]],
      findings: { paired: 1, mismatched_kind: 1 },
    });
  });

  it("pairs events without an id with the like of them, and two alike are two calls", () => {
    expect(
      read(["LLM_START", 0, null], ["LLM_START", 0, null], ["LLM_END", 2, null], ["LLM_END", 2, null]),
    ).to.deep.equal({
      calls: [
        [0, 2, "ok"],
        [0, 2, "ok"],
      ],
      findings: { paired: 4 },
    });
  });

  it("leaves out events without a time", () => {
    expect(read(["LLM_START", NaN, "a"], ["LLM_END", 2, "a"], ["LLM_START", Infinity, "b"])).to.deep.equal({
      calls: [],
      findings: { orphaned_end: 1, unreadable_time: 2 },
    });
  });

  it("does not count other kinds", () => {
    expect(read(["WORKFLOW_START", 0, "w"], ["LLM_NEW_TOKEN", 1, "a"], ["WORKFLOW_END", 9, "w"])).to.deep.equal({
      calls: [],
      findings: { ignored: 3 },
    });
  });
});
