import { expect } from "chai";
import fc from "fast-check";
import { meanPerBin } from "../../lib/kernels/mean-per-bin.js";

const means = (segments: (readonly [start: number, end: number, level: number])[], bins: number): number[] => [
  ...meanPerBin(
    Float64Array.from(segments, ([start]) => start),
    Float64Array.from(segments, ([, end]) => end),
    Int32Array.from(segments, ([, , level]) => level),
    bins,
  ),
];

describe("meanPerBin(starts, ends, levels, bins)", () => {
  it("weighs each level by how long it lasted in the stretch", () => {
    // prettier-ignore
    expect(means([[0, 1, 8], [1, 2, 0], [2, 3.5, 4], [3.5, 6, 2]], 3)).to.deep.equal([4, 3.5, 2]);
  });
  it("takes 0 where no segment is", () => {
    // prettier-ignore
    expect(means([[0, 1, 8], [7, 8, 4]], 4)).to.deep.equal([4, 0, 0, 2]);
  });
  it("is the level itself where one segment covers the stretch, to the last digit", () => {
    expect(means([[0.1, 0.4, 3]], 7)).to.deep.equal([3, 3, 3, 3, 3, 3, 3]);
  });
  it("has the level of the instant where a float cannot hold the width", () => {
    const next = 1 + Number.EPSILON;
    // prettier-ignore
    expect(means([[1, next, 5], [next, next + Number.EPSILON, 7]], 4)).to.deep.equal([5, 5, 7, 7]);
  });
  it("is empty where nothing lasts, or lasts forever", () => {
    expect(means([], 5)).to.deep.equal([]);
    expect(means([[-Infinity, 0, 1]], 5)).to.deep.equal([]);
    expect(means([[-1e308, 1e308, 1]], 5)).to.deep.equal([]);
    expect(means([[0, 1e308, 1]], 5)).to.deep.equal([]);
  });
  it("agrees with looking at every segment for every bin, with gaps between them too", () => {
    const input = fc.record({
      times: fc.uniqueArray(fc.integer({ min: 0, max: 64 }), { minLength: 2, maxLength: 20 }),
      levels: fc.array(fc.option(fc.nat(9)), { minLength: 19, maxLength: 19 }),
      bins: fc.integer({ min: 1, max: 40 }),
    });
    fc.assert(
      fc.property(input, ({ times, levels, bins }) => {
        const at = times.map((time) => time * bins).sort((a, b) => a - b); // all borders are whole, all sums exact
        const segments = at
          .slice(1)
          .map((end, i) => [at[i], end, levels[i]] as const)
          .filter((segment): segment is [number, number, number] => segment[2] !== null);
        fc.pre(segments.length > 0);
        const [first, last] = [segments[0][0], segments[segments.length - 1][1]];
        const width = (last - first) / bins;
        const expected = Array.from({ length: bins }, (_, bin) => {
          const [from, to] = [first + width * bin, first + width * (bin + 1)];
          const areas = segments.map(
            ([start, end, level]) => level * Math.max(0, Math.min(end, to) - Math.max(start, from)),
          );
          return areas.reduce((sum, area) => sum + area, 0) / width;
        });
        expect(means(segments, bins)).to.deep.equal(expected);
      }),
      { numRuns: 1000 },
    );
  });
});
