import { expect } from "chai";
import fc from "fast-check";
import { sweep } from "../../lib/kernels/sweep.js";
import { boundsOf, callsOf, corner, type Corner, fewSizes, manySizes } from "../support/corners.js";
import { type OracleCall, segments, segmentsBySteps } from "../support/oracle.js";
import { sameNumbers } from "../support/same-numbers.js";

const swept = (starts: number[], ends: number[], coalesce: boolean) => {
  const { times, levels } = sweep(Float64Array.from(starts), Float64Array.from(ends), coalesce);
  return { times: [...times], levels: [...levels] };
};

describe("sweep(starts, ends, coalesce)", () => {
  it("counts the open intervals at each change, in whatever order they come", () => {
    expect(swept([6, 1, 0], [8, 3, 4], true)).to.deep.equal({ times: [0, 1, 3, 4, 6, 8], levels: [1, 2, 1, 0, 1] });
  });
  it("takes equal times together: at one instant a start takes the place of an end", () => {
    expect(swept([0, 2], [2, 4], false)).to.deep.equal({ times: [0, 2, 4], levels: [1, 1] });
    expect(swept([0, 2], [2, 4], true)).to.deep.equal({ times: [0, 4], levels: [1] });
  });
  it("has a breakpoint without a change for a call of no length, unless joined", () => {
    expect(swept([0, 1], [3, 1], false)).to.deep.equal({ times: [0, 1, 3], levels: [1, 1] });
    expect(swept([0, 1], [3, 1], true)).to.deep.equal({ times: [0, 3], levels: [1] });
  });
  it("keeps the first and the last time where calls have no length", () => {
    expect(swept([0, 5, 9], [0, 5, 9], true)).to.deep.equal({ times: [0, 9], levels: [0] });
    expect(swept([0, 5, 9], [0, 5, 9], false)).to.deep.equal({ times: [0, 5, 9], levels: [0, 0] });
    expect(swept([5], [5], true)).to.deep.equal({ times: [5], levels: [] });
  });
  it("leaves out calls without a place in time, and is empty where none has one", () => {
    expect(swept([0, NaN, 3], [1, 1, 2], true)).to.deep.equal({ times: [0, 1], levels: [1] });
    expect(swept([NaN], [1], true)).to.deep.equal({ times: [], levels: [] });
    expect(swept([], [], false)).to.deep.equal({ times: [], levels: [] });
  });

  const agrees = (c: Corner, coalesce: boolean, oracle: typeof segments) => {
    const calls: OracleCall[] = callsOf(c);
    const { starts, ends } = boundsOf(calls);
    const expected = oracle(calls, coalesce);
    const { times, levels, durations } = sweep(starts, ends, coalesce);
    const wanted = (of: (segment: (typeof expected)[number]) => number) => Float64Array.from(expected, of);
    sameNumbers(
      levels,
      wanted((s) => s.concurrency),
      "levels",
    );
    sameNumbers(
      times.subarray(0, levels.length),
      wanted((s) => s.start),
      "starts",
    );
    sameNumbers(
      times.subarray(1),
      wanted((s) => s.end),
      "ends",
    );
    sameNumbers(
      durations,
      wanted((s) => s.end - s.start),
      "durations",
    );
  };
  it("agrees in every corner with counting at each instant", () => {
    fc.assert(
      fc.property(corner(fewSizes), fc.boolean(), (c, coalesce) => {
        agrees(c, coalesce, segments);
      }),
      { numRuns: 1000 },
    );
  });
  it("agrees in every corner with the running sum of the changes, for thousands of calls too", () => {
    fc.assert(
      fc.property(corner(), fc.boolean(), (c, coalesce) => {
        agrees(c, coalesce, segmentsBySteps);
      }),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(corner(manySizes), fc.boolean(), (c, coalesce) => {
        agrees(c, coalesce, segmentsBySteps);
      }),
      { numRuns: 30 },
    );
  });
});
