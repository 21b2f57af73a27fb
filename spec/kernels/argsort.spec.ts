import { expect } from "chai";
import fc from "fast-check";
import { argsort } from "../../lib/kernels/argsort.js";
import { corner, type Corner, manySizes, numbersOf } from "../support/corners.js";
import { sameNumbers } from "../support/same-numbers.js";

describe("argsort(keys)", () => {
  it("lists positions in ascending order, equal ones as they are, missing ones last", () => {
    expect([...argsort(Float64Array.of(2, NaN, 1, 2, Infinity, 0, -0))]).to.deep.equal([5, 6, 2, 0, 3, 4, 1]);
    expect([...argsort(Float64Array.of(NaN, NaN))]).to.deep.equal([0, 1]);
    expect([...argsort(new Float64Array(0))]).to.deep.equal([]);
  });

  const asTheEngine = (c: Corner, gaps: number) => {
    const keys = numbersOf(c).map((key, i) => (i % gaps === 1 ? NaN : key));
    const rank = (i: number, j: number) => Number(keys[i] > keys[j]) - Number(keys[i] < keys[j]);
    const [missing, there] = [[...keys.keys()].filter((i) => Number.isNaN(keys[i])), [...keys.keys()]];
    const sorted = there.filter((i) => !Number.isNaN(keys[i])).sort((i, j) => rank(i, j) || i - j);
    sameNumbers(argsort(keys), [...sorted, ...missing]);
  };
  const gaps = fc.constantFrom(1, 2, 3, 10, 1e9); // every key but the second missing, …, the second alone
  it("agrees with the engine in every corner", () => {
    fc.assert(fc.property(corner(), gaps, asTheEngine), { numRuns: 3000 });
    fc.assert(fc.property(corner(manySizes), gaps, asTheEngine), { numRuns: 30 });
  });
});
