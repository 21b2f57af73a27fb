import { expect } from "chai";
import { buildCallTreePerExample, concurrencySpikeAnalysis, loadTrace, type SpanTrace } from "../../lib/index.js";
import { columnOf } from "../support/columns-of.js";

const span = (id: string, fields: object = {}) => ({
  traceId: "00000000000000aa",
  id,
  name: "get",
  timestamp: 1_790_000_000_000_000,
  duration: 1_500_000,
  localEndpoint: { serviceName: "front" },
  ...fields,
});
const spans = async (...documents: unknown[]) => ((await loadTrace(documents)) as SpanTrace).spans;

describe("loadTrace, Zipkin's JSON", () => {
  it("reads ids, name, times in µs and the trace as the example", async () => {
    const trace = (await loadTrace([
      span("1"),
      span("2", { parentId: "1", timestamp: 1_790_000_000_000_250 }),
    ])) as SpanTrace;
    expect(trace.format).to.equal("zipkin");
    expect(trace.origin).to.equal(1_790_000_000_000_000_000n);
    expect(trace.spans.object(1)).to.include({
      example: "000000000000000000000000000000aa",
      uuid: "2",
      parent_uuid: "1",
      operation_type: "SPAN",
      operation_name: "get",
      start_time: 0.00025,
      end_time: 1.50025,
      status: "ok",
    });
  });

  it("takes a trace id of 16 digits for one of 32", async () => {
    const ids = ["aa", "00000000000000aa", "000000000000000000000000000000aa", "100000000000000000000000000000aa"];
    const table = await spans(...ids.map((traceId, i) => span(String(i), { traceId })));
    expect(columnOf(table, "example_number")).to.deep.equal([0, 0, 0, 1]);
  });

  it("puts the server half of a call below its client half, which has the same id", async () => {
    const trace = await loadTrace([
      span("2", { kind: "SERVER", shared: true, timestamp: 1_790_000_000_000_100, duration: 10 }),
      span("2", { kind: "CLIENT", parentId: "1" }),
      span("1"),
    ]);
    const calls = buildCallTreePerExample(trace, { kinds: ["SPAN"] });
    expect(columnOf(calls, "uuid")).to.deep.equal(["1", "2", "2/server"]);
    expect(columnOf(calls, "depth")).to.deep.equal([0, 1, 2]);
  });

  it("has a span without a duration never end, and counts one without a start", async () => {
    const trace = await loadTrace([span("1", { duration: undefined }), span("2", { timestamp: undefined })]);
    const { calls, diagnostics } = concurrencySpikeAnalysis(trace, { kinds: ["SPAN"] });
    expect(columnOf(calls, "status")).to.deep.equal(["unfinished"]);
    expect(columnOf(diagnostics, "code")).to.deep.equal(["unfinished", "missing_time"]);
  });

  it("fails a span by a tag named error, whatever it says", async () => {
    const tags = [{ error: "" }, { error: "false" }, { "http.status": "500" }, undefined];
    const table = await spans(...tags.map((tags, i) => span(String(i), { tags })));
    expect(columnOf(table, "status")).to.deep.equal(["error", "error", "ok", "ok"]);
  });

  it("reads lists of traces, and counts what is no span", async () => {
    const trace = (await loadTrace([[span("1"), 7, span("2")], [span("3", { traceId: "bb" })]])) as SpanTrace;
    expect(columnOf(trace.spans, "uuid")).to.deep.equal(["1", "2", "3"]);
    expect(columnOf(trace.spans, "example_number")).to.deep.equal([0, 0, 1]);
    expect(columnOf(trace.diagnostics, "code")).to.deep.equal(["malformed"]);
  });
});
