import { table } from "arquero";
import { expect } from "chai";
import { writeOtlp } from "../../lib/formats/write-otlp.js";
import { buildCallTreePerExample, concurrencySpikeAnalysis, loadTrace, type SpanTrace } from "../../lib/index.js";
import { columnOf } from "../support/columns-of.js";
import { temporaryFolder } from "../support/folder.js";

const folder = temporaryFolder();

const put = (content: string): string => folder.put("t.json", content);
const attributes = (values: Record<string, string | number | boolean>) =>
  Object.entries(values).map(([key, value]) => ({
    key,
    value: {
      [typeof value === "string" ? "stringValue" : typeof value === "number" ? "intValue" : "boolValue"]:
        typeof value === "number" ? String(value) : value,
    },
  }));

const TRACE = "0af7651916cd43dd8448eb211c80319c";
const span = (fields: object = {}, values: Record<string, string | number | boolean> = {}) => ({
  traceId: TRACE,
  spanId: "00f067aa0ba902b7",
  parentSpanId: "",
  name: "chat m",
  kind: 3,
  startTimeUnixNano: "1790000000000000001",
  endTimeUnixNano: "1790000001500000002",
  attributes: attributes({ "gen_ai.operation.name": "chat", ...values }),
  status: {},
  ...fields,
});
const scopes = (...spans: object[]) => [{ scopeSpans: [{ scope: { name: "s" }, spans }] }];
const spans = async (...documents: object[]) => ((await loadTrace(documents)) as SpanTrace).spans;

