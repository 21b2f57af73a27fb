import { type ColumnTable, table } from "arquero";
import { expect } from "chai";
import { buildCallTreePerExample, concurrencySpikeAnalysis, loadTrace } from "../../lib/index.js";
import { columnOf } from "../support/columns-of.js";
import { findingsOf, traceOf } from "../support/findings-of.js";

const span = {
  example_number: 0,
  uuid: "a" as string | null,
  operation_type: "LLM",
  operation_name: "m",
  start_time: 0,
  end_time: 2,
  prompt_tokens: NaN,
  completion_tokens: 5,
  total_tokens: 5,
  status: "ok",
};
type Span = typeof span;
const spansOf = (...spans: Partial<Span>[]): ColumnTable =>
  table(
    Object.fromEntries(
      Object.keys(span).map((name) => [name, spans.map((given) => ({ ...span, ...given })[name as keyof Span])]),
    ) as never,
  );

describe("spans that were read before", () => {
  it("are left out where all is equal, however late, and counted", () => {
    const spans = spansOf({}, { uuid: "b" }, { end_time: 3 }, {}, { end_time: 3 }, { uuid: "b" });
    expect(findingsOf(traceOf(spans))).to.deep.equal({
      counted: [2, 1, "0 to 2"],
      reused_id: [1, 3, "a, 0 to 3"],
      repeated: [3, 4, "a, 0 to 2"],
    });
    expect(buildCallTreePerExample(spans).numRows()).to.equal(3);
  });

  it("stay calls of their own where anything differs but the id, and are told of", () => {
    for (const other of [
      { operation_type: "TOOL" },
      { operation_name: "n" },
      { start_time: 1 },
      { end_time: 3 },
      { prompt_tokens: 1 },
      { completion_tokens: 6 },
      { total_tokens: 6 },
      { status: "error" },
    ] as Partial<Span>[])
      expect(findingsOf(traceOf(spansOf({}, other))), JSON.stringify(other)).to.have.all.keys("counted", "reused_id");
    expect(findingsOf(traceOf(spansOf({}, { status: "unfinished" })))).to.have.all.keys("counted", "unfinished");
  });

  it("are none in another example, and none without an id", () => {
    const apart = spansOf({}, { example_number: 1 }, { uuid: null }, { uuid: null });
    expect(findingsOf(traceOf(apart))).to.deep.equal({ counted: [4, 1, "0 to 2"] });
    expect(
      findingsOf(
        traceOf(
          table({ example_number: [0, 0], operation_type: ["LLM", "LLM"], start_time: [0, 0], end_time: [1, 1] }),
        ),
      ),
    ).to.deep.equal({ counted: [2, 1, "0 to 1"] });
  });

  it("are what else they are first: not counted, without a time, unfinished only once", () => {
    expect(findingsOf(traceOf(spansOf({ operation_type: "AGENT" }, { operation_type: "AGENT" })))).to.deep.equal({
      ignored: [2, 1, "AGENT"],
    });
    const open = { end_time: NaN, status: "unfinished" };
    expect(findingsOf(traceOf(spansOf(open, open)))).to.deep.equal({
      unfinished: [1, 1, "0 to NaN"],
      repeated: [1, 2, "a, 0 to NaN"],
    });
    expect(findingsOf(traceOf(spansOf({ end_time: NaN }, { end_time: NaN })))).to.deep.equal({
      nan_time: [2, 1, "0 to NaN"],
    });
  });

  it("count twice in NAT's mode, which compares none", () => {
    expect(findingsOf(traceOf(spansOf({}, {})), { mode: "nat" })).to.deep.equal({ counted: [2, 1, "0 to 2"] });
  });

  it("of a file that is given twice are left out, with the ids that a format of spans has", async () => {
    const text = "example,uuid,parent_uuid,start_time,end_time\ns,a,,0,4\ns,b,a,1,2\ns,c,a,2,3\n";
    const file = new File([text], "t.csv");
    const trace = await loadTrace([file, file]);
    expect(findingsOf(trace)).to.deep.equal({ counted: [3, 1, "0 to 4"], repeated: [3, 1, "a, 0 to 4"] });
    expect(columnOf(buildCallTreePerExample(trace), "parent_uuid")).to.deep.equal([null, "a", "a"]);
  });

  it("of a table of calls leave what runs in them to the row that they repeat", () => {
    const calls = spansOf({}, {}, { uuid: "b", start_time: 1 }, { uuid: null }).assign(
      table({ call_id: [10, 11, 12, 13], parent_call_id: [NaN, NaN, 11, 12] }),
    );
    const built = buildCallTreePerExample(calls);
    expect(columnOf(built, "uuid")).to.deep.equal(["a", "b", null]);
    expect(columnOf(built, "parent_call_id")).to.deep.equal([NaN, 0, 1]);
    expect(findingsOf(traceOf(calls))).to.deep.include({ repeated: [1, 2, "a, 0 to 2"] });
  });

  it("are not the two halves of a call that Zipkin tells by one id", async () => {
    const half = { traceId: "1", id: "2", timestamp: 1, duration: 5, localEndpoint: {} };
    const trace = await loadTrace([[half, { ...half, shared: true }, half]]);
    const { calls, diagnostics } = concurrencySpikeAnalysis(trace, { kinds: ["SPAN"] });
    expect(columnOf(calls, "uuid")).to.deep.equal(["2", "2/server"]);
    expect(columnOf(diagnostics, "code")).to.deep.equal(["counted", "repeated"]);
  });
});
