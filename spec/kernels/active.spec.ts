import { expect } from "chai";
import { activeLists, activeRanges, countPairs, isActive } from "../../lib/kernels/active.js";

describe("isActive(callStart, callEnd, start, end)", () => {
  const active = (callStart: number, callEnd: number) => isActive(callStart, callEnd, 2, 4);
  it("holds for calls that overlap, not for those that touch", () => {
    expect([active(0, 2), active(0, 3), active(2, 4), active(3, 3), active(4, 5)]).to.deep.equal([
      false,
      true,
      true,
      true,
      false,
    ]);
  });
  it("lets a missing bound keep nothing out", () => {
    expect([active(0, NaN), active(4, NaN), active(NaN, 3), active(NaN, 2), active(NaN, NaN)]).to.deep.equal([
      true,
      false,
      true,
      false,
      true,
    ]);
  });
  it("does not hold for a call that ends before it starts", () => {
    expect(active(3.5, 3)).to.equal(false);
  });
});

const from = Float64Array.of(0, 2, 6);
const to = Float64Array.of(1, 4, 8);
const starts = Float64Array.of(0, 3, 4, NaN, 7, 5);
const ends = Float64Array.of(9, 7, 6, 3, NaN, 1);
const ranges = activeRanges(starts, ends, from, to);

describe("activeRanges(starts, ends, from, to)", () => {
  it("is the range of intervals in which a call is active", () => {
    const found = [...starts.keys()].map((i) =>
      Array.from({ length: ranges.to[i] - ranges.from[i] }, (_, k) => ranges.from[i] + k),
    );
    expect(found).to.deep.equal([[0, 1, 2], [1, 2], [], [0, 1], [2], []]);
    expect(countPairs(ranges)).to.equal(8);
  });
  it("agrees with isActive", () => {
    for (let i = 0; i < starts.length; i++) {
      for (let k = 0; k < from.length; k++) {
        expect(k >= ranges.from[i] && k < ranges.to[i]).to.equal(isActive(starts[i], ends[i], from[k], to[k]));
      }
    }
  });
});

describe("activeLists(ranges, first, last, order)", () => {
  it("lists the calls of each interval, in the order of the calls", () => {
    expect(activeLists(ranges, 0, 3)).to.deep.equal({
      offsets: Float64Array.of(0, 2, 5, 8),
      calls: Int32Array.of(0, 3, 0, 1, 3, 0, 1, 4),
    });
  });
  it("lists some intervals, in another order", () => {
    expect(activeLists(ranges, 1, 3, Int32Array.of(5, 4, 3, 2, 1, 0))).to.deep.equal({
      offsets: Float64Array.of(0, 3, 6),
      calls: Int32Array.of(3, 1, 0, 4, 1, 0),
    });
  });
  it("is empty for no intervals", () => {
    expect(activeLists(ranges, 1, 1)).to.deep.equal({ offsets: Float64Array.of(0), calls: new Int32Array(0) });
  });
});
