import { table } from "arquero";
import { expect } from "chai";
import { isKnownKind } from "../../lib/tables/kinds.js";
import { findingsOf, traceOf } from "../support/findings-of.js";

const spansOf = (...kinds: (string | null)[]) =>
  table({
    example_number: kinds.map(() => 0),
    operation_type: kinds,
    start_time: kinds.map((_, i) => i),
    end_time: kinds.map((_, i) => i + 1),
  });
const eventsOf = (...types: (string | null)[]) =>
  table({
    example_number: types.map(() => 0),
    event_type: types,
    event_timestamp: types.map((_, i) => i),
    uuid: types.map((_, i) => String(i)),
  });

describe("kinds of operation", () => {
  it("are known in the terms of every source, the AI SDK's by how they begin; Chrome's categories all are", () => {
    for (const kind of ["LLM", "TOOL", "SPAN", "TTC", "CHAIN", "INVOKE_AGENT", "SEARCH_MEMORY", "AI.EMBED.DOEMBED"])
      expect(isKnownKind(kind), kind).to.equal(true);
    for (const kind of ["CHAT", "GENERATION", "AI", "llm", ""]) expect(isKnownKind(kind), kind).to.equal(false);
    expect(isKnownKind("CPU_OP", "tidy")).to.equal(false);
    expect(isKnownKind("CPU_OP", "chrome")).to.equal(true);
  });

  it("are told of where they are not known, and not where they are only not counted, or chosen", () => {
    const spans = spansOf("LLM", "agent", null, "chat", "CHAT");
    expect(findingsOf(traceOf(spans))).to.deep.equal({
      counted: [1, 1, "0 to 1"],
      ignored: [2, 2, "AGENT"],
      unknown_kind: [2, 4, "CHAT"],
    });
    expect(findingsOf(traceOf(spans), { kinds: ["chat"] })).to.not.have.property("unknown_kind");
    expect(findingsOf(traceOf(spans, "chrome"))).to.not.have.property("unknown_kind");
  });

  it("are told of for events too: NAT's own are known, whatever they do", () => {
    const types = ["LLM_NEW_TOKEN", "SPAN_CHUNK", "IntermediateStepType.TTC_START", "AGENT_END"];
    expect(findingsOf(eventsOf(...types))).to.deep.equal({ ignored: [4, 1, "LLM_NEW_TOKEN 0 at 0"] });
    for (const mode of ["default", "nat"] as const)
      expect(findingsOf(eventsOf("TASK_START", null, "CHAT_START", "LLM_DONE"), { mode })).to.deep.equal({
        ignored: [1, 1, "TASK_START 0 at 0"],
        unknown_kind: [3, 2, "no type 1 at 1"],
      });
  });
});
