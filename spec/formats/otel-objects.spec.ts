import { expect } from "chai";
import { concurrencySpikeAnalysis, loadTrace, type SpanTrace } from "../../lib/index.js";
import { columnOf } from "../support/columns-of.js";
import { temporaryFolder } from "../support/folder.js";

const folder = temporaryFolder();

/** Documents printed over several lines, one after the other. */
const put = (...documents: object[]): string =>
  folder.put("telemetry.log", documents.map((document) => JSON.stringify(document, null, 2)).join("\n"));

const script = (fields: object = {}) => ({
  _spanContext: { traceId: "0af7651916cd43dd8448eb211c80319c", spanId: "00f067aa0ba902b7", traceFlags: 1 },
  kind: 0,
  parentSpanContext: { traceId: "0af7651916cd43dd8448eb211c80319c", spanId: "b7ad6b7169203331", traceFlags: 1 },
  attributes: { "gen_ai.operation.name": "llm_call", "gen_ai.request.model": "m", "gen_ai.usage.input_tokens": 7 },
  startTime: [1790000000, 714000001],
  endTime: [1790000001, 14000000],
  instrumentationScope: { name: "gemini-cli" },
  name: "llm_call",
  status: { code: 1 },
  ended: true,
  ...fields,
});

const python = (fields: object = {}) => ({
  name: "chat m",
  context: { trace_id: "0x0d86ca9437a95a3d1df7d0fb8143507a", span_id: "0x69f00041daf6d05e", trace_state: "[]" },
  kind: "SpanKind.INTERNAL",
  parent_id: "0x3a24465fa8901485",
  start_time: "2026-01-02T03:04:05.027867Z",
  end_time: "2026-01-02T03:04:05.527906Z",
  status: { status_code: "ERROR", description: "bad" },
  attributes: { "gen_ai.operation.name": "chat", "gen_ai.usage.output_tokens": 5 },
  events: [],
  links: [],
  resource: { attributes: {}, schema_url: "" },
  ...fields,
});

describe("loadTrace, spans as OpenTelemetry's SDKs hold them", () => {
  it("reads those of JavaScript, times to the nanosecond", async () => {
    const { format, origin, spans } = (await loadTrace(put(script()))) as SpanTrace;
    expect([format, origin]).to.deep.equal(["otel-objects", 1790000000714000001n]);
    expect(spans.object(0)).to.include({
      example: "0af7651916cd43dd8448eb211c80319c",
      uuid: "00f067aa0ba902b7",
      parent_uuid: "b7ad6b7169203331",
      operation_type: "LLM",
      operation_name: "m",
      start_time: 0,
      end_time: 0.299999999,
      prompt_tokens: 7,
      status: "ok",
      scope: "gemini-cli",
    });
  });

  it("reads the names of older SDKs, errors, and what has not ended", async () => {
    const older = script({ parentSpanContext: undefined, parentSpanId: "c7ad6b7169203331", status: { code: 2 } });
    const open = script({ endTime: [0, 0], ended: false });
    const { _spanContext: spanContext, ...rest } = script();
    const { spans } = (await loadTrace(put(older, open, { ...rest, spanContext }))) as SpanTrace;
    expect(columnOf(spans, "parent_uuid")).to.deep.equal(["c7ad6b7169203331", "b7ad6b7169203331", "b7ad6b7169203331"]);
    expect(columnOf(spans, "status")).to.deep.equal(["error", "unfinished", "ok"]);
    expect(columnOf(spans, "uuid")).to.deep.equal(Array(3).fill("00f067aa0ba902b7"));
  });

  it("passes over log records and metrics", async () => {
    const log = {
      hrTime: [1790000000, 0],
      spanContext: { traceId: "x", spanId: "y" },
      attributes: { "event.name": "gemini_cli.api_response", duration_ms: 5 },
    };
    const metrics = { resource: {}, scopeMetrics: [] };
    const { diagnostics } = concurrencySpikeAnalysis(await loadTrace(put(log, metrics, script(), log)));
    expect(columnOf(diagnostics, "code")).to.deep.equal(["counted", "ignored"]);
    expect(columnOf(diagnostics, "events")).to.deep.equal([1, 3]);
  });

  it("reads what Python prints", async () => {
    const root = python({ parent_id: null, status: { status_code: "UNSET" }, end_time: null, attributes: {} });
    const { format, spans } = (await loadTrace(put(python(), root))) as SpanTrace;
    expect(format).to.equal("otel-objects");
    expect(spans.object(0)).to.include({
      example: "0d86ca9437a95a3d1df7d0fb8143507a",
      uuid: "69f00041daf6d05e",
      parent_uuid: "3a24465fa8901485",
      operation_type: "LLM",
      operation_name: "chat m",
      end_time: 0.500039,
      completion_tokens: 5,
      status: "error",
    });
    expect(spans.object(1)).to.include({ parent_uuid: null, operation_type: "SPAN", status: "unfinished" });
  });

  it("counts times that cannot be read, and what is no span", async () => {
    const { diagnostics } = await loadTrace([
      script(),
      script({ endTime: "soon" }),
      python({ start_time: "soon" }),
      { name: "x" },
      7,
    ]);
    expect(
      Object.fromEntries(columnOf(diagnostics, "code").map((code, i) => [code, diagnostics.get("events", i)])),
    ).to.deep.equal({
      unreadable_time: 2,
      malformed: 2,
    });
  });
});
