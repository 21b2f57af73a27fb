import { expect } from "chai";
import fc from "fast-check";
import { activeLists, activeRanges, countActive, countPairs, isActive } from "../../lib/kernels/active.js";
import { boundsOf, callsOf, corner, type Corner, fewSizes, numbersOf, shuffled } from "../support/corners.js";
import { sameNumbers } from "../support/same-numbers.js";

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

/** Intervals between the distinct times of a corner, all or some: with gaps, touching, none. */
const intervalsOf = (c: Corner, each: number) => {
  const times = [...new Set(numbersOf(c))].sort((a, b) => a - b);
  const kept = [...times.keys()].slice(1).filter((k) => each === 0 || (k * 7 + c.seed) % each !== 0);
  return { from: Float64Array.from(kept, (k) => times[k - 1]), to: Float64Array.from(kept, (k) => times[k]) };
};

describe("activeRanges, countActive, countPairs and activeLists, in every corner", () => {
  it("hold what isActive holds for each pair", () => {
    fc.assert(
      fc.property(corner(fewSizes), corner(fewSizes), fc.nat(3), fc.boolean(), fc.nat(), (c, d, each, apart, cut) => {
        // times of the calls themselves, or of others
        const { from, to } = intervalsOf(apart ? d : { ...c, size: 2 * c.size }, each);
        const { starts, ends } = boundsOf(callsOf(c));
        const ranges = activeRanges(starts, ends, from, to);
        const activeIn = (k: number) => (i: number) => isActive(starts[i], ends[i], from[k], to[k]);
        for (let i = 0; i < starts.length; i++) {
          const found = Array.from(from.keys(), (k) => Number(k >= ranges.from[i] && k < ranges.to[i]));
          sameNumbers(
            found,
            Array.from(from.keys(), (k) => Number(activeIn(k)(i))),
            `intervals of call ${i}`,
          );
        }

        sameNumbers(
          countActive(starts, ends, from, to),
          ranges.to.map((after, i) => after - ranges.from[i]),
          "counts",
        );

        const order = shuffled([...starts.keys()], c.seed);
        const [first, last] = [cut % (from.length + 1), from.length];
        const wanted = Array.from({ length: last - first }, (_, k) => order.filter(activeIn(first + k)));
        const lists = activeLists(ranges, first, last, Int32Array.from(order));
        sameNumbers(lists.calls, wanted.flat(), "calls");
        let pairs = 0;
        sameNumbers(lists.offsets, [0, ...wanted.map((list) => (pairs += list.length))], "offsets");
        if (first === 0) expect(countPairs(ranges)).to.equal(pairs);
      }),
      { numRuns: 1500 },
    );
  });
});
