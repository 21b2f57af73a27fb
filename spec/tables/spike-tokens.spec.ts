import { table } from "arquero";
import { expect } from "chai";
import { correlateSpikeCalls, tableSpecs } from "../../lib/index.js";
import { columnsOf, expectShape } from "../support/columns-of.js";

const spikes = table({ start_time: [1, 6], end_time: [3, 8] });

describe("correlateSpikeCalls(spikes, calls)", () => {
  it("is the mean over pairs of a spike and a call with tokens: a call counts once for every spike it spans", () => {
    const calls = table({
      start_time: [0, 2, 4],
      end_time: [2, 7, 5],
      prompt_tokens: [10, 40, 999], // the last is in no spike
      total_tokens: [0, 50, 999], // 0 is none
    });
    const tokens = correlateSpikeCalls(spikes, calls);
    expectShape(tokens, tableSpecs.spike_tokens.columns);
    expect(columnsOf(tokens)).to.deep.equal({
      metric: ["prompt_tokens", "total_tokens"],
      mean_in_spikes: [(10 + 40 + 40) / 3, 50],
      pairs: [3, 2],
    });
  });
  it("is 0 where there are no tokens, no spikes or no calls", () => {
    const none = table({ start_time: [], end_time: [] });
    const zero = { metric: ["prompt_tokens", "total_tokens"], mean_in_spikes: [0, 0], pairs: [0, 0] };
    const calls = table({ start_time: [0], end_time: [9], prompt_tokens: [null], total_tokens: [NaN] });
    expect(columnsOf(correlateSpikeCalls(spikes, calls))).to.deep.equal(zero);
    expect(columnsOf(correlateSpikeCalls(spikes, table({ start_time: [0], end_time: [9] })))).to.deep.equal(zero);
    expect(columnsOf(correlateSpikeCalls(none, calls))).to.deep.equal(zero);
    expect(columnsOf(correlateSpikeCalls(spikes, none))).to.deep.equal(zero);
  });
});
