import { expect } from "chai";
import { columnOf } from "../support/columns-of.js";
import { temporaryFolder } from "../support/folder.js";
import { spanTrace } from "../support/span-trace.js";

const folder = temporaryFolder();

const csv = (text: string) => spanTrace(folder.put("t.csv", text));
const span = (span_id: string, fields: object = {}) => ({
  id: `U3Bhbjo${span_id}`,
  name: "ChatCompletion",
  context: { trace_id: "t1", span_id },
  span_kind: "LLM",
  parent_id: null,
  start_time: "2026-01-02T03:04:05.100000+00:00",
  end_time: "2026-01-02T03:04:06.600000+00:00",
  status_code: "OK",
  attributes: {},
  ...fields,
});

describe("loadTrace, Phoenix's spans", () => {
  it("reads a page of the API, with flat and with nested attributes", async () => {
    const flat = { "llm.model_name": "m-1", "llm.token_count.prompt": 120, "llm.token_count.completion": 30 };
    const nested = { llm: { model_name: "m-2", token_count: { prompt: 1, completion: 2, total: 9 } } };
    const trace = await spanTrace({
      data: [span("a", { attributes: flat }), span("b", { parent_id: "a", attributes: nested })],
      next_cursor: null,
    });
    expect(trace.format).to.equal("phoenix");
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
      status: "ok",
    });
    expect(trace.spans.object(1)).to.include({ parent_uuid: "a", operation_name: "m-2", total_tokens: 9 });
  });

  it("takes the name from the attribute of the kind, else from the span", async () => {
    const spans = [
      { attributes: { "llm.response.model_name": "r" } },
      { attributes: { "llm.request.model_name": "q", "llm.response.model_name": "r" } },
      { span_kind: "tool", attributes: { "tool.name": "search", "llm.model_name": "m" } },
      { span_kind: "AGENT", attributes: { "llm.model_name": "m", "agent.name": "planner" } },
      { span_kind: "EMBEDDING", attributes: { embedding: { model_name: "e" } } },
      { attributes: null },
    ];
    const trace = await spanTrace(spans.map((fields, i) => span(String(i), fields)));
    expect(columnOf(trace.spans, "operation_name")).to.deep.equal([
      "r",
      "q",
      "search",
      "ChatCompletion",
      "e",
      "ChatCompletion",
    ]);
    expect(columnOf(trace.spans, "operation_type")).to.deep.equal(["LLM", "LLM", "TOOL", "AGENT", "EMBEDDING", "LLM"]);
    expect(columnOf(trace.spans, "agent")).to.deep.equal([null, null, null, "planner", null, null]);
  });

  it("has a span without an end never end, and tells errors", async () => {
    const trace = await spanTrace([span("a", { end_time: null }), span("b", { status_code: "ERROR" }), span("c"), {}]);
    expect(columnOf(trace.spans, "status")).to.deep.equal(["unfinished", "error", "ok"]);
    expect(columnOf(trace.diagnostics, "code")).to.deep.equal(["malformed"]);
  });

  it("reads the data frame as CSV: flat columns, counts with a fraction, line breaks in cells", async () => {
    const { spans, format } = await csv(
      ",context.span_id,name,span_kind,parent_id,start_time,end_time,status_code,context.trace_id,attributes.llm.token_count.prompt,attributes.llm.token_count.total,attributes.input.value,attributes.tool.name,attributes.openinference.span.kind\n" +
        '0,a,m-1,LLM,,2026-01-02 03:04:05.100000+00:00,2026-01-02 03:04:06.600000+00:00,UNSET,t1,491.0,505.0,"two\nlines",,LLM\n' +
        "1,b,run,,a,2026-01-02 03:04:05.200000+00:00,,OK,t1,,,,search,TOOL\n",
    );
    expect(format).to.equal("phoenix");
    expect(spans.object(0)).to.include({ example: "t1", uuid: "a", operation_name: "m-1", end_time: 1.5 });
    expect(spans.object(0)).to.include({ prompt_tokens: 491, total_tokens: 505 });
    expect(spans.object(1)).to.include({ parent_uuid: "a", operation_type: "TOOL", operation_name: "search" });
    expect(spans.object(1)).to.include({ status: "unfinished" });
  });

  it("reads rows of the table spans, whose attributes are a text", async () => {
    const { spans, format } = await csv(
      "id,trace_rowid,span_id,parent_id,name,span_kind,start_time,end_time,attributes,status_code,llm_token_count_prompt,llm_token_count_completion\n" +
        '1,7,a,,chat,LLM,2026-01-02 03:04:05.100000,2026-01-02 03:04:06.600000,"{""llm"": {""model_name"": ""m-1""}}",OK,120,30\n' +
        "2,7,b,a,step,CHAIN,2026-01-02 03:04:05.100000,2026-01-02 03:04:06.600000,{'llm': 1},OK,,\n",
    );
    expect(format).to.equal("phoenix");
    expect(spans.object(0)).to.include({ example: "7", uuid: "a", operation_name: "m-1", prompt_tokens: 120 });
    expect(spans.object(1)).to.include({ parent_uuid: "a", operation_name: "step" });
  });
});
