import { expect } from "chai";
import fc from "fast-check";
import { eventOrder, intervalOrder } from "../../lib/kernels/order.js";
import { chosenAncestors, containmentParents, stackParents } from "../../lib/kernels/parents.js";
import { containment } from "../support/oracle.js";

const times = (...values: number[]) => Float64Array.from(values);
const one = (n: number) => new Int32Array(n);

function contained(starts: Float64Array, ends: Float64Array, examples = one(starts.length)): number[] {
  return [...containmentParents(examples, starts, ends, intervalOrder(examples, starts, ends))];
}

describe("containmentParents(examples, starts, ends, order)", () => {
  it("puts an interval below the one that holds it and starts last", () => {
    expect(contained(times(0, 1, 2, 8), times(10, 6, 3, 9))).to.deep.equal([-1, 0, 1, 0]);
  });
  it("keeps overlapping, touching and equal intervals side by side", () => {
    expect(contained(times(0, 2), times(4, 6))).to.deep.equal([-1, -1]);
    expect(contained(times(0, 2), times(2, 2))).to.deep.equal([-1, -1]);
    expect(contained(times(1, 1, 0), times(2, 2, 3))).to.deep.equal([2, 2, -1]);
  });
  it("does not look into other examples", () => {
    expect(contained(times(0, 1), times(9, 2), Int32Array.of(0, 1))).to.deep.equal([-1, -1]);
  });
  it("agrees with comparing all pairs", () => {
    const interval = fc.record({ example: fc.nat(1), start: fc.nat(9), length: fc.nat(6) });
    fc.assert(
      fc.property(fc.array(interval, { maxLength: 20 }), (raw) => {
        const intervals = raw.map(({ example, start, length }) => ({ example, start, end: start + length }));
        const bounds = (parent: number) => (parent < 0 ? undefined : intervals[parent]);
        const examples = Int32Array.from(intervals, (i) => i.example);
        const found = contained(
          Float64Array.from(intervals, (i) => i.start),
          Float64Array.from(intervals, (i) => i.end),
          examples,
        );
        // of equal holders any will do
        expect(found.map(bounds)).to.deep.equal(containment(intervals).map(bounds));
      }),
      { numRuns: 2000 },
    );
  });
});

describe("stackParents(examples, starts, ends, order)", () => {
  const stacked = (starts: Float64Array, ends: Float64Array) => [
    ...stackParents(one(starts.length), starts, ends, intervalOrder(one(starts.length), starts, ends)),
  ];

  it("leaves an interval on the stack for good if it ends below the top, as the reference does", () => {
    // A [0, 2), B [1, 3), C [5, 6): A is not on top when it ends
    expect(stacked(times(0, 1, 5), times(2, 3, 6))).to.deep.equal([-1, 0, 0]);
  });
  it("takes off what ends before what starts at the same instant", () => {
    expect(stacked(times(0, 2), times(2, 4))).to.deep.equal([-1, -1]);
  });
});

describe("chosenAncestors(parents, chosen)", () => {
  it("passes over what is not chosen, and survives circles", () => {
    expect([...chosenAncestors(Int32Array.of(-1, 0, 1, 2), Uint8Array.of(1, 0, 0, 1))]).to.deep.equal([-1, 0, 0, 0]);
    expect([...chosenAncestors(Int32Array.of(1, 0), Uint8Array.of(0, 0))]).to.deep.equal([-1, -1]);
  });
});

describe("eventOrder(examples, times)", () => {
  it("sorts by example, then time, stably, with missing times last", () => {
    expect([...eventOrder(Int32Array.of(1, 0, 0, 1, 0, 0), times(5, NaN, 3, 4, 3, Infinity))]).to.deep.equal([
      2, 4, 5, 1, 3, 0,
    ]);
  });
  it("takes example numbers that are far apart", () => {
    expect([...eventOrder(Int32Array.of(2_000_000_000, 5), times(1, 2))]).to.deep.equal([1, 0]);
  });
});