describe("loadTrace, OTLP", () => {
  it("reads ids, kind, model, tokens, scope, and times to the nanosecond", async () => {
    const trace = (await loadTrace([
      {
        resourceSpans: scopes(
          span({}, { "gen_ai.request.model": "m", "gen_ai.usage.input_tokens": 7, "gen_ai.usage.output_tokens": 5 }),
        ),
      },
    ])) as SpanTrace;
    expect(trace.format).to.equal("otlp");
    expect(trace.origin).to.equal(1790000000000000001n);
    expect(trace.spans.object(0)).to.include({
      example: TRACE,
      uuid: "00f067aa0ba902b7",
      parent_uuid: null,
      operation_type: "LLM",
      operation_name: "m",
      start_time: 0,
      end_time: 1.500000001,
      prompt_tokens: 7,
      completion_tokens: 5,
      status: "ok",
      scope: "s",
    });
  });

  it("reads numbers of 19 digits as exactly as texts", async () => {
    const text = JSON.stringify({ resourceSpans: scopes(span()) }).replace(/"(1790\d+)"/g, "$1");
    const { origin, spans } = (await loadTrace(put(text))) as SpanTrace;
    expect([origin, spans.get("end_time")]).to.deep.equal([1790000000000000001n, 1.500000001]);
  });

  it("reads all envelopes and the older and snake-case names", async () => {
    const one = scopes(span());
    const older = [{ instrumentationLibrarySpans: [{ instrumentationLibrary: { name: "s" }, spans: [span()] }] }];
    const snake = {
      trace_id: TRACE,
      span_id: "00f067aa0ba902b7",
      name: "chat m",
      start_time_unix_nano: 1790000000000000000,
      end_time_unix_nano: 1790000001500000000,
      attributes: [{ key: "gen_ai.operation.name", value: { string_value: "chat" } }],
    };
    for (const document of [
      { resourceSpans: one },
      { batches: one },
      { batches: older },
      { trace: { resourceSpans: one } },
      { result: { resourceSpans: one } },
      { resource_spans: [{ scope_spans: [{ scope: { name: "s" }, spans: [snake] }] }] },
    ]) {
      const table = await spans(document);
      expect(table.object(0), JSON.stringify(document)).to.include({
        example: TRACE,
        uuid: "00f067aa0ba902b7",
        operation_type: "LLM",
        status: "ok",
        scope: "s",
      });
    }
  });

  it("reads documents a line, one after the other over many lines, and in a list", async () => {
    const documents = [
      { resourceSpans: scopes(span()) },
      { resourceSpans: scopes(span({ spanId: "b7ad6b7169203331" })) },
    ];
    for (const text of [
      documents.map((document) => JSON.stringify(document)).join("\n"),
      documents.map((document) => JSON.stringify(document, null, 2)).join("\n"),
      JSON.stringify(documents),
    ]) {
      const trace = (await loadTrace(put(text))) as SpanTrace;
      expect(columnOf(trace.spans, "uuid")).to.deep.equal(["00f067aa0ba902b7", "b7ad6b7169203331"]);
    }
  });

  it("takes base64 and capital ids for the same as hexadecimal ones; an id of zeros is none", async () => {
    const base64 = (hex: string) => Buffer.from(hex, "hex").toString("base64");
    const table = await spans({
      resourceSpans: scopes(
        span({ parentSpanId: "0000000000000000" }),
        span({ traceId: base64(TRACE), spanId: base64("b7ad6b7169203331"), parentSpanId: base64("00f067aa0ba902b7") }),
        span({ traceId: TRACE.toUpperCase(), spanId: "C7AD6B7169203331", parentSpanId: "AAAAAAAAAAA=" }),
      ),
    });
    expect(columnOf(table, "example_number")).to.deep.equal([0, 0, 0]);
    expect(columnOf(table, "uuid")).to.deep.equal(["00f067aa0ba902b7", "b7ad6b7169203331", "c7ad6b7169203331"]);
    expect(columnOf(table, "parent_uuid")).to.deep.equal([null, "00f067aa0ba902b7", null]);
  });

  it("reads base64 with the digits of addresses, or without its end, and leaves other ids as they are", async () => {
    const hex = "fbeffefffbefbe00";
    const base64 = Buffer.from(hex, "hex").toString("base64");
    const ids = [
      base64,
      base64.replace("=", ""),
      Buffer.from(hex, "hex").toString("base64url"),
      "short",
      "no base64!!",
    ];
    const table = await spans({ resourceSpans: scopes(...ids.map((spanId) => span({ spanId }))) });
    expect(columnOf(table, "uuid")).to.deep.equal([hex, hex, hex, "short", "no base64!!"]);
  });

  it("takes a missing end, and an end of 0, for unfinished", async () => {
    const ends = [undefined, 0, "0", null, "1790000002000000000"];
    const table = await spans({ resourceSpans: scopes(...ends.map((endTimeUnixNano) => span({ endTimeUnixNano }))) });
    expect(columnOf(table, "status")).to.deep.equal([...Array<string>(4).fill("unfinished"), "ok"]);
  });

  it("finds errors by the number, the name, and the type of an error", async () => {
    const table = await spans({
      resourceSpans: scopes(
        span({ status: { code: 2 } }),
        span({ status: { code: "STATUS_CODE_ERROR" } }),
        span({}, { "error.type": "timeout" }),
        span({ status: { code: 1 } }),
      ),
    });
    expect(columnOf(table, "status")).to.deep.equal(["error", "error", "error", "ok"]);
  });

  it("passes over documents of logs and metrics, whichever comes first", async () => {
    const trace = await loadTrace([{ resourceLogs: [] }, { resourceSpans: scopes(span()) }, { resourceMetrics: [] }]);
    const { diagnostics } = concurrencySpikeAnalysis(trace);
    expect(columnOf(diagnostics, "code")).to.deep.equal(["counted", "ignored"]);
    expect(columnOf(diagnostics, "events")).to.deep.equal([1, 2]);
  });

  it("passes over any number of them before the first span, and says so where there is none", async () => {
    const logs = Array.from({ length: 2500 }, () => ({ resourceLogs: [] }));
    const record = { hrTime: [1, 2], attributes: {} };
    const object = { _spanContext: { traceId: "t", spanId: "s" }, name: "x", startTime: [1, 0], endTime: [2, 0] };
    for (const [documents, rows] of [
      [
        [...logs, 7, { resourceSpans: scopes(span()) }],
        ["counted", "ignored", "malformed"],
      ],
      [
        [...logs.map(() => record), 7, object],
        ["counted", "ignored", "malformed"],
      ],
    ] as const) {
      const trace = await loadTrace(documents);
      const { diagnostics } = concurrencySpikeAnalysis(trace, { kinds: ["LLM", "SPAN"] });
      expect(columnOf(diagnostics, "code")).to.deep.equal(rows);
      expect(columnOf(diagnostics, "events")).to.deep.equal([1, 2500, 1]);
      expect(columnOf(diagnostics, "first_row")).to.deep.equal([2, 1, 1]);
    }
    const failure = await loadTrace(logs).then(String, String);
    expect(failure).to.match(/this JSON, of logs or metrics \(resourceLogs\), is no trace that is known/);
  });

  it("counts what is no span", async () => {
    const { diagnostics } = await loadTrace([
      { resourceSpans: [7, { scopeSpans: [null, { spans: [span(), 7, "x", null] }] }] },
      7,
      { resourceSpans: scopes(span({ startTimeUnixNano: "soon" }), span({ startTimeUnixNano: undefined })) },
    ]);
    expect(
      Object.fromEntries(columnOf(diagnostics, "code").map((code, i) => [code, diagnostics.get("events", i)])),
    ).to.deep.equal({
      unreadable_time: 1,
      missing_time: 1,
      malformed: 4,
    });
  });

  it("does not mix up the attributes of spans", async () => {
    const table = await spans({
      resourceSpans: scopes(span({}, { "gen_ai.usage.input_tokens": 7 }), span({ attributes: undefined, name: "x" })),
    });
    expect(columnOf(table, "operation_type")).to.deep.equal(["LLM", "SPAN"]);
    expect(columnOf(table, "prompt_tokens")).to.deep.equal([7, NaN]);
  });

  it("takes hostile attributes as they are", async () => {
    const table = await spans({
      resourceSpans: scopes(span({}, { "gen_ai.request.model": "__proto__", constructor: "x", __proto__: "y" })),
    });
    expect(columnOf(table, "operation_name")).to.deep.equal(["__proto__"]);
  });
});

