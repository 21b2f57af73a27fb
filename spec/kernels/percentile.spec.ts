import { expect } from "chai";
import fc from "fast-check";
import { percentileLevel, totalTime } from "../../lib/kernels/percentile.js";
import { corner, fewSizes, numbersOf, shuffled } from "../support/corners.js";
import { percentile } from "../support/oracle.js";

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
    // 50 * 0.01 * 14 is 7, but 50 * (0.01 * 14) is above
    expect(percentileLevel(levels, Float64Array.of(7, 7, 0), 14, 50)).to.equal(0);
  });
  it("is the last level where rounding lets none reach the share", () => {
    expect(percentileLevel(levels, totals, 100.5, 100)).to.equal(5);
  });
  it("is 0 where there is no time", () => {
    expect(percentileLevel(new Int32Array(0), new Float64Array(0), 0, 50)).to.equal(0);
    expect(percentileLevel(Int32Array.of(3), Float64Array.of(0), 0, 50)).to.equal(0);
    expect(percentileLevel(Int32Array.of(3), Float64Array.of(NaN), NaN, 50)).to.equal(0);
  });
  it("is the first level that lasts any time for p0, and no level below it", () => {
    expect(percentileLevel(levels, Float64Array.of(0, 1, 1), 2, 0)).to.equal(0); // 0 reaches 0
    expect(percentileLevel(levels, Float64Array.of(5e-324, 0, 5e-324), 1e-323, 50)).to.equal(0);
  });
});

describe("percentileLevel(levels, totals, totalTime(totals, firsts), p), in every corner", () => {
  it("is what the reference's words say", () => {
    const p = fc.oneof(fc.constantFrom(0, 50, 90, 95, 99, 100), fc.double({ min: 0, max: 100, noNaN: true }));
    fc.assert(
      fc.property(corner(fewSizes), fc.nat(), p, (c, seed, q) => {
        const totals = numbersOf(c).map(Math.abs);
        const firsts = Float64Array.from(shuffled([...totals.keys()], seed));
        const levels = Int32Array.from(totals.keys(), (i) => 2 * i + (seed % 2));
        const inOrder = [...totals.keys()].sort((a, b) => firsts[a] - firsts[b]);
        const byFirst = new Map(inOrder.map((i) => [levels[i], totals[i]]));
        expect(percentileLevel(levels, totals, totalTime(totals, firsts), q)).to.equal(percentile(byFirst, q));
      }),
      { numRuns: 2000 },
    );
  });
});
