import { expect } from "chai";
import fc from "fast-check";
import { isScattered, partition } from "../../lib/kernels/partition.js";
import { seeded } from "../support/random.js";

const n = 1 << 16;
const ascending = Float64Array.from({ length: n }, (_, i) => i);
const random = seeded(3);
const shuffled = Float64Array.from({ length: n }, () => random() * n);

describe("isScattered(keys)", () => {
  it("holds for shuffled times, not for sorted ones or for neighbours that change places", () => {
    expect(isScattered(shuffled)).to.equal(true);
    expect(isScattered(ascending)).to.equal(false);
    expect(isScattered(ascending.map((time) => (time ^ 15) + 0.5))).to.equal(false);
  });
  it("does not hold where the rows lie in the cache anyway", () => {
    expect(isScattered(shuffled.subarray(1))).to.equal(false);
  });
  it("does not hold for equal times, nor for a span that is no number", () => {
    expect(isScattered(new Float64Array(n).fill(7))).to.equal(false);
    expect(isScattered(shuffled.map((time) => (time - n / 2) * 1e304))).to.equal(false);
  });
});

describe("partition(keys, columns)", () => {
  it("brings rows together by 2,048 parts of time, in their order within a part", () => {
    const keys = Float64Array.of(2047, 0, 1000.5, 0.25, 1000.25);
    const [times, names] = partition(keys, [keys, Float64Array.of(1, 2, 3, 4, 5)]);
    expect([...times]).to.deep.equal([0, 0.25, 1000.5, 1000.25, 2047]);
    expect([...names]).to.deep.equal([2, 4, 3, 5, 1]);
  });
  it("leaves rows as they are where there is one part: equal keys, a missing one, no keys", () => {
    const column = Float64Array.of(1, 2, 3);
    for (const keys of [Float64Array.of(5, 5, 5), Float64Array.of(9, NaN, 1), Float64Array.of(1e308, -1e308, 0)])
      expect([...partition(keys, [column])[0]]).to.deep.equal([1, 2, 3]);
    expect([...partition(new Float64Array(0), [new Float64Array(0)])[0]]).to.deep.equal([]);
  });
  it("keeps rows whole, and puts none before one of an earlier part", () => {
    const times = fc.array(fc.integer({ min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(times, (list) => {
        const keys = Float64Array.from(list);
        const [dealt, rows] = partition(keys, [keys, Float64Array.from(keys.keys())]);
        expect([...rows].sort((a, b) => a - b)).to.deep.equal([...keys.keys()]);
        rows.forEach((row, k) => {
          expect(dealt[k]).to.equal(keys[row]);
        });
        const part = (Math.max(...list) - Math.min(...list)) / 2047;
        for (let k = 1; k < dealt.length; k++) expect(dealt[k - 1] - dealt[k]).to.be.at.most(part * (1 + 1e-9));
      }),
      { numRuns: 500 },
    );
  });
});
