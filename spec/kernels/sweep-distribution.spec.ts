import { expect } from "chai";
import fc from "fast-check";
import { distribution } from "../../lib/kernels/distribution.js";
import { sweepDistribution } from "../../lib/kernels/sweep-distribution.js";
import { sweep } from "../../lib/kernels/sweep.js";
import { boundsOf, callsOf, corner, type Corner, manySizes } from "../support/corners.js";
import { distribution as slow, segmentsBySteps } from "../support/oracle.js";
import { sameNumbers } from "../support/same-numbers.js";

describe("sweepDistribution(starts, ends, coalesce)", () => {
  it("adds up the time at each level, and says when each began", () => {
    const found = sweepDistribution(Float64Array.of(0, 1, 6), Float64Array.of(4, 3, 8), true);
    expect(found).to.deep.equal({
      levels: Int32Array.of(0, 1, 2),
      totals: Float64Array.of(2, 4, 2),
      firsts: Float64Array.of(4, 0, 1),
    });
  });
  it("is empty where no call has a place in time, or none has a length at one instant", () => {
    expect(sweepDistribution(Float64Array.of(NaN, 2), Float64Array.of(1, 1), true).levels).to.have.length(0);
    expect(sweepDistribution(Float64Array.of(5, 5), Float64Array.of(5, 5), true).levels).to.have.length(0);
  });
  it("adds joined neighbours as one: 0.1 and 0.2 from 0 are 0.30000000000000004 apart, and 0.3 together", () => {
    const [starts, ends] = [Float64Array.of(0, 0.1), Float64Array.of(0.1, 0.3)];
    expect(sweepDistribution(starts, ends, true).totals[0]).to.equal(0.3);
    expect(sweepDistribution(starts, ends, false).totals[0]).to.equal(0.1 + (0.3 - 0.1));
  });
  it("counts as many levels as there are calls, around 64 and its doubles", () => {
    for (const n of [1, 63, 64, 65, 127, 128, 129, 300]) {
      const starts = Float64Array.from({ length: n }, (_, i) => i);
      const { levels, totals, firsts } = sweepDistribution(starts, starts.slice().fill(n), true);
      sameNumbers(
        levels,
        Array.from({ length: n }, (_, i) => i + 1),
      );
      sameNumbers(totals, new Array<number>(n).fill(1));
      sameNumbers(firsts, starts);
    }
  });

  const agrees = (c: Corner, coalesce: boolean) => {
    const calls = callsOf(c);
    const { starts, ends } = boundsOf(calls);
    const found = sweepDistribution(starts, ends, coalesce);

    const segments = segmentsBySteps(calls, coalesce);
    const totals = slow(segments);
    const levels = [...totals.keys()].sort((a, b) => a - b);
    sameNumbers(found.levels, levels, "levels");
    sameNumbers(
      found.totals,
      levels.map((level) => totals.get(level) as number),
      "totals",
    );
    const first = new Map([...segments].reverse().map(({ concurrency, start }) => [concurrency, start]));
    sameNumbers(
      found.firsts,
      levels.map((level) => first.get(level) as number),
      "firsts",
    );

    const swept = sweep(starts, ends, coalesce);
    const two = distribution(swept.times, swept.durations, swept.levels);
    sameNumbers(found.levels, two.levels, "levels of sweep");
    sameNumbers(found.totals, two.totals, "totals of sweep");
    sameNumbers(found.firsts, two.firsts, "firsts of sweep");
  };
  it("agrees in every corner with adding up segments, and with `sweep`, exactly", () => {
    fc.assert(fc.property(corner(), fc.boolean(), agrees), { numRuns: 2000 });
    fc.assert(fc.property(corner(manySizes), fc.boolean(), agrees), { numRuns: 30 });
  });
});
