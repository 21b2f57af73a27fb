import { type ColumnTable, table } from "arquero";
import { expect } from "chai";
import { writeChrome } from "../../lib/formats/write-chrome.js";
import {
  buildCallTreePerExample,
  concurrencySpikeAnalysis,
  generateTrace,
  loadTrace,
  type SpanTrace,
} from "../../lib/index.js";
import { columnOf } from "../support/columns-of.js";
import { temporaryFolder } from "../support/folder.js";
import { spanTrace } from "../support/span-trace.js";

const folder = temporaryFolder();

const load = (text: string) => spanTrace(folder.put("t.json", text));
/** The spans as [name, start, end in µs]. */
const intervals = async (...events: object[]) => {
  const { spans, diagnostics } = (await loadTrace(events.map((event) => ({ pid: 1, tid: 1, ...event })))) as SpanTrace;
  const us = (seconds: unknown) => Number((Number(seconds) * 1e6).toFixed(3));
  const [starts, ends] = [columnOf(spans, "start_time").map(us), columnOf(spans, "end_time").map(us)];
  return {
    spans: columnOf(spans, "operation_name").map((name, i) => [name, starts[i], ends[i]]),
    findings: columnOf(diagnostics, "code"),
  };
};

describe("loadTrace, Chrome's trace events", () => {
  it("reads complete events: category, name, process and times in µs with decimals", async () => {
    const { spans, format, origin } = await load(
      `{"displayTimeUnit":"ms","traceEvents":[
        {"ph":"M","name":"process_name","pid":7,"args":{"name":"x"}},
        {"ph":"X","cat":"llm,python","name":"m","pid":7,"tid":1,"ts":1790000000000000.125,"dur":1500000.5,"args":{"uuid":"u","parent_uuid":"p","prompt_tokens":3}},
        {"ph":"C","name":"memory","pid":7,"ts":1790000000000000,"args":{"used":1}},
        {"ph":"X","name":"n","pid":"GPU","ts":1790000000000001,"dur":0},
        {"ph":"X","name":"open","pid":7,"ts":1790000000000002}]}`,
    );
    expect(format).to.equal("chrome");
    expect(origin).to.equal(1_790_000_000_000_000_125n);
    expect(spans.object(0)).to.include({
      example: "7",
      operation_type: "LLM",
      operation_name: "m",
      uuid: "u",
      parent_uuid: "p",
      start_time: 0,
      end_time: 1.5000005,
      prompt_tokens: 3,
    });
    expect(spans.object(1)).to.include({ example: "GPU", operation_type: "SPAN", end_time: 0.000000875, status: "ok" });
    expect(spans.object(2)).to.include({ status: "unfinished" });
  });

  it("reads a list that breaks off, and passes over the empty event behind the last comma", async () => {
    const event = '{"ph":"X","name":"a","pid":1,"tid":1,"ts":1,"dur":2}';
    for (const end of ["", ",", ",\n{}]", "]"]) {
      const trace = await load(`[${event},\n${event}${end}`);
      expect(trace.spans.numRows(), end).to.equal(2);
      expect(trace.diagnostics.numRows(), end).to.equal(0);
    }
  });

  it("pairs begins and ends as they nest in their thread", async () => {
    const { spans, findings } = await intervals(
      { ph: "B", name: "a", ts: 0 },
      { ph: "B", name: "b", ts: 10 },
      { ph: "B", name: "other", ts: 11, tid: 2 },
      { ph: "E", ts: 20 },
      { ph: "E", ts: 30 },
      { ph: "E", ts: 31, tid: 2 },
    );
    expect(spans).to.deep.equal([
      ["b", 10, 20],
      ["a", 0, 30],
      ["other", 11, 31],
    ]);
    expect(findings).to.deep.equal([]);
  });

  it("pairs asynchronous events by category, id and name, in the order of time, in their own process first", async () => {
    const { spans } = await intervals(
      { ph: "e", cat: "c", id: 1, name: "a", ts: 8 },
      { ph: "b", cat: "c", id: 1, name: "a", ts: 0 },
      { ph: "b", cat: "c", id: 2, name: "a", ts: 1 },
      { ph: "b", cat: "c", id: 1, name: "z", ts: 2 },
      { ph: "b", cat: "c", id: 1, name: "a", ts: 3, pid: 2 },
      { ph: "e", cat: "c", id: 1, name: "z", ts: 6, pid: 9 },
      { ph: "e", cat: "c", id: 2, name: "a", ts: 7 },
      { ph: "e", cat: "c", id: 1, name: "a", ts: 9, pid: 2 },
    );
    expect(spans).to.deep.equal([
      ["z", 2, 6],
      ["a", 1, 7],
      ["a", 0, 8],
      ["a", 3, 9],
    ]);
  });

  it("keeps local ids apart by process, and the older S and F apart from b and e", async () => {
    const { spans, findings } = await intervals(
      { ph: "b", id2: { local: 1 }, name: "a", ts: 0 },
      { ph: "S", id: 1, name: "a", ts: 1 },
      { ph: "e", id2: { local: 1 }, name: "a", ts: 2, pid: 2 },
      { ph: "F", id: 1, name: "a", ts: 3 },
    );
    expect(spans).to.deep.equal([
      ["a", 1, 3],
      ["a", 0, NaN],
    ]);
    expect(findings).to.deep.equal(["orphaned_end"]);
  });

  it("counts what has no end, no beginning, no time, and what is no event", async () => {
    const trace = await loadTrace([
      { ph: "B", name: "a", pid: 1, tid: 1, cat: "LLM", ts: 1 },
      { ph: "E", pid: 1, tid: 2, ts: 2 },
      { ph: "X", pid: 1, tid: 2, ts: "soon", dur: 1 },
      { ph: "X", pid: 1, tid: 2, dur: 1 },
      { ph: "X", pid: 1, tid: 2, ts: 1, dur: "long" },
      "X",
    ]);
    const { diagnostics } = concurrencySpikeAnalysis(trace);
    expect(
      diagnostics.objects().map((row) => [(row as { code: string }).code, (row as { events: number }).events]),
    ).to.deep.equal([
      ["unfinished", 1],
      ["orphaned_end", 1],
      ["unreadable_time", 2],
      ["missing_time", 1],
      ["malformed", 1],
    ]);
  });
});

