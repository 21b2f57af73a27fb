import { table } from "arquero";
import { expect } from "chai";
import { listSpikeCalls, tableSpecs } from "../../lib/index.js";
import { columnsOf, expectShape } from "../support/columns-of.js";

const spikes = table({ start_time: [1, 6], end_time: [3, 8] });

describe("listSpikeCalls(spikes, calls)", () => {
  it("has a row for each spike and each call active in it, with the time that they share", () => {
    const calls = table({ start_time: [0, 2, 3, 7], end_time: [2, 7, 6, 9] });
    const pairs = listSpikeCalls(spikes, calls);
    expectShape(pairs, tableSpecs.spike_calls.columns);
    expect(columnsOf(pairs)).to.deep.equal({
      spike_id: [0, 0, 1, 1],
      call_id: [0, 1, 1, 3],
      overlap: [1, 1, 1, 1],
    });
  });
  it("goes by the ids of the tables where they have them", () => {
    const calls = table({ call_id: [70, 71], start_time: [0, 7], end_time: [2, 9] });
    const named = table({ spike_id: [4, 5], start_time: [1, 6], end_time: [3, 8] });
    expect(columnsOf(listSpikeCalls(named, calls))).to.deep.include({ spike_id: [4, 5], call_id: [70, 71] });
  });
  it("takes a call without an end as active to the end of each later spike, one without a start from its beginning", () => {
    const calls = table({ start_time: [2, NaN], end_time: [NaN, 7] });
    expect(columnsOf(listSpikeCalls(spikes, calls))).to.deep.equal({
      spike_id: [0, 0, 1, 1],
      call_id: [0, 1, 0, 1],
      overlap: [1, 2, 2, 1],
    });
  });
  it("lists a call of no length within a spike, but not at its border, nor one that ends before it starts", () => {
    const calls = table({ start_time: [2, 1, 3, 2], end_time: [2, 1, 3, 1] });
    expect(columnsOf(listSpikeCalls(spikes, calls))).to.deep.equal({ spike_id: [0], call_id: [0], overlap: [0] });
  });
  it("is empty without spikes, and without calls", () => {
    const none = table({ start_time: [], end_time: [] });
    expectShape(listSpikeCalls(none, spikes), tableSpecs.spike_calls.columns);
    expectShape(listSpikeCalls(spikes, none), tableSpecs.spike_calls.columns);
  });
});
