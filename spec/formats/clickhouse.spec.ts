import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { mapOf } from "../../lib/formats/map-cell.js";
import { instantOf } from "../../lib/formats/instant.js";
import { loadTrace, type SpanTrace } from "../../lib/index.js";
import { columnOf } from "../support/columns-of.js";
import { temporaryFolder } from "../support/folder.js";
import { spanTrace } from "../support/span-trace.js";

const folder = temporaryFolder();

const span = (SpanId: string, fields: object = {}) => ({
  Timestamp: "2026-01-02 03:04:05.100000000",
  TraceId: "t1",
  SpanId,
  ParentSpanId: "",
  SpanName: "chat m-1",
  SpanKind: "Client",
  ServiceName: "app",
  Duration: 1_500_000_001,
  StatusCode: "Unset",
  SpanAttributes: {},
  ...fields,
});
const CHAT = {
  "gen_ai.operation.name": "chat",
  "gen_ai.request.model": "m-1",
  "gen_ai.usage.input_tokens": "120",
  "gen_ai.usage.output_tokens": "30",
  "gen_ai.agent.name": "planner",
};

describe("loadTrace, ClickHouse's otel_traces", () => {
  it("reads rows with their attributes, to the nanosecond", async () => {
    const trace = await spanTrace([
      span("a", { SpanAttributes: CHAT, ScopeName: "openai" }),
      span("b", {
        ParentSpanId: "a",
        Timestamp: "2026-01-02 03:04:05.100000007",
        SpanAttributes: { "gen_ai.operation.name": "execute_tool", "gen_ai.tool.name": "search" },
      }),
      span("c"),
    ]);
    expect(trace.format).to.equal("clickhouse");
    expect(trace.spans.object(0)).to.include({
      example: "t1",
      uuid: "a",
      parent_uuid: null,
      operation_type: "LLM",
      operation_name: "m-1",
      start_time: 0,
      end_time: 1.500000001,
      prompt_tokens: 120,
      completion_tokens: 30,
      agent: "planner",
      scope: "openai",
      status: "ok",
    });
    expect(trace.spans.object(1)).to.include({
      parent_uuid: "a",
      operation_type: "TOOL",
      operation_name: "search",
      start_time: 7e-9,
    });
    expect(trace.spans.object(2)).to.include({ operation_type: "SPAN", operation_name: "chat m-1" });
  });

  it("reads ClickHouse's JSON, whose whole numbers are texts, and attributes of its type JSON", async () => {
    const gen_ai = { operation: { name: "chat" }, request: { model: "m-1" }, usage: { input_tokens: "120" } };
    const { spans } = await spanTrace({
      meta: [{ name: "Timestamp", type: "DateTime64(9)" }],
      data: [span("a", { Duration: "1500000000", SpanAttributes: { gen_ai } })],
      rows: 1,
    });
    expect(spans.object(0)).to.include({ operation_type: "LLM", operation_name: "m-1", end_time: 1.5 });
    expect(columnOf(spans, "prompt_tokens")).to.deep.equal([120]);
  });

  it("reads ClickHouse's CSV, whose maps are in single quotes", async () => {
    writeFileSync(
      join(folder.path, "t.csv"),
      "Timestamp,TraceId,SpanId,ParentSpanId,SpanName,SpanKind,ServiceName,SpanAttributes,Duration,StatusCode\n" +
        `"2026-01-02 03:04:05.100000000","t1","a","","chat m-1","Client","app","{'gen_ai.operation.name':'chat','gen_ai.request.model':'m-1','gen_ai.usage.input_tokens':'120','note':'it\\'s, {a}'}",1500000000,"Error"\n`,
    );
    const { spans, format } = (await loadTrace(join(folder.path, "t.csv"))) as SpanTrace;
    expect(format).to.equal("clickhouse");
    expect(spans.object(0)).to.include({ operation_type: "LLM", operation_name: "m-1", status: "error" });
    expect(columnOf(spans, "prompt_tokens")).to.deep.equal([120]);
  });

  it("fails a span by its status or its attributes", async () => {
    const fields = [
      { StatusCode: "Error" },
      { StatusCode: "STATUS_CODE_ERROR" },
      { StatusCode: "Ok" },
      { StatusCode: "STATUS_CODE_UNSET", SpanAttributes: { "error.type": "timeout" } },
    ];
    const { spans } = await spanTrace(fields.map((field, i) => span(String(i), field)));
    expect(columnOf(spans, "status")).to.deep.equal(["error", "error", "ok", "error"]);
  });

  it("reads maps, times and durations as Parquet has them, and counts what is no span", async () => {
    const pairs = Object.entries(CHAT).map(([key, value]) => ({ key, value }));
    const { spans, diagnostics } = await spanTrace([
      span("a", { Timestamp: 1_767_323_045_100_000_007n, Duration: 1_500_000_000n, SpanAttributes: pairs }),
      span("b", { Timestamp: new Date("2026-01-02T03:04:05.100Z") }),
      span("c", { Timestamp: "noon" }),
      {},
    ]);
    expect(spans.object(0)).to.include({ operation_type: "LLM", start_time: 7e-9 });
    expect(columnOf(spans, "uuid")).to.deep.equal(["a", "b"]);
    expect(columnOf(diagnostics, "code")).to.have.members(["unreadable_time", "malformed"]);
  });
});

