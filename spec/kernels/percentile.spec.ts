import { expect } from "chai";
import { percentileLevel, totalTime } from "../../lib/kernels/percentile.js";

describe("totalTime(totals, firsts)", () => {
  it("adds in the order of first appearance: (1 + 1) + 1e16 is more than (1e16 + 1) + 1", () => {
    expect(totalTime(Float64Array.of(1e16, 1, 1), Float64Array.of(9, 0, 1))).to.equal(1e16 + 2);
    expect(totalTime(Float64Array.of(1e16, 1, 1), Float64Array.of(0, 1, 2))).to.equal(1e16);
  });
  it("is 0 for none", () => {
    expect(totalTime(new Float64Array(0), new Float64Array(0))).to.equal(0);
  });
});

describe("percentileLevel(levels, totals, total, p)", () => {
  const levels = Int32Array.of(0, 2, 5);
  const totals = Float64Array.of(50, 45, 5);
  const at = (p: number) => percentileLevel(levels, totals, 100, p);
  it("is the first level whose running total reaches the share", () => {
    expect([0, 50, 51, 90, 96, 100].map(at)).to.deep.equal([0, 0, 2, 2, 5, 5]);
  });
  it("computes p * 0.01 first: 95 * 0.01 is above 0.95, so 57 of 60 do not reach p95", () => {
    expect(percentileLevel(levels, Float64Array.of(0, 57, 3), 60, 95)).to.equal(5);
  });
  it("is the last level where rounding lets none reach the share", () => {
    expect(percentileLevel(levels, totals, 100.5, 100)).to.equal(5);
  });
  it("is 0 where there is no time", () => {
    expect(percentileLevel(new Int32Array(0), new Float64Array(0), 0, 50)).to.equal(0);
    expect(percentileLevel(Int32Array.of(3), Float64Array.of(0), 0, 50)).to.equal(0);
    expect(percentileLevel(Int32Array.of(3), Float64Array.of(NaN), NaN, 50)).to.equal(0);
  });
});
