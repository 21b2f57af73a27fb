import { expect } from "chai";
import fc from "fast-check";
import { gridOver, lastAtOrBefore } from "../../lib/kernels/rank.js";
import { corner, manySizes, numbersOf, sizes } from "../support/corners.js";
import { sameNumbers } from "../support/same-numbers.js";

const fast = (bounds: Float64Array, values: Float64Array): number[] => {
  const grid = gridOver(bounds);
  return Array.from(values, (v) => lastAtOrBefore(grid, v));
};
const slow = (bounds: Float64Array, values: Float64Array): number[] =>
  Array.from(values, (v) => bounds.filter((bound) => bound <= v).length - 1);

describe("lastAtOrBefore(gridOver(bounds), value)", () => {
  it("is the position of the last bound at or below the value", () => {
    const values = Float64Array.of(-1, 0, 1, 1.5, 2, 3, NaN);
    expect(fast(Float64Array.of(0, 1, 1, 2), values)).to.deep.equal([-1, 0, 2, 2, 3, 3, -1]);
    expect(fast(Float64Array.of(1), values)).to.deep.equal([-1, -1, 0, 0, 0, 0, -1]);
  });

  it("agrees with counting, on any numbers", () => {
    const numbers = fc.oneof(
      fc.integer({ min: 0, max: 30 }),
      fc.double({ noNaN: true }),
      fc.constantFrom(1e300, -1e300, 5e-324),
    );
    const list = (minLength: number) =>
      fc.array(numbers, { minLength, maxLength: 80, size: "max" }).map((values) => Float64Array.from(values));
    fc.assert(
      fc.property(list(1), list(0), (some, values) => {
        const bounds = some.slice().sort();
        expect(fast(bounds, values)).to.deep.equal(slow(bounds, values));
      }),
      { numRuns: 2000 },
    );
  });

  it("agrees where all bounds crowd in one cell", () => {
    const bounds = Float64Array.from({ length: 500 }, (_, i) => i * 1e-9);
    bounds[499] = 1e9;
    const values = Float64Array.from({ length: 700 }, (_, i) => (i - 50) * 1e-9);
    expect(fast(bounds, values)).to.deep.equal(slow(bounds, values));
  });

  it("agrees with counting in every corner: at each bound, between two and beyond them", () => {
    fc.assert(
      fc.property(corner(sizes), (c) => {
        const bounds = numbersOf({ ...c, size: c.size + 1 }).sort();
        const between = bounds.map((bound, i) => 0.5 * bound + 0.5 * bounds[Math.max(0, i - 1)]);
        const beyond = [-Infinity, -1e308, -0, 0, 5e-324, 1e308, Infinity, NaN];
        const values = Float64Array.of(
          ...bounds,
          ...between,
          ...bounds.map((bound) => bound * (1 + 2 ** -52)),
          ...beyond,
        );
        sameNumbers(fast(bounds, values), slow(bounds, values));
      }),
      { numRuns: 1000 },
    );
  });

  it("agrees with counting among thousands of bounds", () => {
    fc.assert(
      fc.property(corner(manySizes), corner(sizes), (c, d) => {
        const bounds = numbersOf(c).sort();
        const values = Float64Array.of(...numbersOf(d), ...bounds.filter((_, i) => i % 97 === 0));
        sameNumbers(fast(bounds, values), slow(bounds, values));
      }),
      { numRuns: 30 },
    );
  });
});
