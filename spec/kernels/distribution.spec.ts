import { expect } from "chai";
import fc from "fast-check";
import { distribution } from "../../lib/kernels/distribution.js";
import { callsOf, corner } from "../support/corners.js";
import { distribution as slow, segmentsBySteps } from "../support/oracle.js";
import { sameNumbers } from "../support/same-numbers.js";

describe("distribution(starts, durations, levels)", () => {
  it("adds up the time at each level, ascending, and says when each began", () => {
    expect(
      distribution(Float64Array.of(0, 1, 3, 9), Float64Array.of(1, 2, 6, 1), Int32Array.of(1, 4, 1, 0)),
    ).to.deep.equal({
      levels: Int32Array.of(0, 1, 4),
      totals: Float64Array.of(1, 7, 2),
      firsts: Float64Array.of(9, 0, 1),
    });
  });
  it("adds in the order of the segments: 1e16 + 1 + 1 is 1e16", () => {
    const [starts, levels] = [new Float64Array(3), new Int32Array(3)];
    expect(distribution(starts, Float64Array.of(1e16, 1, 1), levels).totals[0]).to.equal(1e16);
    expect(distribution(starts, Float64Array.of(1, 1, 1e16), levels).totals[0]).to.equal(1e16 + 2);
  });
  it("is empty for no segments", () => {
    const none = new Float64Array(0);
    expect(distribution(none, none, new Int32Array(0))).to.deep.equal({
      levels: new Int32Array(0),
      totals: none,
      firsts: none,
    });
  });
  it("agrees in every corner with adding up segments, with gaps between them too", () => {
    fc.assert(
      fc.property(corner(), fc.nat(3), (c, each) => {
        const segments = segmentsBySteps(callsOf(c), false).filter((_, k) => each === 0 || k % (each + 1) !== 0);
        const found = distribution(
          Float64Array.from(segments, (s) => s.start),
          Float64Array.from(segments, (s) => s.end - s.start),
          Int32Array.from(segments, (s) => s.concurrency),
        );
        const totals = slow(segments);
        const levels = [...totals.keys()].sort((a, b) => a - b);
        sameNumbers(found.levels, levels, "levels");
        sameNumbers(
          found.totals,
          levels.map((level) => totals.get(level) as number),
          "totals",
        );
        const first = (level: number) => segments.find((s) => s.concurrency === level)?.start as number;
        sameNumbers(found.firsts, levels.map(first), "firsts");
      }),
      { numRuns: 1000 },
    );
  });
});
