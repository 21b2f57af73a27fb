import { expect } from "chai";
import fc from "fast-check";
import { meanByLevel } from "../../lib/kernels/mean-by-level.js";
import { sameNumbers } from "../support/same-numbers.js";

describe("meanByLevel(levels, values)", () => {
  it("counts and averages at each level that occurs, missing values left out", () => {
    expect(meanByLevel(Int32Array.of(2, 0, 2, 5), Float64Array.of(1, 4, 2, NaN))).to.deep.equal({
      levels: Int32Array.of(0, 2),
      counts: Int32Array.of(1, 2),
      means: Float64Array.of(4, 1.5),
    });
  });

  it("loses nothing where large values cancel", () => {
    expect(meanByLevel(new Int32Array(4), Float64Array.of(1e16, 1, 1, -1e16)).means).to.deep.equal(
      Float64Array.of(0.5),
    );
  });

  it("is empty for no values, and where all are missing", () => {
    for (const values of [[], [NaN, NaN]])
      expect(meanByLevel(new Int32Array(values.length), Float64Array.from(values)).levels).to.have.length(0);
  });

  it("agrees with exact sums, whatever the order and the signs", () => {
    const value = fc.oneof(fc.maxSafeInteger(), fc.integer(), fc.constantFrom(2 ** 53, -(2 ** 53), NaN));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(4), value), { maxLength: 100, size: "max" }), (rows) => {
        const groups = new Map<number, number[]>();
        for (const [level, v] of rows) {
          if (!Number.isNaN(v)) groups.set(level, [...(groups.get(level) ?? []), v]);
        }
        const levels = [...groups.keys()].sort((a, b) => a - b);
        const of = (level: number) => groups.get(level) as number[];
        const found = meanByLevel(
          Int32Array.from(rows, ([level]) => level),
          Float64Array.from(rows, ([, v]) => v),
        );
        sameNumbers(found.levels, levels, "levels");
        sameNumbers(
          found.counts,
          levels.map((level) => of(level).length),
          "counts",
        );
        const sums = levels.map((level) => of(level).reduce((sum, v) => sum + BigInt(v), 0n));
        sameNumbers(
          found.means,
          sums.map((sum, k) => Number(sum) / found.counts[k]),
          "means",
        );
      }),
      { numRuns: 1000 },
    );
  });
});
