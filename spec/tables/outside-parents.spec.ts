import { table } from "arquero";
import { expect } from "chai";
import { buildCallTreePerExample } from "../../lib/index.js";
import { findingsOf, traceOf } from "../support/findings-of.js";

type Span = [id: string, parent: string | null, kind: string, start: number, end: number, status?: string];

const spansOf = (...spans: Span[]) =>
  table({
    example_number: spans.map(() => 0),
    uuid: spans.map(([id]) => id),
    parent_uuid: spans.map(([, parent]) => parent),
    operation_type: spans.map(([, , kind]) => kind),
    operation_name: spans.map(([id]) => (id === "nameless" ? null : id)),
    start_time: spans.map(([, , , start]) => start),
    end_time: spans.map(([, , , , end]) => end),
    status: spans.map(([, , , , , status]) => status ?? "ok"),
  });
const found = (...spans: Span[]) => findingsOf(traceOf(spansOf(...spans)));
const run: Span = ["run", null, "AGENT", 1, 3];

describe("a call outside its parent", () => {
  it("is told by how much, and stays a call", () => {
    const spans = [run, ["search", "run", "TOOL", 1, 5], ["early", "run", "LLM", 0.5, 2]] as Span[];
    expect(found(...spans)).to.deep.equal({
      ignored: [1, 1, "AGENT"],
      outside_parent: [2, 2, "search, 1 to 5, ends 2 s after its parent"],
    });
    expect(buildCallTreePerExample(spansOf(...spans)).array("uuid")).to.deep.equal(["early", "search"]);
    expect(found(run, ["nameless", "run", "LLM", 0, 4.25])).to.deep.include({
      outside_parent: [1, 2, "no name, 0 to 4.25, starts 1 s before and ends 1.25 s after its parent"],
    });
  });

  it("may reach beyond it by a millisecond, as clocks and rounding do, also late after 1970", () => {
    expect(found(run, ["a", "run", "LLM", 0.999, 3.001])).to.not.have.property("outside_parent");
    expect(found(run, ["a", "run", "LLM", 1, 3.0011])).to.have.property("outside_parent");
    expect(found(run, ["a", "run", "LLM", 0.9989, 3])).to.have.property("outside_parent");
    const late: Span = ["run", null, "AGENT", 1.79e9, 1.79e9 + 0.123];
    expect(found(late, ["a", "run", "LLM", 1.79e9, 1.79e9 + 0.124])).to.not.have.property("outside_parent");
  });

  it("is looked at below a parent of any kind, but not below a parent without an end, nor its end without one", () => {
    expect(found(["a", null, "LLM", 0, 1], ["b", "a", "LLM", 2, 4, "error"])).to.have.property("outside_parent");
    const open: Span = ["run", null, "AGENT", 1, NaN, "unfinished"];
    expect(found(open, ["a", "run", "LLM", 1, 9])).to.not.have.property("outside_parent");
    expect(found(open, ["a", "run", "LLM", 0, 9])).to.have.property("outside_parent");
    const spans = traceOf(spansOf(open, ["a", "run", "LLM", 1, 9]));
    expect(findingsOf(spans, { openCalls: "zero" })).to.not.have.property("outside_parent");
    expect(found(run, ["a", "run", "LLM", 0, NaN, "unfinished"])).to.deep.equal({
      ignored: [1, 1, "AGENT"],
      unfinished: [1, 2, "0 to NaN"],
    });
  });

  it("stays folded where it is", () => {
    const names = { operation_name: ["gpt", "gpt"] };
    const spans = spansOf(["a", null, "LLM", 0, 4], ["b", "a", "LLM", 0.05, 4.05]).assign(table(names));
    expect(Object.keys(findingsOf(traceOf(spans)))).to.deep.equal(["counted", "folded"]);
    expect(findingsOf(traceOf(spans), { dedupe: false })).to.have.property("outside_parent");
  });

  it("is looked at in tables of calls, by their own parents", () => {
    const calls = table({
      call_id: [7, 8],
      parent_call_id: [NaN, 7],
      example_number: [0, 0],
      operation_type: ["LLM", "TOOL"],
      operation_name: ["m", "t"],
      start_time: [0, 1],
      end_time: [2, 3],
    });
    expect(findingsOf(traceOf(calls)).outside_parent).to.deep.equal([1, 2, "t, 1 to 3, ends 1 s after its parent"]);
  });

  const events = table({
    example_number: [0, 0, 0, 0],
    event_type: ["FUNCTION_START", "TOOL_START", "FUNCTION_END", "TOOL_END"],
    event_timestamp: [0, 1, 2, 4],
    uuid: ["f", "t", "f", "t"],
    parent_uuid: ["root", "f", "root", "f"],
    operation_name: ["f", "t", "f", "t"],
  });

  it("is two events, where calls are made of those, and nothing that the reference knows", () => {
    expect(findingsOf(events)).to.deep.equal({
      ignored: [2, 1, "FUNCTION_START f at 0"],
      outside_parent: [2, 2, "t, 1 to 4, ends 2 s after its parent"],
    });
    expect(findingsOf(events, { mode: "nat" })).to.not.have.property("outside_parent");
    expect(findingsOf(traceOf(spansOf(run, ["a", "run", "LLM", 0, 9])), { mode: "nat" })).to.not.have.property(
      "outside_parent",
    );
  });

  it("leaves an event that something else was found of what it is", () => {
    const mismatched = events.assign(
      table({ event_type: ["FUNCTION_START", "LLM_START", "FUNCTION_END", "TOOL_END"] }),
    );
    expect(findingsOf(mismatched)).to.deep.include({
      mismatched_kind: [1, 4, "TOOL_END t at 4"],
      outside_parent: [1, 2, "t, 1 to 4, ends 2 s after its parent"],
    });
  });
});
