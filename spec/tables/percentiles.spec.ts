import { table } from "arquero";
import { expect } from "chai";
import { computePercentiles, findPercentileConcurrency, OptionError, tableSpecs } from "../../lib/index.js";
import { columnsOf, expectShape } from "../support/columns-of.js";

const distribution = table({ concurrency: [0, 1, 3], total_time: [8, 1, 1] });
const none = table({ concurrency: [], total_time: [] });

describe("findPercentileConcurrency(distribution, p)", () => {
  const at = (p: number) => findPercentileConcurrency(distribution, p);
  it("is the first level whose running total reaches the share of time, the border included", () => {
    expect([0, 50, 80, 81, 90, 91, 100].map(at)).to.deep.equal([0, 0, 0, 1, 1, 3, 3]);
  });
  it("is 0 for an empty distribution", () => {
    expect(findPercentileConcurrency(none, 99)).to.equal(0);
  });
  it("refuses what is no percentage", () => {
    for (const p of [-1, 100.001, NaN, Infinity])
      expect(() => at(p)).to.throw(OptionError, `\`percentile\` must be from 0 to 100, not ${p}.`);
  });
});

describe("computePercentiles(distribution, percentiles)", () => {
  it("has the declared columns, with levels and without", () => {
    expectShape(computePercentiles(distribution), tableSpecs.percentiles.columns);
    expectShape(computePercentiles(none), tableSpecs.percentiles.columns);
  });
  it("gives 50, 90, 95 and 99 of all time and of busy time", () => {
    expect(columnsOf(computePercentiles(distribution))).to.deep.equal({
      percentile: [50, 90, 95, 99],
      concurrency: [0, 1, 3, 3],
      active_concurrency: [1, 3, 3, 3],
    });
  });
  it("keeps the given order", () => {
    expect(columnsOf(computePercentiles(distribution, [99, 10])).concurrency).to.deep.equal([3, 0]);
    expect(computePercentiles(distribution, []).numRows()).to.equal(0);
  });
  it("refuses what is no percentage", () => {
    expect(() => computePercentiles(distribution, [50, 101])).to.throw(OptionError, "from 0 to 100, not 101");
  });
});
