import { table } from "arquero";
import { expect } from "chai";
import { concurrencySpikeAnalysis } from "../../lib/index.js";
import { jsonText } from "../../lib/report/json.js";
import { smallEvents } from "../support/small-trace.js";

const fields = {
  concurrency_distribution: { 0: 2, 1: 4, 2: 2 },
  p50_concurrency: 1,
  p90_concurrency: 2,
  p95_concurrency: 2,
  p99_concurrency: 2,
  spike_threshold: 2,
  correlation_stats: { avg_prompt_tokens: 10, avg_total_tokens: 15 },
  average_latency_by_concurrency: { 1: 2, 2: 3 },
};
const spike = { start_time: 1, end_time: 3, concurrency: 2 };

describe("toJSON()", () => {
  it("gives the number of active calls, or lists their ids where asked to", () => {
    const json = (listActive: boolean) => concurrencySpikeAnalysis(smallEvents, { listActive }).toJSON();
    expect(json(false)).to.deep.equal({ ...fields, spike_intervals: [{ ...spike, active_calls: 2 }] });
    expect(json(true)).to.deep.equal({ ...fields, spike_intervals: [{ ...spike, active_uuids: ["a", "b"] }] });
  });
  it("lists them in NAT mode", () => {
    expect(concurrencySpikeAnalysis(smallEvents, { mode: "nat" }).toJSON().spike_intervals).to.deep.equal([
      { ...spike, active_uuids: ["a", "b"] },
    ]);
  });
  it("is what JSON.stringify takes", () => {
    const result = concurrencySpikeAnalysis(smallEvents);
    expect(JSON.parse(JSON.stringify(result))).to.deep.equal(result.toJSON());
  });
  it("is zeros for an empty trace", () => {
    expect(concurrencySpikeAnalysis(table({ start_time: [], end_time: [] })).toJSON()).to.deep.equal({
      concurrency_distribution: {},
      p50_concurrency: 0,
      p90_concurrency: 0,
      p95_concurrency: 0,
      p99_concurrency: 0,
      spike_threshold: 1,
      correlation_stats: { avg_prompt_tokens: 0, avg_total_tokens: 0 },
      average_latency_by_concurrency: {},
      spike_intervals: [],
    });
  });
});

describe("jsonText(tables, listActive)", () => {
  it("is the same in pieces", () => {
    for (const [listActive, threshold] of [
      [true, 1],
      [false, 1],
      [true, 9],
    ] as const) {
      const result = concurrencySpikeAnalysis(smallEvents, { listActive, threshold });
      const text = [...jsonText(result.tables, listActive)].join("");
      expect(JSON.parse(text)).to.deep.equal(result.toJSON());
      expect(text.endsWith("]}\n")).to.equal(true);
    }
  });
});
