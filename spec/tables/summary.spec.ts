import { table } from "arquero";
import { expect } from "chai";
import { concurrencySpikeAnalysis } from "../../lib/index.js";

const none = concurrencySpikeAnalysis(table({ start_time: [], end_time: [] })).diagnostics;

describe("the summary", () => {
  it("is one row for the trace", () => {
    const calls = table({
      example_number: [0, 0, 3],
      start_time: [1, 2, 7],
      end_time: [5, 4, 9],
      status: ["ok", "unfinished", "ok"],
      prompt_tokens: [10, null, 20],
      completion_tokens: [1, 2, null],
      total_tokens: [11, NaN, 20],
    });
    expect(concurrencySpikeAnalysis(calls).summary.objects()).to.deep.equal([
      {
        source: null,
        format: "table",
        origin: null,
        examples: 2,
        calls: 3,
        placed: 3,
        unfinished: 1,
        start_time: 1,
        end_time: 9,
        makespan: 8,
        busy_time: 6, // 1–5 and 7–9
        peak: 2,
        mean: 1, // (4 + 2 + 2) / 8
        p50: 1, // idle 2 s, one 4 s, two 2 s
        p90: 2,
        p95: 2,
        p99: 2,
        active_p50: 1,
        active_p90: 2,
        active_p95: 2,
        active_p99: 2,
        threshold: 2,
        spikes: 1,
        spike_time: 2,
        mean_latency: 8 / 3,
        prompt_tokens: 30,
        completion_tokens: 3,
        total_tokens: 31,
      },
    ]);
  });
  it("of a call without end is endless, and no figure is missing", () => {
    const { summary, distribution, latencyByConcurrency } = concurrencySpikeAnalysis(
      table({ start_time: [0, 5], end_time: [Infinity, 6] }),
    );
    const endless = { makespan: Infinity, busy_time: Infinity, mean: 1, spike_time: Infinity, mean_latency: Infinity };
    expect(summary.object()).to.deep.include(endless);
    expect(distribution.array("share")).to.deep.equal([1, 0]);
    expect(distribution.array("cumulative_share")).to.deep.equal([1, 1]);
    expect(latencyByConcurrency.array("mean_latency")).to.deep.equal([Infinity, 1]);
  });
  it("of no calls is zeros, and no times", () => {
    const { summary } = concurrencySpikeAnalysis(table({ start_time: [], end_time: [] }));
    expect(summary.object()).to.deep.include({
      examples: 0,
      calls: 0,
      start_time: NaN,
      end_time: NaN,
      makespan: 0,
      peak: 0,
      mean: 0,
      p99: 0,
      active_p99: 0,
      threshold: 1,
      spikes: 0,
      mean_latency: NaN,
      total_tokens: 0,
    });
  });
  it("leaves idle time out of the default threshold, and in NAT mode does not", () => {
    const calls = table({ start_time: [0, 0, 99], end_time: [1, 1, 100], uuid: ["a", "b", "c"] }); // idle 98 of 100 s
    expect(concurrencySpikeAnalysis(calls).summary.object()).to.include({ p90: 0, active_p90: 2, threshold: 2 });
    expect(concurrencySpikeAnalysis(calls, { mode: "nat" }).summary.get("threshold")).to.equal(1);
  });
  it("counts the calls that have a place in time", () => {
    const calls = table({ start_time: [0, NaN, 5, 3], end_time: [1, 2, NaN, 2] });
    expect(concurrencySpikeAnalysis(calls).summary.object()).to.include({ calls: 4, placed: 1, makespan: 1 });
  });
  it("leaves calls of unknown duration out of the mean", () => {
    const calls = table({ start_time: [0, 0], end_time: [2, NaN] });
    expect(concurrencySpikeAnalysis(calls).summary.get("mean_latency")).to.equal(2);
  });
  it("states the origin as a date, to the nanosecond where it takes that", () => {
    const spans = table({ example_number: [0], operation_type: ["LLM"], start_time: [0], end_time: [1] });
    const originOf = (origin: bigint) =>
      concurrencySpikeAnalysis({ spans, origin, format: "f", source: "s", diagnostics: none }).summary.get("origin") as
        string | null;
    expect(originOf(0n)).to.equal(null);
    expect(originOf(1_000_000_000n)).to.equal("1970-01-01T00:00:01.000Z");
    expect(originOf(1_000_000_120n)).to.equal("1970-01-01T00:00:01.00000012Z");
  });
});
