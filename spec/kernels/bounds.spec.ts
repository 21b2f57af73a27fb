import { expect } from "chai";
import fc from "fast-check";
import { placed } from "../../lib/kernels/bounds.js";
import { boundsOf, callsOf, corner } from "../support/corners.js";
import { sameNumbers } from "../support/same-numbers.js";

describe("placed(starts, ends)", () => {
  it("leaves out calls with a missing bound, or that end before they start", () => {
    const { starts, ends } = placed(Float64Array.of(0, NaN, 2, 5, 7), Float64Array.of(1, 1, NaN, 4, 7));
    expect({ starts, ends }).to.deep.equal({ starts: Float64Array.of(0, 7), ends: Float64Array.of(1, 7) });
  });
  it("returns the input where every call has a place", () => {
    const [starts, ends] = [Float64Array.of(0, 3), Float64Array.of(1, 3)];
    expect(placed(starts, ends).starts).to.equal(starts);
    expect(placed(starts, ends).ends).to.equal(ends);
  });
  it("keeps the order of the calls, in every corner", () => {
    fc.assert(
      fc.property(corner(), (c) => {
        const calls = callsOf(c);
        const wanted = calls.filter((call) => call.start <= call.end);
        const { starts, ends } = boundsOf(calls);
        const found = placed(starts, ends);
        sameNumbers(
          found.starts,
          wanted.map((call) => call.start),
        );
        sameNumbers(
          found.ends,
          wanted.map((call) => call.end),
        );
      }),
      { numRuns: 500 },
    );
  });
});