describe("writeOtlp(tables, origin)", () => {
  const calls = table({
    example_number: [0, 0, 0, 0, 1, 1],
    example: ["run 1", "run 1", "run 1", "run 1", TRACE, TRACE],
    uuid: ["a", "b", "00f067aa0ba902b7", null, "c", "d"],
    parent_uuid: [null, "a", "b", null, "gone", null],
    operation_type: ["CHAIN", "LLM", "TOOL", "SPAN", "LLM", "LLM"],
    operation_name: ["agent", "m", "search", null, null, "x"],
    start_time: [0, 0.000000001, 0.5, 2, 3.25, 4],
    end_time: [9.123456789, 0.4, 0.5, 2, NaN, 5],
    prompt_tokens: [NaN, 7, NaN, NaN, 1, 2],
    completion_tokens: [NaN, 5, NaN, NaN, NaN, 2],
    total_tokens: [NaN, 99, NaN, NaN, NaN, 4],
    status: ["ok", "error", "ok", "ok", "unfinished", "ok"],
  });
  const kinds = ["LLM", "TOOL", "CHAIN", "SPAN"];
  const columns = [...calls.columnNames(), "depth", "duration"];

  for (const origin of [0n, 1790000000000000000n]) {
    it(`writes calls that read back the same, from ${origin}`, async () => {
      const trace = (await loadTrace(put([...writeOtlp([calls], origin)].join("")))) as SpanTrace;
      expect([trace.format, trace.origin]).to.deep.equal(["otlp", origin]);
      const [before, after] = [calls, trace].map((input) =>
        buildCallTreePerExample(input, { kinds, dedupe: false }).objects({ columns }),
      );
      expect(after).to.deep.equal(before);
    });
  }

  it("writes a document for each example, with ids of the right length, and once more the same of what was read", async () => {
    const text = [...writeOtlp([calls])].join("");
    const documents = text.trim().split("\n");
    expect(documents).to.have.length(2);
    expect(
      text.match(/"traceId":"[0-9a-f]{32}","spanId":"[0-9a-f]{16}","parentSpanId":"([0-9a-f]{16})?"/g),
    ).to.have.length(6);
    const read = (await loadTrace(put(text))) as SpanTrace;
    expect([...writeOtlp([read.spans])].join("")).to.equal(text);
  });

  it("leaves rows without a place in time out, and writes nothing of nothing", () => {
    const lost = table({
      example_number: [0, 0],
      operation_type: ["LLM", "LLM"],
      start_time: [NaN, 1],
      end_time: [1, NaN],
    });
    expect([...writeOtlp([lost])]).to.deep.equal([]);
  });
});
