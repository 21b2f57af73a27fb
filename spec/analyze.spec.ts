import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { inspect } from "node:util";
import { table } from "arquero";
import { expect } from "chai";
import { concurrencySpikeAnalysis, loadTrace, OptionError, type Trace } from "../lib/index.js";

const calls = table({
  uuid: ["a", "b", "c"],
  operation_type: ["LLM", "TOOL", "LLM"],
  start_time: [10, 11, 20],
  end_time: [14, 13, 21],
  prompt_tokens: [3, NaN, 5],
  total_tokens: [5, NaN, 7],
});

describe("concurrencySpikeAnalysis(calls)", () => {
  const result = concurrencySpikeAnalysis(calls);

  it("gives NAT's result shape, with the number of active calls", () => {
    expect(JSON.parse(JSON.stringify(result))).to.deep.equal({
      concurrency_distribution: { 0: 6, 1: 3, 2: 2 },
      p50_concurrency: 0,
      p90_concurrency: 2,
      p95_concurrency: 2,
      p99_concurrency: 2,
      spike_threshold: 2,
      spike_intervals: [{ start_time: 11, end_time: 13, concurrency: 2, active_calls: 2 }],
      correlation_stats: { avg_prompt_tokens: 3, avg_total_tokens: 5 },
      average_latency_by_concurrency: { 1: 1, 2: 3 },
    });
  });

  it("lists the ids where that is asked for", () => {
    expect(
      concurrencySpikeAnalysis(calls, { listActive: true }).toJSON().spike_intervals[0].active_uuids,
    ).to.deep.equal(["a", "b"]);
  });

  it("reports all of it as text", () => {
    expect(result.report()).to.equal(
      [
        "table",
        "",
        "  3 calls (1 TOOL, 2 LLM)",
        "  11.0 s from 10.0 s, busy 45.5 % of it",
        "  2 in flight at the peak, 0.6 on average",
        "  12 tokens: 8 in prompts, 0 in completions",
        "",
        "In flight over time: the most in each 145 ms, up to 2",
        "  ▄▄▄▄▄▄███████████████▄▄▄▄▄▄▄                                         ▄▄▄▄▄▄▄",
        "  +0 s                                                                 +11.0 s",
        "",
        "Time by calls in flight",
        "  in flight     time    share",
        "          0   6.00 s   54.5 %   ████████████████████████",
        "          1   3.00 s   27.3 %   ████████████",
        "          2   2.00 s   18.2 %   ████████",
        "",
        "In flight, by percentile of time",
        "                       p50   p90   p95   p99",
        "  all time               0     2     2     2",
        "  idle time left out     1     2     2     2",
        "",
        "Spikes: 2 or more in flight (p90 of busy time, rounded up)",
        "  1 spike, 2.00 s in all (18.2 % of the time)",
        "    start   length   in flight   active calls",
        "  +1.00 s   2.00 s           2              2",
        "  mean tokens of a call active in a spike: 3 in the prompt, 5 in all",
        "",
        "Mean latency by calls in flight at the midpoint of a call",
        "  in flight   calls   latency",
        "          1       1    1.00 s   ████████",
        "          2       2    3.00 s   ████████████████████████",
        "",
      ].join("\n"),
    );
  });

  it("shows its first lines in a REPL", () => {
    expect(inspect(result)).to.match(/^table\n\n {2}3 calls/);
  });

  it("says that there are no calls, or none with a place in time", () => {
    expect(concurrencySpikeAnalysis(table({ start_time: [], end_time: [] })).report()).to.match(
      /0 calls\n\n {2}No calls to count/,
    );
    expect(concurrencySpikeAnalysis(table({ start_time: [NaN], end_time: [1] })).report()).to.match(
      /1 call\n\n {2}No call has a place in time/,
    );
  });

  it("looks through a window: segments are cut, latency is of the calls centred in it", () => {
    const { summary, latencyByConcurrency } = concurrencySpikeAnalysis(calls, { window: [12.5, 20.5] });
    expect(summary.object()).to.include({ calls: 3, makespan: 8, busy_time: 2, peak: 2 });
    expect(latencyByConcurrency.numRows()).to.equal(0);
    expect(concurrencySpikeAnalysis(calls, { window: [-Infinity, 15] }).summary.get("calls")).to.equal(2);
  });

  it("takes a positive threshold only, any whole one in NAT mode", () => {
    expect(() => concurrencySpikeAnalysis(calls, { threshold: 0 })).to.throw(OptionError, /positive integer, not 0/);
    expect(() => concurrencySpikeAnalysis(calls, { threshold: 1.5, mode: "nat" })).to.throw(
      OptionError,
      /whole number, not 1\.5/,
    );
    expect(concurrencySpikeAnalysis(calls, { threshold: 0, mode: "nat" }).spikes.numRows()).to.equal(5);
  });

  it("of a long trace does not depend on spikes times calls", () => {
    const n = 20_000;
    const all = table({
      start_time: Float64Array.from({ length: n }, (_, i) => i),
      end_time: Float64Array.from({ length: n }, (_, i) => n + i),
      total_tokens: new Float64Array(n).fill(2),
    });
    const { summary, spikeTokens } = concurrencySpikeAnalysis(all, { threshold: 1 });
    expect(summary.get("peak")).to.equal(n);
    // each call spans n segments
    expect(spikeTokens.get("pairs", 1)).to.equal(n * n);
  });
});

const sessions = fileURLToPath(new URL("../../shared/data/coding-agent-sessions.csv", import.meta.url));
const title = "45,081 calls of coding agents";
// where the folder of shared data is there, the file must be too
const due = process.env.SPIKELINE_REQUIRE_ALL !== undefined && existsSync(dirname(sessions));
const run = existsSync(sessions) || due;

(run ? describe : describe.skip)(run ? title : `${title} (pending: the data is not beside the project)`, () => {
  let trace: Trace;
  before(async () => {
    trace = await loadTrace(sessions, {
      columns:
        "example=session,uuid=call,parent_uuid=parent,operation_type=kind,operation_name=name,start_time=start_s,duration=duration_s,prompt_tokens=input_tokens,completion_tokens=output_tokens",
    });
  });

  it("are 672 in flight at the peak; busy time sets the threshold to 23", () => {
    const { summary, diagnostics } = concurrencySpikeAnalysis(trace);
    expect(summary.object()).to.include({ calls: 45081, examples: 710, peak: 672, threshold: 23, p90: 1 });
    expect(diagnostics.objects({ columns: ["code", "events"] })).to.deep.equal([
      { code: "counted", events: 45081 },
      { code: "missing_time", events: 4316 },
    ]);
  });

  it("spike whenever anything runs by the reference's rule: 52,778 times", () => {
    expect(concurrencySpikeAnalysis(trace, { mode: "nat" }).summary.get("threshold")).to.equal(1);
    expect(concurrencySpikeAnalysis(trace, { threshold: 1 }).spikes.numRows()).to.equal(52778);
  });
});
