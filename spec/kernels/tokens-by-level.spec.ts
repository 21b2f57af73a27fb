import { expect } from "chai";
import { tokensByLevel } from "../../lib/kernels/tokens-by-level.js";

const byLevel = (calls: readonly (readonly [start: number, end: number, tokens: number])[]) => {
  const { levels, totals, means, peaks } = tokensByLevel(
    Float64Array.from(calls, ([start]) => start),
    Float64Array.from(calls, ([, end]) => end),
    Float64Array.from(calls, ([, , tokens]) => tokens),
  );
  return Array.from(levels, (level, k) => [level, totals[k], means[k], peaks[k]]);
};

describe("tokensByLevel(starts, ends, tokens)", () => {
  it("adds up, at each level that lasts, the tokens of the calls in flight", () => {
    // prettier-ignore
    expect(byLevel([[0, 4, 100], [1, 3, 500], [6, 7, 40]])).to.deep.equal([
      [0, 2, 0, 0],
      [1, 3, (2 * 100 + 40) / 3, 100],
      [2, 2, 600, 600],
    ]);
  });
  it("takes what happens at one time as one change: two calls that touch are never in flight together", () => {
    // prettier-ignore
    expect(byLevel([[1, 2, 30], [0, 1, 10], [2, 3, 5]])).to.deep.equal([[1, 3, 15, 30]]);
  });
  it("has a call of no length in flight nowhere, but idle time reach up to it", () => {
    // prettier-ignore
    expect(byLevel([[0, 0, 999], [2, 3, 7], [2, 2, 999]])).to.deep.equal([[0, 2, 0, 0], [1, 1, 7, 7]]);
  });
  it("leaves out calls without a place in time, and takes a count that is missing or endless as 0", () => {
    // prettier-ignore
    expect(byLevel([[NaN, 2, 5], [0, NaN, 5], [3, 1, 5], [0, 2, NaN], [1, 2, Infinity]])).to.deep.equal([[1, 1, 0, 0], [2, 1, 0, 0]]);
    expect(byLevel([[NaN, 2, 5]])).to.deep.equal([]);
  });
  it("loses nothing where a large count comes and goes", () => {
    // prettier-ignore
    expect(byLevel([[0, 9, 5], [1, 2, 1e20]])).to.deep.equal([[1, 8, 5, 5], [2, 1, 1e20, 1e20]]);
  });
  it("has nothing left of fractions where no call is in flight", () => {
    const fractions = Array.from({ length: 1000 }, (_, k) => [0, 1 + k / 1000, 10 ** (k % 30) / (k + 3)] as const);
    expect(byLevel([...fractions, [4, 5, 0]])[0].slice(2)).to.deep.equal([0, 0]);
  });
  it("has no mean where a level lasts forever", () => {
    // prettier-ignore
    expect(byLevel([[0, Infinity, 8], [1, 2, 3]])).to.deep.equal([[1, Infinity, NaN, 8], [2, 1, 11, 11]]);
  });
});
