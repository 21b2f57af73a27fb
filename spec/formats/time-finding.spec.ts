import { expect } from "chai";
import { buildCallTreePerExample, concurrencySpikeAnalysis, loadTrace } from "../../lib/index.js";
import { shownTime, timeFinding } from "../../lib/formats/time-finding.js";
import { findingsOf, traceOf } from "../support/findings-of.js";
import { temporaryFolder } from "../support/folder.js";
import { table } from "arquero";

const folder = temporaryFolder();

describe("timeFinding(found)", () => {
  it("tells NaN and the infinite, what is missing, and what is no time", () => {
    for (const found of [NaN, Infinity, -Infinity, "NaN", " nan", "-inf", "Infinity", "NaT"])
      expect(timeFinding(found), String(found)).to.equal("nan_time");
    for (const found of [null, undefined, "", "null", "None", "N/A"])
      expect(timeFinding(found), String(found)).to.equal("missing_time");
    for (const found of ["soon", "0x10", " ", "nanny", true, [], {}, new Date(NaN)])
      expect(timeFinding(found), shownTime(found)).to.equal("unreadable_time");
  });

  it("shows what stood there, texts in quotes", () => {
    expect([NaN, -Infinity, "NaN", 'a"b', 7n, true, [1], null].map(shownTime)).to.deep.equal([
      "NaN",
      "-Infinity",
      '"NaN"',
      '"a\\"b"',
      "7",
      "true",
      "[1]",
      "null",
    ]);
  });
});

/** A good row, and one whose time is to be put at the @. */
const texts: [format: string, name: string, text: string, example: (shown: string) => string][] = [
  ["a table of calls, its start", "a.csv", "start_time,end_time\n0,1\n@,1\n", (shown) => `start_time is ${shown}`],
  ["a table of calls, its end", "a.csv", "start_time,end_time\n0,1\n1,@\n", (shown) => `end_time is ${shown}`],
  ["a table of calls, its duration", "a.csv", "start_time,duration\n0,1\n1,@\n", (shown) => `duration is ${shown}`],
  [
    "JSON, its end",
    "a.json",
    '[{"start_time":0,"end_time":1},{"start_time":0,"end_time":@}]',
    (shown) => `end_time is ${shown}`,
  ],
  [
    "Jaeger, its start",
    "a.json",
    '{"traceID":"t","processes":{},"spans":[{"operationName":"a","startTime":1,"duration":1},{"startTime":@,"duration":1}]}',
    (shown) => `start is ${shown}`,
  ],
  [
    "Jaeger, its duration",
    "a.json",
    '{"traceID":"t","processes":{},"spans":[{"operationName":"a","startTime":1,"duration":1},{"startTime":1,"duration":@}]}',
    (shown) => `duration is ${shown}`,
  ],
  [
    "OTLP, its end",
    "a.json",
    '{"resourceSpans":[{"scopeSpans":[{"spans":[{"startTimeUnixNano":1,"endTimeUnixNano":2},{"startTimeUnixNano":1,"endTimeUnixNano":@}]}]}]}',
    (shown) => `end is ${shown}`,
  ],
  [
    "LangSmith, its end",
    "a.json",
    '[{"id":"a","run_type":"llm","trace_id":"t","start_time":1,"end_time":2},{"id":"b","run_type":"llm","trace_id":"t","start_time":1,"end_time":@}]',
    (shown) => `end is ${shown}`,
  ],
  [
    "Chrome, its duration",
    "a.json",
    '[{"ph":"X","pid":1,"ts":1,"dur":1},{"ph":"X","pid":1,"ts":1,"dur":@}]',
    (shown) => `end is ${shown}`,
  ],
];

describe("a time that is NaN or infinite", () => {
  for (const [title, name, text, example] of texts)
    it(`in ${title}, is told from one that cannot be read`, async () => {
      const isJson = name.endsWith(".json");
      for (const [written, code] of [
        ["NaN", "nan_time"],
        [isJson ? "-Infinity" : "-inf", "nan_time"],
        [isJson ? '"nan"' : "nan", "nan_time"],
        [isJson ? '"soon"' : "soon", "unreadable_time"],
      ]) {
        const { diagnostics } = await loadTrace(folder.put(name, text.replace("@", written)));
        const shown = isJson ? written : `"${written}"`;
        expect(diagnostics.objects(), written).to.have.length(1);
        expect(diagnostics.object(), written).to.include({ code, events: 1, first_row: 2, example: example(shown) });
      }
    });

  it("does not tell the unit of a table of calls, nor does what cannot be read", async () => {
    for (const first of ["Infinity", "soon"]) {
      const trace = await loadTrace(
        folder.put("a.csv", `start_time,end_time\n${first},1\n2026-01-02T03:04:05Z,2026-01-02T03:04:07Z\n`),
      );
      expect(concurrencySpikeAnalysis(trace).summary.get("makespan"), first).to.equal(2);
    }
  });

  it("may be the end of a call of a table that is unfinished", async () => {
    const trace = await loadTrace(folder.put("a.csv", "start_time,end_time,status\n0,NaN,unfinished\n1,4,ok\n"));
    expect(findingsOf(trace)).to.have.all.keys("unfinished", "counted");
  });

  it("of a table in memory is told from one that is missing; neither has a place in time", () => {
    const spans = traceOf(
      table({
        example_number: [0, 0, 0, 0, 0],
        operation_type: ["LLM", "LLM", "LLM", "LLM", "LLM"],
        start_time: [0, null, NaN, 1, -Infinity],
        end_time: [1, 2, 3, null, 4],
      }),
    );
    expect(findingsOf(spans)).to.deep.equal({
      counted: [1, 1, "0 to 1"],
      nan_time: [2, 3, "NaN to 3"],
      missing_time: [2, 2, "NaN to 2"],
    });
  });

  const step = (type: string, time: string) =>
    `{"payload":{"event_type":"${type}","event_timestamp":${time},"UUID":"a"}}`;
  const put = (time: string) =>
    folder.put(
      "nat.json",
      `[{"request_number":0,"intermediate_steps":[${step("LLM_START", "1")},${step("LLM_END", time)}]}]`,
    );

  it("is an event's in both modes, and stays where NAT has it", async () => {
    for (const [time, shown] of [
      ["NaN", "NaN"],
      ["Infinity", "Infinity"],
      ["null", "NaN"],
    ]) {
      const trace = await loadTrace(put(time));
      expect(findingsOf(trace), time).to.deep.equal({
        unfinished: [1, 1, "LLM_START a at 1"],
        nan_time: [1, 2, `LLM_END a at ${shown}`],
      });
      expect(findingsOf(trace, { mode: "nat" }), time).to.deep.equal({
        paired: [1, 1, "LLM_START a at 1"],
        nan_time: [1, 2, `LLM_END a at ${shown}`],
      });
      expect(buildCallTreePerExample(trace, { pairing: "nat" }).array("end_time")[0], time).to.deep.equal(
        Number(shown),
      );
    }
    expect(findingsOf(await loadTrace(put('"soon"')))).to.deep.include({
      unreadable_time: [1, 2, 'LLM_END at "soon"'],
    });
  });
});
