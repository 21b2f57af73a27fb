import { expect } from "chai";
import {
  buildCallTreePerExample,
  concurrencySpikeAnalysis,
  type EventTrace,
  loadTrace,
  OptionError,
  parseColumns,
  type SpanTrace,
} from "../../lib/index.js";
import { columnOf } from "../support/columns-of.js";
import { temporaryFolder } from "../support/folder.js";

const folder = temporaryFolder();

const put = (name: string, content: string): string => folder.put(name, content);
const spans = async (text: string, columns?: string): Promise<SpanTrace> =>
  (await loadTrace(put("t.csv", text), columns === undefined ? {} : { columns })) as SpanTrace;
const request = (...payloads: object[]) => ({
  request_number: 4,
  intermediate_steps: payloads.map((payload) => ({ parent_id: "p", payload })),
});

describe("loadTrace, NAT's JSON", () => {
  it("reads type, time, ids, name and tokens of every step", async () => {
    const usage_info = { token_usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 9 } };
    const document = [
      [],
      [],
      request({
        event_type: "IntermediateStepType.LLM_END",
        event_timestamp: 2.5,
        span_event_timestamp: 1,
        name: "m",
        UUID: "u",
        usage_info,
      }),
    ];
    const { events, format } = (await loadTrace(document)) as EventTrace;
    expect(format).to.equal("nat-json");
    expect(events.object()).to.deep.equal({
      example_number: 2,
      example: "4",
      event_type: "LLM_END",
      event_timestamp: 2.5,
      uuid: "u",
      parent_uuid: "p",
      operation_name: "m",
      prompt_tokens: 1,
      completion_tokens: 2,
      total_tokens: 9,
      span_event_timestamp: 1,
      source: null,
      row: 1,
    });
  });

  it("keeps an empty id apart from a missing one, and hostile ones as they are", async () => {
    const ids = ["", null, "__proto__", "constructor"];
    const trace = await loadTrace([
      request(...ids.map((UUID, i) => ({ event_type: "LLM_START", event_timestamp: i, name: "__proto__", UUID }))),
    ]);
    expect(columnOf((trace as EventTrace).events, "uuid")).to.deep.equal(ids);
    expect(columnOf(buildCallTreePerExample(trace), "operation_name")).to.deep.equal(ids.map(() => "__proto__"));
  });

  it("counts what is no event", async () => {
    const { diagnostics } = await loadTrace([
      request(
        { event_type: "LLM_START", event_timestamp: 1, UUID: "a" },
        { event_timestamp: 1 },
        { event_type: "LLM_END", event_timestamp: "x" },
      ),
    ]);
    expect(diagnostics.objects()).to.have.length(2);
    expect(columnOf(diagnostics, "code")).to.deep.equal(["unreadable_time", "malformed"]);
    expect(columnOf(diagnostics, "first_row")).to.deep.equal([3, 2]);
  });
});

describe("loadTrace, NAT's CSV", () => {
  it("needs no text columns, and takes uuid for UUID and the older type names", async () => {
    const path = put(
      "t.json",
      "uuid,example_number,event_timestamp,event_type,llm_name,prompt_tokens\na,3,1,IntermediateStepType.LLM_START,m,\na,3,2,IntermediateStepType.LLM_END,m,7\n,,5,LLM_START,m,\n",
    );
    const trace = await loadTrace(path);
    expect(trace.format).to.equal("nat-csv");
    expect(buildCallTreePerExample(trace).object()).to.include({
      example_number: 3,
      uuid: "a",
      operation_name: "m",
      duration: 1,
      prompt_tokens: 7,
    });
    expect(columnOf(trace.diagnostics, "code")).to.deep.equal(["missing_example"]);
  });

  it("numbers the examples of a second file on", async () => {
    const file = (name: string) =>
      put(
        name,
        "event_type,event_timestamp,example_number,UUID\nLLM_START,1,0,a\nLLM_END,2,0,a\nLLM_START,1,2,b\nLLM_END,2,2,b\n",
      );
    const calls = buildCallTreePerExample(await loadTrace([file("a.csv"), file("b.csv")]));
    expect(columnOf(calls, "example_number")).to.deep.equal([0, 2, 3, 5]);
  });
});

