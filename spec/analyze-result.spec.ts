import { inspect } from "node:util";
import { table } from "arquero";
import { expect } from "chai";
import { type AnalysisOptions, concurrencySpikeAnalysis, ConcurrencySpikeResult, OptionError } from "../lib/index.js";
import { columnsOf } from "./support/columns-of.js";
import { smallEvents, smallTrace } from "./support/small-trace.js";

describe("concurrencySpikeAnalysis(input, options)", () => {
  const calls = table({
    example_number: [0, 0, 1],
    uuid: ["a", "b", "c"],
    operation_name: ["m", "n", "m"],
    start_time: [0, 1, 6],
    end_time: [4, 3, 8],
    team: ["red", "red", "blue"],
  });
  const segments = (options: AnalysisOptions) => {
    const { start_time, end_time, concurrency } = columnsOf(concurrencySpikeAnalysis(calls, options).segments);
    return start_time.map((start, i) => [start, end_time[i], concurrency[i]]);
  };

  it("takes a trace, its events, or calls", () => {
    const levels = [smallTrace, smallEvents, calls].map((input) =>
      columnsOf(concurrencySpikeAnalysis(input).distribution),
    );
    expect(levels[0]).to.deep.include({ concurrency: [0, 1, 2], total_time: [2, 4, 2] });
    expect(levels[1]).to.deep.equal(levels[0]);
    expect(levels[2]).to.deep.equal(levels[0]);
  });
  it("counts all of a table of calls, of any kind, and keeps its columns", () => {
    const result = concurrencySpikeAnalysis(calls.assign(table({ operation_type: ["CHAIN", "CHAIN", "CHAIN"] })));
    expect(result.summary.get("calls")).to.equal(3);
    expect(result.calls.columnNames()).to.include("team");
  });
  it("has a getter for each table", () => {
    const result = concurrencySpikeAnalysis(smallEvents);
    expect(result).to.be.instanceOf(ConcurrencySpikeResult);
    expect({
      summary: result.summary,
      calls: result.calls,
      segments: result.segments,
      distribution: result.distribution,
      percentiles: result.percentiles,
      spikes: result.spikes,
      spike_tokens: result.spikeTokens,
      latency_by_concurrency: result.latencyByConcurrency,
      diagnostics: result.diagnostics,
    }).to.deep.equal(result.tables);
    expect(result.options.coalesce).to.equal(true);
  });
  it("lists the calls of spikes on demand", () => {
    // depth first: 0 is b from 0 to 4, 1 is a in it, 2 is c
    expect(columnsOf(concurrencySpikeAnalysis(smallEvents).spikeCalls())).to.deep.equal({
      spike_id: [0, 0],
      call_id: [0, 1],
      overlap: [2, 2],
    });
  });
  it("shows its headline and the course of the calls in flight where it is inspected", () => {
    expect(inspect(concurrencySpikeAnalysis(smallTrace))).to.equal(
      [
        "traces.json · nat-json",
        "",
        "  3 calls (1 TOOL, 2 LLM) in 1 example",
        "  8.00 s from 0 s, busy 75.0 % of it",
        "  2 in flight at the peak, 1 on average",
        "  45 tokens: 30 in prompts, 15 in completions",
        "",
        "In flight over time: the most in each 105 ms, up to 2",
        `  ${"▄".repeat(9)}${"█".repeat(20)}${"▄".repeat(9)}${" ".repeat(19)}${"▄".repeat(19)}`,
        `  +0 s${"+8.00 s".padStart(72)}`,
      ].join("\n"),
    );
    expect(inspect(concurrencySpikeAnalysis(smallTrace), { colors: true }).startsWith("\x1b[1mtraces.json")).to.equal(
      true,
    );
    expect(inspect(concurrencySpikeAnalysis(table({ start_time: [], end_time: [] })))).to.equal("table\n\n  0 calls");
  });

  it("window: cuts segments, keeps the calls active in it, and takes latency of those centred in it", () => {
    const result = concurrencySpikeAnalysis(calls, { window: [2.5, 7] });
    expect(segments({ window: [2.5, 7] })).to.deep.equal([
      [2.5, 3, 2],
      [3, 4, 1],
      [4, 6, 0],
      [6, 7, 1],
    ]);
    expect(columnsOf(result.calls).uuid).to.deep.equal(["a", "b", "c"]);
    expect(result.latencyByConcurrency.numRows()).to.equal(0); // midpoints are 2, 2 and 7
    expect(columnsOf(concurrencySpikeAnalysis(calls, { window: [-Infinity, 4] }).calls).uuid).to.deep.equal(["a", "b"]);
  });
  it("where: counts the calls that have a value", () => {
    expect(segments({ where: { model: "m" } })).to.deep.equal([
      [0, 4, 1],
      [4, 6, 0],
      [6, 8, 1],
    ]);
    expect(segments({ where: { team: "blue" } })).to.deep.equal([[6, 8, 1]]);
    expect(segments({ where: { team: "green" } })).to.deep.equal([]);
  });
  it("align: lets every example start at 0", () => {
    expect(segments({ align: "start" })).to.deep.equal([
      [0, 1, 2],
      [1, 2, 3],
      [2, 3, 2],
      [3, 4, 1],
    ]);
  });
  it("threshold: 0 is refused in the default mode, and makes idle time a spike in NAT mode", () => {
    expect(() => concurrencySpikeAnalysis(calls, { threshold: 0 })).to.throw(
      OptionError,
      "`threshold` must be a positive",
    );
    expect(columnsOf(concurrencySpikeAnalysis(calls, { mode: "nat", threshold: 0 }).spikes)).to.deep.include({
      concurrency: [1, 2, 1, 0, 1],
      active_calls: [1, 2, 1, 0, 1],
    });
  });
  it("refuses an unknown option and names those that there are", () => {
    expect(() => concurrencySpikeAnalysis(calls, { limit: 2 } as AnalysisOptions)).to.throw(
      OptionError,
      /^`limit` is not an option; there are mode, .*threshold/,
    );
  });
  it("counts active calls by distinct id in NAT mode, with those that have no end", () => {
    const twins = table({ uuid: ["a", "a", "b"], start_time: [0, 0, 0], end_time: [2, 2, NaN] });
    const active = (mode: "nat" | "default") =>
      columnsOf(concurrencySpikeAnalysis(twins, { mode }).spikes).active_calls;
    expect(active("nat")).to.deep.equal([2]);
    expect(active("default")).to.deep.equal([2]);
    const three = table({ uuid: ["a", "a", "a"], start_time: [0, 0, 0], end_time: [2, 2, 2] });
    expect(columnsOf(concurrencySpikeAnalysis(three, { mode: "nat" }).spikes)).to.deep.include({
      concurrency: [3],
      active_calls: [1],
    });
  });
  it("numbers a call without an id by its call_id", () => {
    const some = table({ call_id: [5, 6], uuid: [null, null], start_time: [0, 0], end_time: [1, 1] });
    expect(concurrencySpikeAnalysis(some, { listActive: true }).toJSON().spike_intervals[0].active_uuids).to.deep.equal(
      ["#5", "#6"],
    );
  });
});
