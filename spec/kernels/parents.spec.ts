import { expect } from "chai";
import fc from "fast-check";
import { eventOrder, intervalOrder } from "../../lib/kernels/order.js";
import { chosenAncestors, containmentParents, stackParents } from "../../lib/kernels/parents.js";
import { boundsOf, callsOf, corner, fewSizes, shuffled } from "../support/corners.js";
import { containment } from "../support/oracle.js";
import { sameNumbers } from "../support/same-numbers.js";

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
      fc.property(fc.array(interval, { maxLength: 20, size: "max" }), (raw) => {
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
  it("agrees with comparing all pairs in every corner", () => {
    fc.assert(
      fc.property(corner(fewSizes), fc.integer({ min: 1, max: 3 }), (c, groups) => {
        const intervals = callsOf(c).map(({ start, end }, i) => ({ example: i % groups, start, end }));
        const { starts, ends } = boundsOf(callsOf(c));
        const found = contained(
          starts,
          ends,
          Int32Array.from(starts, (_, i) => i % groups),
        );
        const bounds = (parent: number) => {
          return parent < 0 ? [0, 0, 0] : [intervals[parent].example, starts[parent] + 0, ends[parent] + 0];
        };
        const placed = intervals.map((i) => (i.start <= i.end ? i : { example: -1, start: NaN, end: NaN }));
        sameNumbers(found.flatMap(bounds), containment(placed).flatMap(bounds));
      }),
      { numRuns: 1000 },
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
  it("agrees with a stack of STARTs and ENDs, in every example", () => {
    // calls of no length are left to the tests of `openCalls`
    const interval = fc.record({ example: fc.nat(2), start: fc.nat(9), length: fc.integer({ min: 1, max: 6 }) });
    fc.assert(
      fc.property(fc.array(interval, { maxLength: 25, size: "max" }), (raw) => {
        const examples = Int32Array.from(raw, (i) => i.example);
        const starts = Float64Array.from(raw, (i) => i.start);
        const ends = Float64Array.from(raw, (i) => i.start + i.length);
        const order = intervalOrder(examples, starts, ends);
        const parents = new Array<number>(raw.length).fill(-1);
        for (let example = 0; example < 3; example++) {
          const own = [...order].filter((i) => examples[i] === example);
          const stack: number[] = [];
          for (let time = 0; time <= 15; time++) {
            // what started last ends first
            const ending = own.filter((i) => ends[i] === time).sort((a, b) => starts[b] - starts[a] || a - b);
            for (const i of ending) if (stack.at(-1) === i) stack.pop();
            for (const i of own.filter((i) => starts[i] === time)) {
              parents[i] = stack.at(-1) ?? -1;
              stack.push(i);
            }
          }
        }
        sameNumbers(stackParents(examples, starts, ends, order), parents);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("chosenAncestors(parents, chosen)", () => {
  it("passes over what is not chosen, and survives circles", () => {
    expect([...chosenAncestors(Int32Array.of(-1, 0, 1, 2), Uint8Array.of(1, 0, 0, 1))]).to.deep.equal([-1, 0, 0, 0]);
    expect([...chosenAncestors(Int32Array.of(1, 0), Uint8Array.of(0, 0))]).to.deep.equal([-1, -1]);
  });
  it("agrees with climbing step by step, whatever the order of the nodes", () => {
    const node = fc.tuple(fc.nat(), fc.nat(3));
    fc.assert(
      fc.property(fc.array(node, { maxLength: 30, size: "max" }), fc.nat(), (raw, seed) => {
        // the parent of a node comes before it, but the nodes are numbered at random
        const names = shuffled([...raw.keys()], seed);
        const parents = new Int32Array(raw.length);
        const chosen = new Uint8Array(raw.length);
        raw.forEach(([parent, choice], i) => {
          parents[names[i]] = parent % (i + 1) === i ? -1 : names[parent % (i + 1)];
          chosen[names[i]] = Number(choice === 0);
        });
        const climb = (node: number): number =>
          parents[node] < 0 ? -1 : chosen[parents[node]] === 1 ? parents[node] : climb(parents[node]);
        sameNumbers(
          chosenAncestors(parents, chosen),
          raw.map((_, i) => climb(i)),
        );
      }),
      { numRuns: 1000 },
    );
  });
  it("gives a chosen node or none where parents run in circles", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(), fc.nat(1)), { maxLength: 12, size: "max" }), (raw) => {
        const parents = Int32Array.from(raw, ([parent]) => parent % raw.length);
        const chosen = Uint8Array.from(raw, ([, choice]) => choice);
        for (const found of chosenAncestors(parents, chosen)) expect(found < 0 || chosen[found] === 1).to.equal(true);
      }),
      { numRuns: 500 },
    );
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
