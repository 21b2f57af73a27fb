import { table } from "arquero";
import { expect } from "chai";
import { buildCallTreePerExample, concurrencySpikeAnalysis } from "../../lib/index.js";
import { findingsOf, traceOf } from "../support/findings-of.js";

interface Span {
  id: string;
  parent?: string | undefined;
  kind?: string;
  name?: string | null;
  at: [start: number, end: number];
  tokens?: [prompt: number, completion: number] | undefined;
  scope?: string | undefined;
}

const spansOf = (spans: Span[]) =>
  table({
    example_number: spans.map(() => 0),
    uuid: spans.map(({ id }) => id),
    parent_uuid: spans.map(({ parent }) => parent ?? null),
    operation_type: spans.map(({ kind }) => kind ?? "LLM"),
    operation_name: spans.map(({ name }) => (name === undefined ? "gpt" : name)),
    start_time: spans.map(({ at }) => at[0]),
    end_time: spans.map(({ at }) => at[1]),
    prompt_tokens: spans.map(({ tokens }) => tokens?.[0] ?? NaN),
    completion_tokens: spans.map(({ tokens }) => tokens?.[1] ?? NaN),
    scope: spans.map(({ scope }) => scope ?? null),
  });

const uuids = (spans: Span[]) => buildCallTreePerExample(spansOf(spans)).array("uuid");

describe("dedupe", () => {
  const nested: Span[] = [
    { id: "run", kind: "AGENT", at: [0, 9] },
    { id: "outer", parent: "run", name: "gpt", at: [1, 5], tokens: [10, 2] },
    { id: "client", parent: "outer", name: "gpt-2026", at: [1.1, 4], tokens: [10, 2] },
    { id: "tool", parent: "outer", kind: "TOOL", name: "search", at: [4, 5] },
  ];

  it("folds a model call into the one that it is the only model call of, and keeps a tool in it", () => {
    const calls = buildCallTreePerExample(spansOf(nested));
    expect(calls.objects()).to.have.length(2);
    expect(calls.object(0)).to.include({
      uuid: "outer",
      operation_name: "gpt-2026",
      start_time: 1,
      end_time: 5,
      prompt_tokens: 10,
    });
    expect(calls.object(1)).to.include({ uuid: "tool", parent_call_id: 0 });
  });

  it("leaves the inner one to who counts leaves: the outer one, which holds a tool, is none", () => {
    const calls = buildCallTreePerExample(spansOf(nested), { counting: "leaf" });
    expect(calls.array("uuid")).to.deep.equal(["client", "tool"]);
  });

  it("folds a whole chain into the outermost, with the tokens of the innermost", () => {
    const chain: Span[] = [
      { id: "a", at: [0, 4], tokens: [99, 9] },
      { id: "b", parent: "a", at: [0.01, 4], tokens: [50, 5] },
      { id: "c", parent: "b", at: [0.02, 3.99], tokens: [10, 1] },
    ];
    for (const spans of [chain, [...chain].reverse()]) {
      const calls = buildCallTreePerExample(spansOf(spans));
      expect(calls.objects()).to.have.length(1);
      expect(calls.object()).to.include({ uuid: "a", prompt_tokens: 10, completion_tokens: 1, total_tokens: 11 });
    }
  });

  it("leaves alone: several model calls in one, another model, tokens and bounds that differ, tools in tools", () => {
    const [run, outer, client] = nested;
    expect(uuids([run, outer, client, { ...client, id: "retry", at: [4, 4.5] }])).to.have.length(3);
    expect(uuids([run, outer, { ...client, name: "other" }])).to.have.length(2);
    expect(uuids([run, outer, { ...client, tokens: [11, 2] }])).to.have.length(2);
    expect(uuids([run, { ...outer, kind: "TOOL" }, { ...client, kind: "TOOL" }])).to.have.length(2);
    expect(uuids([run, outer, client].map((span) => ({ ...span, parent: undefined })))).to.have.length(2);
  });

  const siblings: Span[] = [
    { id: "run", kind: "AGENT", at: [0, 9] },
    { id: "a", parent: "run", at: [1, 5], tokens: [10, 2], scope: "framework" },
    { id: "b", parent: "run", at: [1.002, 4.998], tokens: [10, 2], scope: "client" },
  ];

  it("folds the shorter of two neighbours that different instrumentations recorded", () => {
    expect(uuids(siblings)).to.deep.equal(["a"]);
    const both = [...siblings, { ...siblings[1], id: "c", at: [2, 6] as [number, number] }];
    expect(uuids([...both, { ...siblings[2], id: "d", at: [2.001, 5.999] }])).to.deep.equal(["a", "c"]);
  });

  it("leaves two real calls side by side two", () => {
    const [run, a, b] = siblings;
    expect(uuids([run, a, { ...b, scope: "framework" }])).to.have.length(2);
    expect(uuids([run, a, { ...b, scope: undefined }])).to.have.length(2);
    expect(uuids([run, a, { ...b, tokens: [10, 3] }])).to.have.length(2);
    expect(uuids([run, a, { ...b, tokens: undefined }])).to.have.length(2);
    expect(uuids([run, a, { ...b, name: "other" }])).to.have.length(2);
    expect(uuids([run, a, { ...b, at: [1.2, 5] }])).to.have.length(2);
    expect(uuids([run, a, { ...b, parent: "elsewhere" }])).to.have.length(2);
  });

  it("says what was folded, and the counts add up", () => {
    expect(findingsOf(traceOf(spansOf(nested)))).to.deep.equal({
      counted: [2, 2, "1 to 5"],
      ignored: [1, 1, "AGENT"],
      folded: [1, 3, "gpt-2026, 1.1 to 4"],
    });
  });

  it("folds the START and the END of a call", () => {
    const events = table({
      example_number: [0, 0, 0, 0],
      event_type: ["LLM_START", "LLM_START", "LLM_END", "LLM_END"],
      event_timestamp: [0, 0.01, 3.99, 4],
      uuid: ["a", "b", "b", "a"],
      parent_uuid: [null, "a", "a", null],
      operation_name: ["gpt", "gpt", "gpt", "gpt"],
    });
    expect(findingsOf(events)).to.deep.equal({
      paired: [2, 1, "LLM_START a at 0"],
      folded: [2, 2, "gpt, 0.01 to 3.99"],
    });
  });

  it("is off in NAT's mode and by dedupe: false, and parents in a circle are no harm", () => {
    expect(buildCallTreePerExample(spansOf(nested), { dedupe: false }).numRows()).to.equal(3);
    expect(concurrencySpikeAnalysis(spansOf(nested), { mode: "nat" }).calls.numRows()).to.equal(4);
    const circle: Span[] = ["a", "b", "c"].map((id, i) => ({ id, parent: "bca"[i], at: [0, 1], tokens: [1, 1] }));
    expect(uuids(circle)).to.have.length(1);
  });
});
