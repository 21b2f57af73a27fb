import { expect } from "chai";
import { concurrencySpikeAnalysis, loadTrace, type SpanTrace } from "../../lib/index.js";

interface Told {
  trace?: string;
  id: string;
  parent?: string;
  start: number;
  end: number;
  attributes?: Record<string, string>;
}

const span = (name: string, { trace = "t1", id, parent = "", start, end, attributes = {} }: Told) => ({
  traceId: trace,
  spanId: id,
  parentSpanId: parent,
  name,
  startTimeUnixNano: start * 1e9,
  endTimeUnixNano: end * 1e9,
  attributes: Object.entries(attributes).map(([key, value]) => ({ key, value: { stringValue: value } })),
});
const tool = (told: Told) =>
  span("claude_code.tool", { ...told, attributes: { "span.type": "tool", tool_name: "Bash", ...told.attributes } });
const execution = (told: Told) =>
  span("claude_code.tool.execution", { ...told, attributes: { "span.type": "tool.execution", ...told.attributes } });
const document = (...spans: object[]) => ({ resourceSpans: [{ scopeSpans: [{ spans }] }] });

/** The calls that are counted: id, name, from, to. */
function callsIn(trace: Awaited<ReturnType<typeof loadTrace>>): unknown[][] {
  const { calls } = concurrencySpikeAnalysis(trace);
  return ["uuid", "operation_name", "start_time", "end_time"].reduce<unknown[][]>(
    (rows, name) => Array.from(calls.array(name) as Iterable<unknown>, (cell, i) => [...(rows[i] ?? []), cell]),
    [],
  );
}

describe("loadTrace, tools of Claude Code", () => {
  const waiting = span("claude_code.tool.blocked_on_user", { id: "w", parent: "a", start: 0, end: 6 });
  const [around, within] = [tool({ id: "a", start: 0, end: 9 }), execution({ id: "b", parent: "a", start: 6, end: 9 })];

  it("counts the execution, not the wait for permission before it, in any order of spans", async () => {
    for (const spans of [
      [around, waiting, within],
      [within, waiting, around],
    ])
      expect(callsIn(await loadTrace([document(...spans)]))).to.deep.equal([["b", "Bash", 6, 9]]);
    const trace = (await loadTrace([document(within, around)])) as SpanTrace;
    expect(Array.from(trace.spans.array("operation_type") as Iterable<unknown>)).to.deep.equal([
      "TOOL",
      "CLAUDE_CODE.TOOL",
    ]);
  });

  it("also from two files, and where both are called execute_tool", async () => {
    const named = { "gen_ai.operation.name": "execute_tool" };
    const files = [
      execution({ id: "b", parent: "a", start: 6, end: 9, attributes: named }),
      tool({ id: "a", start: 0, end: 9, attributes: named }),
    ].map((span, i) => new File([JSON.stringify(document(span))], `${i}.json`));
    expect(callsIn(await loadTrace(files))).to.deep.equal([["b", "Bash", 6, 9]]);
  });

  it("takes the name that an execution has itself", async () => {
    const named = execution({ id: "b", parent: "a", start: 6, end: 9, attributes: { tool_name: "Read" } });
    expect(callsIn(await loadTrace([document(around, named)]))).to.deep.equal([["b", "Read", 6, 9]]);
  });

  it("counts a tool without an execution, an execution without a tool, and none of another trace", async () => {
    const spans = [
      tool({ id: "a", start: 0, end: 9 }),
      execution({ trace: "t2", id: "b", parent: "a", start: 6, end: 9 }),
    ];
    expect(callsIn(await loadTrace([document(...spans)]))).to.deep.equal([
      ["a", "Bash", 0, 9],
      ["b", "claude_code.tool.execution", 6, 9],
    ]);
  });

  it("leaves the tools of others alone, whatever runs in them", async () => {
    const named = { "gen_ai.operation.name": "execute_tool", "span.type": "tool.execution" };
    const spans = [
      span("execute_tool x", { id: "a", start: 0, end: 9, attributes: { ...named, "gen_ai.tool.name": "x" } }),
      span("tool.execution", {
        id: "b",
        parent: "a",
        start: 6,
        end: 9,
        attributes: { ...named, "gen_ai.tool.name": "y" },
      }),
    ];
    expect(callsIn(await loadTrace([document(...spans)]))).to.deep.equal([
      ["a", "x", 0, 9],
      ["b", "y", 6, 9],
    ]);
  });

  it("is the same in Jaeger's JSON", async () => {
    const spans = [
      {
        spanID: "b",
        operationName: "claude_code.tool.execution",
        startTime: 6e6,
        duration: 3e6,
        references: [{ refType: "CHILD_OF", spanID: "a" }],
        tags: [],
      },
      {
        spanID: "a",
        operationName: "claude_code.tool",
        startTime: 0,
        duration: 9e6,
        references: [],
        tags: [
          { key: "span.type", value: "tool" },
          { key: "tool_name", value: "Bash" },
        ],
      },
    ];
    expect(callsIn(await loadTrace([{ traceID: "t", spans, processes: {} }]))).to.deep.equal([["b", "Bash", 6, 9]]);
  });
});
