import { expect } from "chai";
import fc from "fast-check";
import { rank } from "../../lib/kernels/rank.js";

const slow = (bounds: Float64Array, values: Float64Array, orEqual: boolean): number[] =>
  Array.from(values, (v) => bounds.filter((bound) => bound < v || (orEqual && bound === v)).length);

describe("rank(bounds, values, orEqual)", () => {
  it("counts the bounds below, or at or below, each value", () => {
    const bounds = Float64Array.of(0, 1, 1, 2);
    const values = Float64Array.of(-1, 0, 1, 1.5, 2, 3, NaN);
    expect([...rank(bounds, values, false)]).to.deep.equal([0, 0, 1, 3, 3, 4, 0]);
    expect([...rank(bounds, values, true)]).to.deep.equal([0, 1, 3, 3, 4, 4, 0]);
  });

  it("is 0 where there are no bounds", () => {
    expect([...rank(new Float64Array(0), Float64Array.of(1), true)]).to.deep.equal([0]);
  });

  it("agrees with counting, on any numbers", () => {
    const numbers = fc.oneof(
      fc.integer({ min: 0, max: 30 }),
      fc.double({ noNaN: true }),
      fc.constantFrom(1e300, -1e300, 5e-324),
    );
    const list = fc.array(numbers, { maxLength: 80 }).map((values) => Float64Array.from(values));
    fc.assert(
      fc.property(list, list, fc.boolean(), (some, values, orEqual) => {
        const bounds = some.slice().sort();
        expect([...rank(bounds, values, orEqual)]).to.deep.equal(slow(bounds, values, orEqual));
      }),
      { numRuns: 2000 },
    );
  });

  it("agrees where all bounds crowd in one cell", () => {
    const bounds = Float64Array.from({ length: 500 }, (_, i) => i * 1e-9);
    bounds[499] = 1e9;
    const values = Float64Array.from({ length: 700 }, (_, i) => (i - 50) * 1e-9);
    for (const orEqual of [true, false])
      expect([...rank(bounds, values, orEqual)]).to.deep.equal(slow(bounds, values, orEqual));
  });
});
