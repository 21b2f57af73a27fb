import { stripVTControlCharacters } from "node:util";
import { table } from "arquero";
import { expect } from "chai";
import { concurrencySpikeAnalysis, textReport } from "../../lib/index.js";
import { ofBins } from "../support/chart-cases.js";
import { smallEvents, smallTrace } from "../support/small-trace.js";

describe("textReport(input)", () => {
  it("tells a small trace whole", () => {
    expect(concurrencySpikeAnalysis(smallTrace).report()).to.equal(
      `traces.json · nat-json

  3 calls (1 TOOL, 2 LLM) in 1 example
  8.00 s from 0 s, busy 75.0 % of it
  2 in flight at the peak, 1 on average
  45 tokens: 30 in prompts, 15 in completions

In flight over time: the most in each 105 ms, up to 2
  ▄▄▄▄▄▄▄▄▄████████████████████▄▄▄▄▄▄▄▄▄                   ▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄
  +0 s                                                                 +8.00 s

Time by calls in flight
  in flight     time    share
          0   2.00 s   25.0 %   ████████████
          1   4.00 s   50.0 %   ████████████████████████
          2   2.00 s   25.0 %   ████████████

In flight, by percentile of time
                       p50   p90   p95   p99
  all time               1     2     2     2
  idle time left out     1     2     2     2

Spikes: 2 or more in flight (p90 of busy time, rounded up)
  1 spike, 2.00 s in all (25.0 % of the time)
    start   length   in flight   active calls
  +1.00 s   2.00 s           2              2
  mean tokens of a call active in a spike: 10 in the prompt, 15 in all

Mean latency by calls in flight at the midpoint of a call
  in flight   calls   latency
          1       1    2.00 s   ████████████████
          2       2    3.00 s   ████████████████████████
`,
    );
  });
  it("tells the course of bins where there are no segments, and no kinds where there are no calls", () => {
    const result = concurrencySpikeAnalysis(smallTrace);
    const reportOf = (bins: number, width = 80) =>
      textReport({ tables: ofBins(result.tables, bins), width, mode: "default", thresholdGiven: false });
    // as many as a line has room for: the same line
    expect(reportOf(76)).to.equal(result.report().replace("3 calls (1 TOOL, 2 LLM)", "3 calls"));
    // more: neighbours are one, with the most of them
    expect(reportOf(100)).to.include(`In flight over time: the most in each 160 ms, up to 2
  ▄▄▄▄▄▄█████████████▄▄▄▄▄▄            ▄▄▄▄▄▄▄▄▄▄▄▄▄
  +0 s                                       +8.00 s
`);
    expect(reportOf(34, 24)).to.match(/ most in each 471 ms[^]*\n {2}▄▄█████▄▄ {3}▄▄▄▄▄\n/);
    // fewer: as many as there are
    expect(reportOf(4)).to.include("the most in each 2.00 s, up to 2\n  ██ ▄\n  +0 s +8.00 s\n");
  });
  it("leaves the course out where neither segments nor bins are there, or nothing lasts", () => {
    const { tables } = concurrencySpikeAnalysis(smallTrace);
    const without = { ...tables, segments: undefined };
    const options = { mode: "default", thresholdGiven: false } as const;
    expect(textReport({ tables: without, ...options })).not.to.include("In flight over time");
    const instant = concurrencySpikeAnalysis(table({ start_time: [1], end_time: [1] })).tables;
    expect(textReport({ tables: ofBins(instant), ...options })).not.to.include("In flight over time");
  });
  it("says whose the threshold is", () => {
    const titles = [{}, { mode: "nat" }, { threshold: 1 }, { mode: "nat", threshold: 0 }].map(
      (options) => /^Spikes.*$/m.exec(concurrencySpikeAnalysis(smallEvents, options as never).report())?.[0],
    );
    expect(titles).to.deep.equal([
      "Spikes: 2 or more in flight (p90 of busy time, rounded up)",
      "Spikes: 2 or more in flight (p90 of all time, rounded up)",
      "Spikes: 1 or more in flight (as given)",
      "Spikes: 0 or more in flight (as given)",
    ]);
  });
  it("says that there are no spikes", () => {
    expect(concurrencySpikeAnalysis(smallEvents, { threshold: 3 }).report()).to.include(
      "Spikes: 3 or more in flight (as given)\n  none\n",
    );
  });
  it("lists the ten largest spikes: most in flight, then longest, then first", () => {
    const twelve = Array.from({ length: 12 }, (_, i) => i);
    const calls = table({
      start_time: [...twelve.map((i) => 10 * i), 50],
      end_time: [...twelve.map((i) => 10 * i + (i === 7 ? 3 : 2)), 52],
    });
    const report = concurrencySpikeAnalysis(calls, { threshold: 1 }).report();
    expect(report).to.include("  12 spikes, 25.0 s in all (22.3 % of the time); the ten largest:\n");
    expect(report).to.include("  … and 2 more\n");
    expect([...report.matchAll(/^ *\+?(\S+ s) +\d\.00 s +\d+ +\d+$/gm)].map(([, start]) => start)).to.deep.equal([
      "50.0 s",
      "70.0 s",
      "0 s",
      "10.0 s",
      "20.0 s",
      "30.0 s",
      "40.0 s",
      "60.0 s",
      "80.0 s",
      "90.0 s",
    ]);
  });
  it("shows the course of the calls in flight: the most in each cell, idle time blank", () => {
    const calls = table({ start_time: [0, 1, 1, 7], end_time: [2, 1.001, 2, 8] });
    expect(concurrencySpikeAnalysis(calls).report({ width: 20 })).to.include(
      `In flight over time:
  the most in each
  500 ms, up to 3
  ▃▃█▅          ▃▃
  +0 s     +8.00 s
`,
    );
  });
  it("ends the course where idle time begins that ends a window", () => {
    const calls = table({ start_time: [0, 9], end_time: [2, 10] });
    const report = concurrencySpikeAnalysis(calls, { window: [0, 8] }).report({ width: 20, colour: true });
    expect(stripVTControlCharacters(report)).to.match(/\n {2}████\n/);
  });
  it("says the same in colour and without, at any width, in lines that fit", () => {
    const n = 40;
    const calls = table({
      start_time: Float64Array.from({ length: n }, (_, i) => (i * i) % 97),
      end_time: Float64Array.from({ length: n }, (_, i) => ((i * i) % 97) + (i % 5)),
    });
    const result = concurrencySpikeAnalysis(calls);
    for (const width of [20, 35, 50, 80, 120]) {
      const plain = result.report({ width });
      const coloured = result.report({ width, colour: true });
      expect(coloured).to.include("\x1b[1m").and.to.include("\x1b[2m").and.to.include("\x1b[33m");
      expect(stripVTControlCharacters(coloured)).to.equal(plain);
      expect(plain.split("\n").filter((line) => line.length > width)).to.deep.equal([]);
      expect(plain).not.to.match(/ $/m);
    }
    expect(result.report()).to.equal(result.report({ width: 80, colour: false }));
  });
  it("says that an empty trace is empty", () => {
    expect(concurrencySpikeAnalysis(table({ start_time: [], end_time: [] })).report()).to.equal(
      `table

  0 calls

  No calls to count: nothing was in flight. (Counted are LLM and TOOL calls;
    --kinds chooses others.)
`,
    );
  });
  it("says that no call has a place in time", () => {
    expect(concurrencySpikeAnalysis(table({ start_time: [1], end_time: [NaN] })).report()).to.equal(
      `table

  1 call

  No call has a place in time: start or end is missing in every one.
`,
    );
  });
  it("shows hundreds of levels in bins", () => {
    const n = 300; // a stair up to 300 calls in flight: 1 s at each level
    const calls = table({
      start_time: Float64Array.from({ length: n }, (_, i) => i),
      end_time: new Float64Array(n).fill(n),
    });
    const report = concurrencySpikeAnalysis(calls).report();
    expect(report.split("\n").length).to.be.below(50);
    expect(report).to.match(/\n +257–300 +44\.0 s +14\.7 % /);
  });
  it("shows a time of our era as a date", () => {
    const calls = table({ start_time: [1.7e9], end_time: [1.7e9 + 1] });
    expect(concurrencySpikeAnalysis(calls).report()).to.include("  1.00 s from 2023-11-14T22:13:20.000Z, busy 100.0 %");
    expect(concurrencySpikeAnalysis({ ...smallTrace, origin: 1_700_000_000_000_000_000n }).report()).to.include(
      "  8.00 s from 2023-11-14T22:13:20.000Z, busy 75.0 %",
    );
  });
  it("counts what never finished", () => {
    expect(concurrencySpikeAnalysis(smallEvents.slice(0, 5).reify()).report()).to.include(
      "  3 calls (1 TOOL, 2 LLM) in 1 example, 1 never finished\n",
    );
  });
  it("prints no NaN where nothing lasts", () => {
    for (const at of [[5], [5, 5], [5, 9]]) {
      const report = concurrencySpikeAnalysis(table({ start_time: at, end_time: at })).report();
      expect(report).not.to.match(/NaN|Infinity|undefined|null/);
    }
  });
});