describe("mapOf(cell)", () => {
  it("reads objects, pairs, JSON and ClickHouse's maps", () => {
    expect(mapOf({ a: 1 })).to.deep.equal({ a: 1 });
    expect(mapOf(new Map([["a", 1]]))).to.deep.equal({ a: 1 });
    expect(mapOf([{ key: "a", value: 1 }, { key: 7 }, null])).to.deep.equal({ a: 1 });
    expect(mapOf('{"a": {"b": 1}}')).to.deep.equal({ a: { b: 1 } });
    expect(mapOf("{'a':1, 'b' : 'x' ,'c':NULL,'d':-2.5e3}")).to.deep.equal({ a: "1", b: "x", c: null, d: "-2.5e3" });
    expect(mapOf("{}")).to.deep.equal({});
    expect(mapOf("{ }")).to.deep.equal({});
  });

  it("reads what stands behind backslashes", () => {
    expect(mapOf(String.raw`{'it\'s':'a\\n\n\tb\\'}`)).to.deep.equal({ "it's": "a\\n\n\tb\\" });
  });

  it("takes any name for a key", () => {
    expect(Object.entries(mapOf("{'__proto__':1,'constructor':2}"))).to.deep.equal([
      ["__proto__", "1"],
      ["constructor", "2"],
    ]);
  });

  it("has no entries where a cell holds no map", () => {
    const cells = [
      null,
      undefined,
      "",
      7,
      "a",
      "{'a'",
      "{'a':",
      "{'a':1",
      "{'a':1}}",
      "{'a':[1]}",
      "{a:1}",
      "{'a':1,}",
    ];
    for (const cell of cells) expect(mapOf(cell), String(cell)).to.deep.equal({});
  });
});

describe("instantOf(value)", () => {
  it("tells the unit of a number by its size", () => {
    const instant = 1_790_000_000_123_456_789n;
    expect(instantOf(instant)).to.equal(instant);
    expect(instantOf("1790000000123456789")).to.equal(instant);
    expect(instantOf(1_790_000_000_123_456n)).to.equal(1_790_000_000_123_456_000n);
    expect(instantOf(1_790_000_000_123)).to.equal(1_790_000_000_123_000_000n);
    expect(instantOf("1790000000.5")).to.equal(1_790_000_000_500_000_000n);
  });

  it("reads dates, and gives back what is none", () => {
    expect(instantOf("2026-01-02 03:04:05.000000001")).to.equal(1_767_323_045_000_000_001n);
    expect(instantOf(new Date("2026-01-02T03:04:05.100Z"))).to.equal(1_767_323_045_100_000_000n);
    for (const value of ["noon", "", null, undefined, true]) expect(instantOf(value)).to.equal(value);
  });
});