describe("loadTrace, tables of calls", () => {
  it("counts examples in order of appearance, keeps further columns, and takes duration for end_time", async () => {
    const trace = await spans("agent,example,start_time,duration\nx,b,1,2\ny,a,0,0.5\nx,b,2,1\n");
    expect(columnOf(trace.spans, "example_number")).to.deep.equal([0, 1, 0]);
    expect(columnOf(trace.spans, "end_time")).to.deep.equal([3, 0.5, 3]);
    expect(columnOf(buildCallTreePerExample(trace), "agent")).to.deep.equal(["x", "x", "y"]);
  });

  it("maps names and units", async () => {
    for (const [unit, start, length] of [
      ["s", "2", "0.5"],
      ["ms", "2000", "500"],
      ["us", "2000000", "500000"],
      ["ns", "2000000000", "500000000"],
    ]) {
      const { spans: table, origin } = await spans(
        `ts,latency\n${start},${length}\n`,
        `start=ts:${unit},duration=latency:${unit}`,
      );
      expect([table.get("start_time"), table.get("end_time"), origin], unit).to.deep.equal([2, 2.5, 0n]);
    }
  });

  it("keeps the differences of nanoseconds since 1970 exactly", async () => {
    const { spans: table, origin } = await spans(
      "a,b\n1700000000123456789,1700000000123456790\n1700000000123456780,1700000001123456781\n",
      "start=a:ns,end=b:ns",
    );
    expect(origin).to.equal(1700000000123456780n);
    expect(columnOf(table, "start_time")).to.deep.equal([9e-9, 0]);
    expect(columnOf(table, "end_time")).to.deep.equal([10e-9, 1.000000001]);
  });

  it("reads dates with zones and nine digits without being told", async () => {
    const trace = await spans(
      "start_time,end_time\n2026-01-31T12:00:00.000000001Z,2026-01-31T13:00:00.000000002+01:00\n2026-01-31 12:00:01,2026-01-31T12:00:02.5Z\n",
    );
    expect(trace.origin).to.equal(BigInt(Date.UTC(2026, 0, 31, 12)) * 1_000_000n + 1n);
    expect(columnOf(trace.spans, "end_time")).to.deep.equal([1e-9, 2.499999999]);
    expect(concurrencySpikeAnalysis(trace).summary.get("origin")).to.equal("2026-01-31T12:00:00.000000001Z");
  });

  it("finds the unit out from the first row that has a start", async () => {
    const { spans: table, diagnostics } = await spans(
      "start_time,end_time\n,2026-01-31T12:00:01Z\n2026-01-31T12:00:00Z,2026-01-31T12:00:02Z\n",
    );
    expect(columnOf(table, "end_time")).to.deep.equal([2]);
    expect(columnOf(diagnostics, "example")).to.deep.equal(["start_time is empty"]);
  });

  it("keeps further columns, null for a file without them, but for __proto__, which no table can hold", async () => {
    const one = put("one.csv", "start_time,end_time,constructor,__proto__\n0,1,x,y\n");
    const two = put("two.csv", "start_time,end_time\n0,1\n");
    const three = put(
      "three.json",
      '[{"start_time":0,"end_time":1,"constructor":"z","__proto__":"z"},{"start_time":0,"end_time":1}]',
    );
    const { spans: table } = (await loadTrace([one, two, three])) as SpanTrace;
    expect(columnOf(table, "constructor")).to.deep.equal(["x", null, "z", null]);
    expect(table.columnNames()).to.not.include("__proto__");
  });

  it("takes an empty end for unfinished only where the status says so", async () => {
    const trace = await spans("start_time,end_time,status\n0,,unfinished\n1,,ok\n2,9,ok\n");
    const result = concurrencySpikeAnalysis(trace);
    expect(result.calls.objects({ columns: ["start_time", "end_time", "status"] })).to.deep.equal([
      { start_time: 0, end_time: 9, status: "unfinished" },
      { start_time: 2, end_time: 9, status: "ok" },
    ]);
    expect(columnOf(result.diagnostics, "code")).to.deep.equal(["counted", "unfinished", "missing_time"]);
  });

  it("does not take 0x10 for a number, nor 001 for 1", async () => {
    const { spans: table, diagnostics } = await spans("start_time,end_time,uuid\n0,0x10,a\n0,1,001\n");
    expect(columnOf(table, "uuid")).to.deep.equal(["001"]);
    expect(columnOf(diagnostics, "example")).to.deep.equal(['end_time is "0x10"']);
  });

  it("reads rows of JSON, in a file of any name", async () => {
    const path = put("t.csv", '[{"start_time": 0, "end_time": 1}, 7, {"start_time": 1, "end_time": 2, "agent": "x"}]');
    const trace = (await loadTrace(path)) as SpanTrace;
    expect(trace.format).to.equal("tidy");
    expect(columnOf(trace.spans, "agent")).to.deep.equal([null, "x"]);
    expect(columnOf(trace.diagnostics, "code")).to.deep.equal(["malformed"]);
  });
});

describe("parseColumns(text)", () => {
  it("knows short names, and colons in names", () => {
    expect([...parseColumns("start=t:ms,model=a:b,end=x:y:iso")]).to.deep.equal([
      ["start_time", { from: "t", unit: "ms" }],
      ["operation_name", { from: "a:b" }],
      ["end_time", { from: "x:y", unit: "iso" }],
    ]);
  });
  it("rejects what it does not know", () => {
    for (const text of ["", "start", "start=", "start=:ms", "foo=x", "start=t:week", "duration=d:iso"])
      expect(() => parseColumns(text), text).to.throw(OptionError);
  });
});

describe("loadTrace, a mapping of columns", () => {
  it("says which columns there are, and which one may be meant", async () => {
    const load = loadTrace([{ timestamp: 0, latency_ms: 1 }], { columns: "start=timestmp:s,duration=latency_ms:ms" });
    const message = await load.then(
      () => "",
      (error: unknown) => (error as Error).message,
    );
    expect(message).to.match(/no column timestmp, .*Is it timestamp\? The file has timestamp, latency_ms\./);
  });
});
