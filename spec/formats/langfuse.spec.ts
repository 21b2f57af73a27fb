import { expect } from "chai";
import { columnOf } from "../support/columns-of.js";
import { temporaryFolder } from "../support/folder.js";
import { spanTrace } from "../support/span-trace.js";

const folder = temporaryFolder();

const csv = (text: string) => spanTrace(folder.put("t.csv", text));
const observation = (id: string, fields: object = {}) => ({
  id,
  traceId: "t1",
  parentObservationId: null,
  type: "GENERATION",
  name: "chat",
  startTime: "2026-01-02T03:04:05.100Z",
  endTime: "2026-01-02T03:04:06.600Z",
  level: "DEFAULT",
  ...fields,
});
const version = (id: string, event_ts: string, fields: object = {}) => ({
  id,
  trace_id: "t1",
  parent_observation_id: null,
  type: "SPAN",
  name: "step",
  start_time: "2026-01-02 03:04:05.100",
  end_time: "2026-01-02 03:04:06.600",
  event_ts,
  is_deleted: 0,
  ...fields,
});

describe("loadTrace, Langfuse's observations", () => {
  it("reads {trace, observations} of the API", async () => {
    const trace = await spanTrace({
      trace: { id: "t9", name: "run" },
      observations: [
        observation("a", { model: "m-1", usageDetails: { input: 120, output: 30, total: 170 } }),
        observation("b", { traceId: undefined, parentObservationId: "a", type: "TOOL", name: "search" }),
      ],
    });
    expect(trace.format).to.equal("langfuse");
    expect(trace.origin).to.equal(1_767_323_045_100_000_000n);
    expect(trace.spans.object(0)).to.include({
      example: "t1",
      uuid: "a",
      parent_uuid: null,
      operation_type: "LLM",
      operation_name: "m-1",
      start_time: 0,
      end_time: 1.5,
      prompt_tokens: 120,
      completion_tokens: 30,
      total_tokens: 170,
      status: "ok",
    });
    expect(trace.spans.object(1)).to.include({
      example: "t9",
      parent_uuid: "a",
      operation_type: "TOOL",
      operation_name: "search",
    });
  });

  it("reads pages of observations, and a trace of the API", async () => {
    const page = await spanTrace({ data: [observation("a"), observation("b")], meta: { page: 1 } });
    expect(columnOf(page.spans, "uuid")).to.deep.equal(["a", "b"]);
    const { spans, format } = await spanTrace({ id: "t1", name: "run", scores: [], observations: [observation("c")] });
    expect(columnOf(spans, "uuid")).to.deep.equal(["c"]);
    expect(format).to.equal("langfuse");
  });

  it("has types other than GENERATION be kinds of their own, an event without a duration", async () => {
    const types = ["GENERATION", "TOOL", "AGENT", "EMBEDDING", "SPAN", "EVENT"];
    const { spans } = await spanTrace(types.map((type) => observation(type, { type, endTime: null })));
    expect(columnOf(spans, "operation_type")).to.deep.equal(["LLM", ...types.slice(1)]);
    expect(columnOf(spans, "status").lastIndexOf("unfinished")).to.equal(4);
    expect(spans.object(5)).to.include({ start_time: 0, end_time: 0, status: "ok" });
  });

  it("names a call by its model, a tool by itself", async () => {
    const fields = [
      { model: "m-1" },
      { providedModelName: "m-2" },
      { provided_model_name: "m-3" },
      { model: null },
      { type: "TOOL", model: "m-1" },
    ];
    const { spans } = await spanTrace(fields.map((field, i) => observation(String(i), field)));
    expect(columnOf(spans, "operation_name")).to.deep.equal(["m-1", "m-2", "m-3", "chat", "chat"]);
  });

  it("reads tokens from the details, else from the older fields", async () => {
    const fields = [
      { usageDetails: { input: 1, output: 2, total: 9 }, usage: { input: 5 } },
      { usage: { input: 1, output: 2, total: 3, unit: "TOKENS" } },
      { usage: { promptTokens: 1, completionTokens: 2, totalTokens: 3 } },
      { usageDetails: {}, promptTokens: 1, completionTokens: 2, totalTokens: 3 },
      {},
    ];
    const { spans } = await spanTrace(fields.map((field, i) => observation(String(i), field)));
    expect(columnOf(spans, "prompt_tokens")).to.deep.equal([1, 1, 1, 1, NaN]);
    expect(columnOf(spans, "completion_tokens")).to.deep.equal([2, 2, 2, 2, NaN]);
    expect(columnOf(spans, "total_tokens")).to.deep.equal([9, 3, 3, 3, NaN]);
  });

  it("fails a call of level ERROR, and counts what is no observation", async () => {
    const { spans, diagnostics } = await spanTrace([observation("a", { level: "ERROR" }), 7, { id: "x" }]);
    expect(columnOf(spans, "status")).to.deep.equal(["error"]);
    expect(columnOf(diagnostics, "code")).to.deep.equal(["malformed"]);
    expect(columnOf(diagnostics, "events")).to.deep.equal([2]);
  });

  it("reads the blob export as CSV: dates without a zone, details as JSON", async () => {
    const { spans, format, origin } = await csv(
      "id,trace_id,parent_observation_id,type,start_time,end_time,name,level,provided_model_name,usage_details\n" +
        'a,t1,,GENERATION,2026-01-02 03:04:05.100,2026-01-02 03:04:06.600,chat,DEFAULT,m-1,"{""input"":120,""output"":30,""total"":150}"\n' +
        "b,t1,a,SPAN,2026-01-02 03:04:05.200,,step,ERROR,,{}\n",
    );
    expect(format).to.equal("langfuse");
    expect(origin).to.equal(1_767_323_045_100_000_000n);
    expect(spans.object(0)).to.include({ example: "t1", operation_name: "m-1", end_time: 1.5, total_tokens: 150 });
    expect(spans.object(1)).to.include({ parent_uuid: "a", operation_name: "step", status: "unfinished" });
  });

  it("keeps of several versions the one with the greatest event_ts, and none that is deleted", async () => {
    const { spans, diagnostics } = await spanTrace([
      version("a", "2026-01-02 03:04:07.000", { name: "new" }),
      version("b", "2026-01-02 03:04:05.000"),
      version("a", "2026-01-02 03:04:05.000", { name: "old", end_time: null }),
      version("b", "2026-01-02 03:04:06.000", { is_deleted: 1 }),
      version("c", "2026-01-02 03:04:06.000", { is_deleted: "1" }),
      version("c", "2026-01-02 03:04:07.000"),
      version("a", "2026-01-02 03:04:05.000", { trace_id: "t2" }),
    ]);
    expect(columnOf(spans, "uuid")).to.deep.equal(["a", "c", "a"]);
    expect(columnOf(spans, "operation_name")).to.deep.equal(["new", "step", "step"]);
    expect(columnOf(spans, "example")).to.deep.equal(["t1", "t1", "t2"]);
    expect(diagnostics.object()).to.include({ code: "repeated", events: 3, first_row: 3, example: "a version of a" });
  });

  it("reads ClickHouse's CSV of events_core: µs, maps in single quotes, \\N", async () => {
    const { spans, format } = await csv(
      "project_id,trace_id,span_id,parent_span_id,start_time,end_time,name,type,level,provided_model_name,usage_details,event_ts,is_deleted\n" +
        `"p","t1","a","","2026-01-02 03:04:05.100001","2026-01-02 03:04:06.600001","chat","GENERATION","DEFAULT","m-1","{'input':120,'output':30}","2026-01-02 03:04:07.000000",0\n` +
        `"p","t1","b","a","2026-01-02 03:04:05.100002",\\N,"search","TOOL","DEFAULT",\\N,"{}","2026-01-02 03:04:07.000000",0\n`,
    );
    expect(format).to.equal("langfuse");
    expect(spans.object(0)).to.include({ uuid: "a", parent_uuid: null, prompt_tokens: 120, completion_tokens: 30 });
    expect(spans.object(1)).to.include({ uuid: "b", parent_uuid: "a", start_time: 0.000001, status: "unfinished" });
    expect(columnOf(spans, "operation_name")).to.deep.equal(["m-1", "search"]);
  });

  it("reads times and maps as Parquet has them", async () => {
    const { spans } = await spanTrace([
      version("a", "", { event_ts: 1_767_323_047_000_000n, start_time: new Date("2026-01-02T03:04:05.100Z") }),
      version("b", "", {
        event_ts: null,
        start_time: 1_767_323_045_100_250n,
        end_time: 1_767_323_046_600_250_000n,
        usage_details: [
          { key: "input", value: 120n },
          { key: "output", value: "30" },
        ],
      }),
    ]);
    expect(columnOf(spans, "uuid")).to.deep.equal(["b", "a"]); // what has versions comes last
    expect(spans.object(0)).to.include({ start_time: 0.00025, end_time: 1.50025, prompt_tokens: 120 });
    expect(spans.object(1)).to.include({ start_time: 0, end_time: 1.5 });
  });
});
