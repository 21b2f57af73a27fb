import { desc, table } from "arquero";
import { expect } from "chai";
import { correlateSpikeCalls, detectConcurrencySpikes, OptionError, tableSpecs } from "../../lib/index.js";
import { columnsOf, expectShape } from "../support/columns-of.js";

const segments = table({ start_time: [0, 1, 3, 5], end_time: [1, 3, 5, 6], concurrency: [1, 2, 0, 3] });
const starts = (threshold: number) => columnsOf(detectConcurrencySpikes(segments, threshold)).start_time;

describe("detectConcurrencySpikes(segments, threshold)", () => {
  it("has the declared columns, with spikes and without", () => {
    expectShape(detectConcurrencySpikes(segments, 2), tableSpecs.spikes.columns);
    expectShape(detectConcurrencySpikes(segments, 9), tableSpecs.spikes.columns);
  });
  it("keeps the segments at or above the threshold", () => {
    expect(columnsOf(detectConcurrencySpikes(segments, 2))).to.deep.equal({
      spike_id: [0, 1],
      start_time: [1, 5],
      end_time: [3, 6],
      duration: [2, 1],
      concurrency: [2, 3],
      active_calls: [2, 3],
    });
  });
  it("takes idle time for a spike from 0 on", () => {
    expect(starts(1)).to.deep.equal([0, 1, 5]);
    expect(starts(0)).to.deep.equal([0, 1, 3, 5]);
    expect(starts(-7)).to.deep.equal([0, 1, 3, 5]);
  });
  it("keeps neighbours apart", () => {
    const two = table({ start_time: [0, 1], end_time: [1, 2], concurrency: [2, 3] });
    expect(detectConcurrencySpikes(two, 2).numRows()).to.equal(2);
  });
  it("refuses a threshold that is no whole number", () => {
    for (const threshold of [1.5, NaN, Infinity])
      expect(() => starts(threshold)).to.throw(OptionError, `\`threshold\` must be a whole number, not ${threshold}.`);
  });
});

describe("a table of spikes", () => {
  const calls = table({ start_time: [0], end_time: [9] });
  const refused = (spikes: Record<string, number[]>) => () => correlateSpikeCalls(table(spikes), calls);
  it("must be in the order of time", () => {
    const spikes = detectConcurrencySpikes(segments, 1).orderby(desc("start_time"));
    expect(() => correlateSpikeCalls(spikes, calls)).to.throw(OptionError, "row 2 starts at 1, before row 1 ends at 6");
  });
  it("must not overlap", () => {
    expect(refused({ start_time: [0, 1], end_time: [2, 3] })).to.throw(OptionError, "row 2 starts at 1");
    expect(refused({ start_time: [0, 2], end_time: [2, 3] })).not.to.throw();
  });
  it("must have bounds", () => {
    expect(refused({ start_time: [0, 1], end_time: [1, NaN] })).to.throw(OptionError, "row 2 is [1, NaN)");
    expect(refused({ start_time: [1], end_time: [1] })).to.throw(OptionError, "row 1 is [1, 1)");
  });
});
