import { expect } from "chai";
import fc from "fast-check";
import { sort } from "../../lib/kernels/sort.js";
import { corner, manySizes, numbersOf } from "../support/corners.js";
import { seeded } from "../support/random.js";
import { sameNumbers } from "../support/same-numbers.js";

const N = 3000;
const random = seeded(7);
const shapes: Record<string, Float64Array> = {
  sorted: Float64Array.from({ length: N }, (_, i) => i),
  reversed: Float64Array.from({ length: N }, (_, i) => -i),
  "nearly sorted": Float64Array.from({ length: N }, (_, i) => i + 8 * random()),
  "spread out": Float64Array.from({ length: N }, () => random()),
  "all equal but one": Float64Array.from({ length: N }, (_, i) => (i === 5 ? -1 : 3)),
  "one far outlier": Float64Array.from({ length: N }, (_, i) => (i === 7 ? 1e300 : random())),
  "two clusters": Float64Array.from({ length: N }, (_, i) => (i % 2) * 1e9 + random()),
  denormal: Float64Array.from({ length: N }, () => Math.floor(random() * 50) * Number.MIN_VALUE),
  "near 2^53": Float64Array.from({ length: N }, () => 2 ** 53 - Math.floor(random() * 1000)),
  "a span that overflows": Float64Array.from({ length: N }, (_, i) => (i % 3 === 0 ? -1.7e308 : 1.7e308 * random())),
  "with infinities": Float64Array.from({ length: N }, (_, i) =>
    i % 9 === 0 ? Infinity : i % 11 === 0 ? -Infinity : random(),
  ),
  "just below whole numbers": Float64Array.from({ length: N }, () => Math.floor(random() * N) - 1e-12),
};

describe("sort(values)", () => {
  for (const [shape, values] of Object.entries(shapes)) {
    it(`sorts ${String(N)} values that are ${shape}, and leaves them as they were`, () => {
      const before = values.slice();
      expect(sort(values)).to.deep.equal(Float64Array.from([...values].sort((a, b) => a - b)));
      expect(values).to.deep.equal(before);
    });
  }

  it("sorts any numbers as the engine does", () => {
    fc.assert(
      fc.property(fc.float64Array({ maxLength: 200, size: "max", noNaN: true }), (values) => {
        const plain = values.map((v) => v + 0); // the order of 0 and -0 is not defined
        expect(sort(plain)).to.deep.equal(plain.slice().sort());
      }),
      { numRuns: 1000 },
    );
  });

  const asTheEngine = (values: Float64Array) => {
    const before = values.slice();
    const zeros = (of: Float64Array) => of.filter((v) => Object.is(v, -0)).length;
    const sorted = sort(values);
    sameNumbers(sorted, before.slice().sort());
    expect(zeros(sorted), "zeros below zero").to.equal(zeros(before));
    sameNumbers(values, before);
  };
  it("sorts every corner as the engine does, and leaves it as it was", () => {
    fc.assert(
      fc.property(corner(), (c) => {
        asTheEngine(numbersOf(c));
      }),
      { numRuns: 3000 },
    );
  });
  it("sorts every corner of thousands of values, so that crowded buckets have buckets of their own", () => {
    fc.assert(
      fc.property(corner(manySizes), (c) => {
        asTheEngine(numbersOf(c));
      }),
      { numRuns: 60 },
    );
  });
});
