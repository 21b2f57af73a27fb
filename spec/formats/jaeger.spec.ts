import { expect } from "chai";
import { buildCallTreePerExample, loadTrace, type SpanTrace } from "../../lib/index.js";
import { columnOf } from "../support/columns-of.js";

const tags = (values: Record<string, unknown>) => Object.entries(values).map(([key, value]) => ({ key, value }));
const span = (spanID: string, values: Record<string, unknown> = {}, fields: object = {}) => ({
  traceID: "aa",
  spanID,
  operationName: "GET",
  references: [],
  startTime: 1_790_000_000_000_000,
  duration: 1_500_000,
  tags: tags(values),
  ...fields,
});
const trace = (...spans: unknown[]) => ({ traceID: "aa", spans, processes: {} });
const childOf = (spanID: string, refType = "CHILD_OF") => ({ references: [{ refType, traceID: "aa", spanID }] });

describe("loadTrace, Jaeger's JSON", () => {
  it("reads ids, times in µs, and what the tags tell", async () => {
    const model = {
      "gen_ai.operation.name": "chat",
      "gen_ai.request.model": "m",
      "gen_ai.usage.input_tokens": 7,
      "gen_ai.usage.output_tokens": "5",
      "otel.scope.name": "s",
    };
    const fields = { ...childOf("1"), startTime: 1_790_000_000_000_250 };
    const page = { data: [trace(span("1"), span("2", model, fields))], total: 0, errors: null };
    const { format, origin, spans } = (await loadTrace(page)) as SpanTrace;
    expect([format, origin]).to.deep.equal(["jaeger", 1_790_000_000_000_000_000n]);
    expect(spans.object(0)).to.include({ uuid: "1", operation_type: "SPAN", operation_name: "GET", end_time: 1.5 });
    expect(spans.object(1)).to.include({
      example: "aa",
      uuid: "2",
      parent_uuid: "1",
      operation_type: "LLM",
      operation_name: "m",
      start_time: 0.00025,
      end_time: 1.50025,
      prompt_tokens: 7,
      completion_tokens: 5,
      status: "ok",
      scope: "s",
    });
  });

  it("takes the parent from CHILD_OF alone, wherever it stands", async () => {
    const { references } = childOf("1");
    const several = { references: [...childOf("3", "FOLLOWS_FROM").references, ...references] };
    const input = await loadTrace(
      trace(span("1"), span("2", {}, several), span("3", {}, childOf("2", "FOLLOWS_FROM"))),
    );
    const calls = buildCallTreePerExample(input, { kinds: ["SPAN"] });
    expect(columnOf(calls, "parent_uuid")).to.deep.equal([null, "1", null]);
  });

  it("finds errors by the tag, true or a text, and by the status of OpenTelemetry", async () => {
    const values = [{ error: true }, { error: "true" }, { "otel.status_code": "ERROR" }, { error: false }, {}];
    const { spans } = (await loadTrace(trace(...values.map((tags, i) => span(String(i), tags))))) as SpanTrace;
    expect(columnOf(spans, "status")).to.deep.equal(["error", "error", "error", "ok", "ok"]);
  });

  it("reads several traces, an example each, and counts what is no span", async () => {
    const other = { ...trace(span("1", {}, { traceID: "bb" })), traceID: "bb" };
    const { spans, diagnostics } = (await loadTrace([trace(span("1"), 7), other, 7])) as SpanTrace;
    expect(columnOf(spans, "example")).to.deep.equal(["aa", "bb"]);
    expect([diagnostics.get("code"), diagnostics.get("events")]).to.deep.equal(["malformed", 2]);
  });
});