describe("writeChrome(tables)", () => {
  const write = (...tables: ColumnTable[]) => [...writeChrome(tables)].join("");
  /** Times as the format has them, without what tells the place in the file. */
  const rounded = (calls: ColumnTable) =>
    calls.objects().map((call) => {
      const { start_time, end_time, ...others } = call as Record<string, unknown>;
      for (const name of ["duration", "source", "row"]) Reflect.deleteProperty(others, name);
      if ("attempt" in others) others.attempt = String(others.attempt); // further columns are texts
      return { ...others, start: Number(start_time).toFixed(9), end: Number(end_time).toFixed(9) };
    });

  it("writes what reads back as the same calls, also without an end and with columns of its own", async () => {
    const calls = buildCallTreePerExample(
      await loadTrace([
        {
          start_time: 0.1,
          end_time: 0.9,
          operation_type: "LLM",
          operation_name: "m",
          uuid: "a",
          example: "x",
          team: "t1",
        },
        {
          start_time: 0.2,
          end_time: 0.3,
          operation_type: "TOOL",
          uuid: "b",
          parent_uuid: "a",
          example: "x",
          prompt_tokens: 3,
        },
        { start_time: 0.3, status: "unfinished", uuid: "c", example: "x", total_tokens: 9 },
        { start_time: 0.123456789, end_time: 0.123456789, example: "y", status: "error" },
        { start_time: -2.5, end_time: -2.4999, example: "y", operation_name: 'é"' },
      ]),
    );
    const trace = await load(write(calls));
    expect(trace.format).to.equal("chrome");
    expect(rounded(buildCallTreePerExample(trace))).to.deep.equal(rounded(calls));
  });

  it("tells the parents, so that a call within another in time alone is not put below it", async () => {
    const spans = [
      { start_time: 0, end_time: 9, operation_type: "WORKFLOW", uuid: "w" },
      { start_time: 1, end_time: 8, uuid: "a", parent_uuid: "w" },
      { start_time: 2, end_time: 5, uuid: "b", parent_uuid: "w" },
      { start_time: 3, end_time: 4, uuid: "c", parent_uuid: "b" },
    ];
    const calls = buildCallTreePerExample(await loadTrace(spans));
    expect(columnOf(calls, "depth")).to.deep.equal([0, 0, 1]);
    expect(columnOf(buildCallTreePerExample(await load(write(calls))), "depth")).to.deep.equal([0, 0, 1]);
  });

  it("puts calls that overlap into lanes, a call within its parent into the parent's", () => {
    const columns = {
      example_number: [0, 0, 0, 0, 0, 0, 1],
      operation_type: ["LLM", "TOOL", "TOOL", "TOOL", "LLM", "LLM", "LLM"],
      start_time: [0, 1, 2, 3, 3, 10, 0],
      end_time: [10, 5, 4, 11, 4, NaN, 1],
    };
    const byId = {
      uuid: ["a", "b", "b2", "outlives a", "d", "e", "f"],
      parent_uuid: [null, "a", "a", "a", null, null, null],
    };
    const byNumber = { call_id: [0, 1, 2, 3, 4, 5, 6], parent_call_id: [NaN, 0, 0, 0, NaN, NaN, NaN] };
    for (const parents of [byId, byNumber]) {
      const events = JSON.parse(write(table({ ...columns, ...parents }))) as { ph: string; pid: number; tid: number }[];
      expect(events.filter(({ ph }) => ph !== "M").map(({ ph, pid, tid }) => [ph, pid, tid])).to.deep.equal([
        ["X", 0, 0],
        ["X", 0, 0],
        ["X", 0, 1],
        ["X", 0, 2],
        ["X", 0, 3],
        ["B", 0, 0],
        ["X", 1, 0],
      ]);
    }
  });

  it("has a span without an end never end, whatever the table tells of it", async () => {
    const spans = table({ example_number: [0], operation_type: ["LLM"], start_time: [1], end_time: [NaN] });
    const trace = await load(write(spans));
    expect(trace.spans.object()).to.include({ operation_type: "LLM", operation_name: null, status: "unfinished" });
  });

  it("writes times of today to the nanosecond", async () => {
    const calls = table({
      example_number: [0],
      operation_type: ["LLM"],
      start_time: [1743554134.896725],
      end_time: [1743554135.896726],
    });
    expect(write(calls)).to.contain('"ts":1743554134896724.939,"dur":1000000.954');
    expect((await load(write(calls))).origin).to.equal(1_743_554_134_896_724_939n);
  });

  it("writes simulated calls, of which no two in a lane overlap unless one holds the other", async () => {
    const calls = buildCallTreePerExample(
      [...generateTrace({ seed: 5, calls: 400, examples: 20, missingEnds: 0.05 })][0],
    );
    const text = write(calls);
    const lanes = new Map<string, { ts: number; dur: number }[]>();
    for (const event of JSON.parse(text) as { ph: string; pid: number; tid: number; ts: number; dur: number }[]) {
      if (event.ph !== "X") continue;
      const lane = `${event.pid} ${event.tid}`;
      for (const { ts, dur } of lanes.get(lane) ?? []) {
        const apart = ts + dur <= event.ts + 1e-3;
        const within = event.ts + event.dur <= ts + dur + 1e-3;
        expect(apart || within).to.equal(true);
      }
      lanes.set(lane, [...(lanes.get(lane) ?? []), event]);
    }
    expect(lanes.size).to.be.greaterThan(20);
    expect(rounded(buildCallTreePerExample(await load(text), { parents: "ids" }))).to.deep.equal(rounded(calls));
  });

  it("writes an empty list where there is nothing", () => {
    expect(write()).to.equal("[]\n");
  });
});
