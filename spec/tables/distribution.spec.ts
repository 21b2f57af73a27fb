import { table } from "arquero";
import { expect } from "chai";
import { computeConcurrencyDistribution, distributionOf, tableSpecs } from "../../lib/index.js";
import { columnsOf, expectShape } from "../support/columns-of.js";

const calls = table({ start_time: [0, 1, 6], end_time: [4, 3, 8] });
const none = table({ start_time: [], end_time: [], concurrency: [] });

describe("computeConcurrencyDistribution(calls)", () => {
  it("has the declared columns, with calls and without", () => {
    expectShape(computeConcurrencyDistribution(calls), tableSpecs.distribution.columns);
    expectShape(computeConcurrencyDistribution(none), tableSpecs.distribution.columns);
  });
  it("adds up the time at each level and says when it was first reached", () => {
    expect(columnsOf(computeConcurrencyDistribution(calls))).to.deep.equal({
      concurrency: [0, 1, 2],
      total_time: [2, 4, 2],
      share: [0.25, 0.5, 0.25],
      cumulative_share: [0.25, 0.75, 1],
      first_time: [4, 0, 1],
    });
  });
  it("leaves out levels that last no time", () => {
    const jump = table({ start_time: [0, 0, 0], end_time: [2, 2, 2] });
    expect(columnsOf(computeConcurrencyDistribution(jump)).concurrency).to.deep.equal([3]);
  });
  it("is empty where no call has a place in time", () => {
    expect(computeConcurrencyDistribution(table({ start_time: [0, NaN], end_time: [NaN, 1] })).numRows()).to.equal(0);
  });
});

describe("distributionOf(segments)", () => {
  it("adds up segments at hand, gaps and all", () => {
    const segments = table({ start_time: [0, 1, 9], end_time: [1, 4, 10], concurrency: [2, 1, 2] });
    expect(columnsOf(distributionOf(segments))).to.deep.include({ concurrency: [1, 2], total_time: [3, 2] });
    expectShape(distributionOf(none), tableSpecs.distribution.columns);
  });
});
