import { expect } from "chai";
import fc from "fast-check";
import { midpointLevels } from "../../lib/kernels/midpoint.js";
import { boundsOf, callsOf, corner } from "../support/corners.js";
import { midpointLevel, segmentsBySteps } from "../support/oracle.js";
import { sameNumbers } from "../support/same-numbers.js";

const from = Float64Array.of(0, 2, 6);
const to = Float64Array.of(2, 4, 8); // a gap from 4 to 6
const levels = Int32Array.of(1, 2, 3);
const at = (start: number, end: number) =>
  midpointLevels(Float64Array.of(start), Float64Array.of(end), from, to, levels)[0];

describe("midpointLevels(starts, ends, from, to, levels)", () => {
  it("is the level of the segment that holds the midpoint", () => {
    expect([at(0, 2), at(2, 4), at(5, 9)]).to.deep.equal([1, 2, 3]);
  });
  it("takes the later segment on a border", () => {
    expect([at(1, 3), at(5, 7)]).to.deep.equal([2, 3]);
  });
  it("is 0 in a gap, before the first and from the end of the last on", () => {
    expect([at(3, 5), at(4, 6), at(-3, 1), at(7, 9), at(20, 30)]).to.deep.equal([0, 0, 0, 0, 0]);
  });
  it("is 0 for a call of no length, without a bound, or that ends before it starts", () => {
    expect([at(1, 1), at(NaN, 3), at(1, NaN), at(3, 1)]).to.deep.equal([0, 0, 0, 0]);
  });
  it("lets the midpoint round to the end of a call, as it is computed", () => {
    // between neighbouring numbers there is none: half of their sum is the even one, here the end
    const start = 1 + 2 ** -52;
    const end = 1 + 2 ** -51;
    const level = midpointLevels(
      Float64Array.of(start),
      Float64Array.of(end),
      Float64Array.of(start, end),
      Float64Array.of(end, 2),
      Int32Array.of(9, 4),
    );
    expect(level).to.deep.equal(Int32Array.of(4));
  });

  it("agrees in every corner with looking at each segment, gaps between them too", () => {
    fc.assert(
      fc.property(corner(), corner(), fc.boolean(), fc.nat(3), (c, d, own, each) => {
        const calls = callsOf(c);
        const all = segmentsBySteps(own ? calls : callsOf(d), false);
        const segments = all.filter((_, k) => each === 0 || k % (each + 1) !== 0);
        const { starts, ends } = boundsOf(calls);
        const found = midpointLevels(
          starts,
          ends,
          Float64Array.from(segments, (s) => s.start),
          Float64Array.from(segments, (s) => s.end),
          Int32Array.from(segments, (s) => s.concurrency),
        );
        sameNumbers(
          found,
          calls.map((call) => midpointLevel(call, segments)),
        );
      }),
      { numRuns: 1000 },
    );
  });
});
