import { expect } from "chai";
import { columnOf } from "../support/columns-of.js";
import { temporaryFolder } from "../support/folder.js";
import { spanTrace } from "../support/span-trace.js";

const folder = temporaryFolder();

const csv = (text: string) => spanTrace(folder.put("t.csv", text));
const ORDER = "20260102T030405100000Z";
const run = (id: string, fields: object = {}) => ({
  id,
  trace_id: "t1",
  dotted_order: `${ORDER}${id}`,
  run_type: "llm",
  name: "ChatModel",
  start_time: "2026-01-02T03:04:05.100000",
  end_time: "2026-01-02T03:04:06.600000",
  status: "success",
  error: null,
  ...fields,
});

describe("loadTrace, LangSmith's runs", () => {
  it("reads a page of the API: dates without a zone, the model as the name", async () => {
    const extra = { metadata: { ls_model_name: "m-1" } };
    const trace = await spanTrace({
      runs: [
        run("a", { extra, prompt_tokens: 120, completion_tokens: 30, total_tokens: 170 }),
        run("b", { extra, parent_run_id: "a", run_type: "tool", name: "search" }),
        run("c", { run_type: "retriever" }),
      ],
      cursors: { next: null },
    });
    expect(trace.format).to.equal("langsmith");
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
    expect(trace.spans.object(1)).to.include({ parent_uuid: "a", operation_type: "TOOL", operation_name: "search" });
    expect(trace.spans.object(2)).to.include({ operation_type: "RETRIEVER", operation_name: "ChatModel" });
  });

  it("finds the parent in parent_run_id, else in parent_run_ids, else in dotted_order", async () => {
    const dotted_order = `${ORDER}t1.${ORDER}y.${ORDER}self`;
    const { spans } = await spanTrace([
      run("a", { dotted_order, parent_run_ids: ["t1", "x"], parent_run_id: "w" }),
      run("b", { dotted_order, parent_run_ids: ["t1", "x"], parent_run_id: null }),
      run("c", { dotted_order, parent_run_ids: '["t1", "x"]' }),
      run("d", { dotted_order, parent_run_ids: [] }),
      run("e", { dotted_order, trace_id: undefined }),
    ]);
    expect(columnOf(spans, "parent_uuid")).to.deep.equal(["w", "x", "x", "y", "y"]);
    expect(columnOf(spans, "example")).to.deep.equal(["t1", "t1", "t1", "t1", "t1"]);
  });

  it("reads tokens from the outputs where the run has none", async () => {
    const usage_metadata = { input_tokens: 1, output_tokens: 2, total_tokens: 9 };
    const message = { type: "constructor", kwargs: { usage_metadata } };
    const { spans } = await spanTrace([
      run("a", { outputs: { usage_metadata } }),
      run("b", { outputs: { usage_metadata }, prompt_tokens: 5, completion_tokens: 0 }),
      run("c", { outputs: { generations: [[{ text: "hi" }, { text: "ho", message }]] } }),
      run("d", { outputs: JSON.stringify({ usage_metadata }) }),
      run("e", { outputs: { generations: [] } }),
    ]);
    expect(columnOf(spans, "prompt_tokens")).to.deep.equal([1, 5, 1, 1, NaN]);
    expect(columnOf(spans, "completion_tokens")).to.deep.equal([2, 0, 2, 2, NaN]);
    expect(columnOf(spans, "total_tokens")).to.deep.equal([9, NaN, 9, 9, NaN]);
  });

  it("joins the halves of a run in a batch of Python's", async () => {
    const { spans } = await spanTrace({
      post: [run("a", { end_time: undefined, outputs: {} }), run("b", { end_time: undefined })],
      patch: [
        { id: "a", end_time: "2026-01-02T03:04:06.600000+00:00", outputs: { usage_metadata: { input_tokens: 3 } } },
      ],
    });
    expect(columnOf(spans, "status")).to.deep.equal(["ok", "unfinished"]);
    expect(spans.object(0)).to.include({ operation_name: "ChatModel", end_time: 1.5, prompt_tokens: 3 });
  });

  it("joins a batch of JavaScript's, whose patch has no id and whose times are milliseconds, over several lines", async () => {
    const start = { ...run("a"), start_time: 1_790_000_000_100, end_time: undefined };
    const end = { dotted_order: `${ORDER}a`, trace_id: "t1", end_time: 1_790_000_001_600, error: "Timeout" };
    const { spans, origin } = await spanTrace([{ post: [start] }, { post: [], patch: [end] }]);
    expect(origin).to.equal(1_790_000_000_100_000_000n);
    expect(spans.numRows()).to.equal(1);
    expect(spans.object(0)).to.include({ uuid: "a", end_time: 1.5, status: "error" });
  });

  it("reads a run once, however often it occurs, and the runs below it", async () => {
    const child = run("b", { parent_run_id: "a", child_runs: [run("c", { parent_run_id: "b" })] });
    const { spans } = await spanTrace([run("a", { child_runs: [child] }), run("b"), run("a")]);
    expect(columnOf(spans, "uuid")).to.deep.equal(["a", "b", "c"]);
    expect(columnOf(spans, "parent_uuid")).to.deep.equal([null, "a", "b"]);
  });

  it("fails runs by their error or status, has those without an end never end, counts those without a start", async () => {
    const trace = await spanTrace([
      run("a", { error: "TypeError" }),
      run("b", { status: "error" }),
      run("c", { end_time: null, status: "pending" }),
      run("d", { start_time: null }),
      { run_type: "llm" },
      7,
    ]);
    expect(columnOf(trace.spans, "status")).to.deep.equal(["error", "error", "unfinished"]);
    expect(columnOf(trace.diagnostics, "code")).to.have.members(["missing_time", "malformed"]);
  });

  it("reads rows of a table: all cells texts, times as Parquet has them", async () => {
    const { spans, format } = await csv(
      "id,trace_id,parent_run_ids,dotted_order,run_type,name,start_time,end_time,extra,outputs,prompt_tokens,total_tokens,status,error\n" +
        `a,t1,[],${ORDER}a,llm,ChatModel,2026-01-02 03:04:05.100000,2026-01-02 03:04:06.600000,"{""metadata"":{""ls_model_name"":""m-1""}}",,120,150,success,\n` +
        `b,t1,['a'],${ORDER}a.${ORDER}b,tool,search,2026-01-02 03:04:05.200000,,,,,,pending,\n`,
    );
    expect(format).to.equal("langsmith");
    expect(spans.object(0)).to.include({ operation_name: "m-1", prompt_tokens: 120, total_tokens: 150, end_time: 1.5 });
    expect(spans.object(1)).to.include({ parent_uuid: "a", operation_type: "TOOL", status: "unfinished" });

    const parquet = run("a", { start_time: 1_767_323_045_100_250n, end_time: new Date("2026-01-02T03:04:06.600Z") });
    expect((await spanTrace([parquet])).spans.object(0)).to.include({ start_time: 0, end_time: 1.49975 });
  });
});
