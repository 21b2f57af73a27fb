import { expect } from "chai";
import { sum } from "../../lib/statistics/sum.js";

describe("sum(values)", () => {
  it("leaves missing ones out", () => {
    expect(sum(Float64Array.of(1, NaN, 2))).to.equal(3);
  });
  it("loses nothing to rounding", () => {
    expect(sum(Float64Array.of(1, 1e100, 1, -1e100))).to.equal(2);
    expect(sum(new Float64Array(10).fill(0.1))).to.equal(1);
  });
  it("is 0 for none", () => {
    expect(sum(new Float64Array(0))).to.equal(0);
  });
});
