import { expect } from "chai";
import fc from "fast-check";
import { eventOrder, groupOrder, intervalOrder } from "../../lib/kernels/order.js";
import { boundsOf, callsOf, corner, numbersOf } from "../support/corners.js";
import { seeded } from "../support/random.js";
import { sameNumbers } from "../support/same-numbers.js";

/** Group numbers of n rows: all the same, a few, as many as rows, or far apart. */
const groups = fc.record({ apart: fc.constantFrom(0, 1, 7, 5000, 500_000_000), few: fc.integer({ min: 1, max: 5 }) });
const groupsOf = (n: number, { apart, few }: { apart: number; few: number }, seed: number): Int32Array => {
  const random = seeded(seed + 1);
  return Int32Array.from({ length: n }, () => apart * Math.floor(few * random()));
};
/** The positions in the order that a comparison gives, equal ones as they are. */
const sorted = (n: number, compare: (a: number, b: number) => number): number[] =>
  Array.from({ length: n }, (_, i) => i).sort((a, b) => compare(a, b) || a - b);
const byNumber = (a: number, b: number): number =>
  Number.isNaN(a) || Number.isNaN(b)
    ? Number(Number.isNaN(a)) - Number(Number.isNaN(b))
    : Number(a > b) - Number(a < b);

describe("eventOrder(examples, times)", () => {
  const order = (examples: number[], times: number[]) => [
    ...eventOrder(Int32Array.from(examples), Float64Array.from(times)),
  ];
  it("is by example, then by time", () => {
    expect(order([1, 0, 1, 0], [5, 9, 4, 8])).to.deep.equal([3, 1, 2, 0]);
  });
  it("leaves equal ones as they are", () => {
    expect(order([0, 0, 0, 0], [2, 1, 2, 1])).to.deep.equal([1, 3, 0, 2]);
    expect(order([0, 0], [-0, 0])).to.deep.equal([0, 1]);
  });
  it("puts a missing time last in its example, behind Infinity", () => {
    expect(order([0, 0, 0, 1, 0], [NaN, Infinity, NaN, 0, 1])).to.deep.equal([4, 1, 0, 2, 3]);
  });
  it("takes examples that are few and far between", () => {
    expect(order([2_000_000_000, 7, 2_000_000_000], [1, 2, 0])).to.deep.equal([1, 2, 0]);
  });
  it("is empty for none", () => {
    expect(order([], [])).to.deep.equal([]);
  });
  it("agrees with sorting in every corner, missing times among them", () => {
    fc.assert(
      fc.property(corner(), groups, fc.integer({ min: 1, max: 9 }), (c, g, gaps) => {
        const times = numbersOf(c).map((time, i) => (i % gaps === 1 ? NaN : time));
        const examples = groupsOf(c.size, g, c.seed);
        sameNumbers(
          eventOrder(examples, times),
          sorted(c.size, (a, b) => examples[a] - examples[b] || byNumber(times[a], times[b])),
        );
      }),
      { numRuns: 2000 },
    );
  });
});

describe("groupOrder(groups)", () => {
  it("lists the positions by group, ascending, as they are within each", () => {
    const { order, ends } = groupOrder(Int32Array.of(2, 0, 2, 0));
    expect([...order]).to.deep.equal([1, 3, 0, 2]);
    expect([...ends]).to.deep.equal([2, 2, 4]); // a group without rows ends where it begins
  });
  it("counts no groups that are missing where they would be many", () => {
    expect([...groupOrder(Int32Array.of(2_000_000_000, 7)).ends]).to.deep.equal([1, 2]);
  });
  it("agrees with sorting", () => {
    fc.assert(
      fc.property(fc.nat(200), groups, fc.nat(), (n, g, seed) => {
        const of = groupsOf(n, g, seed);
        const { order, ends } = groupOrder(of);
        sameNumbers(
          order,
          sorted(n, (a, b) => of[a] - of[b]),
        );
        const last = Array.from(ends).filter((end, r) => end > (r === 0 ? 0 : ends[r - 1]));
        sameNumbers(
          last,
          Array.from(order.keys(), (k) => k + 1).filter((k) => k === n || of[order[k]] !== of[order[k - 1]]),
        );
      }),
      { numRuns: 1000 },
    );
  });
});

describe("intervalOrder(examples, starts, ends)", () => {
  const order = (examples: number[], starts: number[], ends: number[]) => [
    ...intervalOrder(Int32Array.from(examples), Float64Array.from(starts), Float64Array.from(ends)),
  ];
  it("puts a holder before what it holds: start ascending, then end descending, then as they are", () => {
    expect(order([0, 0, 0, 0], [1, 0, 0, 0], [2, 1, 5, 1])).to.deep.equal([2, 1, 3, 0]);
  });
  it("keeps examples apart", () => {
    expect(order([1, 0, 1], [0, 0, 0], [1, 1, 9])).to.deep.equal([1, 2, 0]);
  });
  it("leaves out what has no place in time", () => {
    expect(order([0, 0, 0, 0], [NaN, 2, 3, 1], [1, NaN, 2, 1])).to.deep.equal([3]);
  });

  it("agrees with sorting in every corner", () => {
    fc.assert(
      fc.property(corner(), groups, (c, g) => {
        const { starts, ends } = boundsOf(callsOf(c));
        const examples = groupsOf(c.size, g, c.seed);
        sameNumbers(
          intervalOrder(examples, starts, ends),
          sorted(
            c.size,
            (a, b) => examples[a] - examples[b] || byNumber(starts[a], starts[b]) || byNumber(ends[b], ends[a]),
          ).filter((i) => starts[i] <= ends[i]),
        );
      }),
      { numRuns: 2000 },
    );
  });
});
