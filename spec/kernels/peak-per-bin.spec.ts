import { expect } from "chai";
import fc from "fast-check";
import { peakPerBin } from "../../lib/kernels/peak-per-bin.js";

/** The peaks of segments that follow each other at these times. */
const peaks = (times: number[], levels: number[], bins: number): number[] => [
  ...peakPerBin(
    Float64Array.from(times.slice(0, -1)),
    Float64Array.from(times.slice(1)),
    Int32Array.from(levels),
    bins,
  ),
];

describe("peakPerBin(starts, ends, levels, bins)", () => {
  it("is the highest level in each stretch, however short it lasted", () => {
    expect(peaks([0, 1, 1.001, 2, 4], [1, 9, 0, 3], 4)).to.deep.equal([1, 9, 3, 3]);
  });
  it("takes intervals for half-open: what ends or starts at a border is on one side of it", () => {
    expect(peaks([0, 2, 4], [7, 1], 2)).to.deep.equal([7, 1]);
    expect(peaks([0, 2, 4], [1, 7], 2)).to.deep.equal([1, 7]);
  });
  it("spreads a segment over all bins that it covers", () => {
    expect(peaks([5, 6], [2], 5)).to.deep.equal([2, 2, 2, 2, 2]);
  });
  it("takes 0 where no segment is", () => {
    const [starts, ends] = [Float64Array.of(0, 7), Float64Array.of(1, 8)];
    expect([...peakPerBin(starts, ends, Int32Array.of(8, 4), 4)]).to.deep.equal([8, 0, 0, 4]);
  });
  it("has the level of the instant where a float cannot hold the width", () => {
    const next = 1 + Number.EPSILON;
    expect(peaks([1, next, next + Number.EPSILON], [5, 7], 4)).to.deep.equal([5, 5, 7, 7]);
  });
  it("is empty where nothing lasts, or lasts forever", () => {
    expect(peaks([0], [], 5)).to.deep.equal([]);
    expect(peaks([-Infinity, 0, 1], [1, 2], 5)).to.deep.equal([]);
  });
  it("agrees with looking at every segment for every bin", () => {
    const time = fc.integer({ min: 0, max: 64 });
    const input = fc.record({
      times: fc.uniqueArray(time, { minLength: 2, maxLength: 20 }).map((times) => times.sort((a, b) => a - b)),
      levels: fc.array(fc.nat(9), { minLength: 19, maxLength: 19 }),
      bins: fc.integer({ min: 1, max: 40 }),
    });
    fc.assert(
      fc.property(input, ({ times, levels, bins }) => {
        const [first, last] = [times[0], times[times.length - 1]];
        const border = (bin: number) => first + ((last - first) * bin) / bins;
        const expected = Array.from({ length: bins }, (_, bin) =>
          Math.max(
            ...levels
              .slice(0, times.length - 1)
              .filter((_, i) => times[i] < border(bin + 1) && times[i + 1] > border(bin)),
          ),
        );
        expect(peaks(times, levels.slice(0, times.length - 1), bins)).to.deep.equal(expected);
      }),
    );
  });
});
