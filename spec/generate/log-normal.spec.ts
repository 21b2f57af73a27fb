import { expect } from "chai";
import { mean, medianSorted, standardDeviation } from "simple-statistics";
import { logNormal } from "../../lib/generate/log-normal.js";
import { randomStreams } from "../../lib/generate/random.js";

describe("logNormal(random, mean, cv)", () => {
  const draws = (mean: number, cv: number, seed = 5): number[] => {
    const draw = logNormal(randomStreams(seed).work, mean, cv);
    return Array.from({ length: 40_000 }, draw);
  };

  for (const [m, cv] of [
    [3, 0.3],
    [0.08, 0.8],
    [500, 1.5],
  ]) {
    it(`has the mean ${m}, the coefficient of variation ${cv} and the median that follow from them`, () => {
      const values = draws(m, cv);
      const sorted = values.slice().sort((a, b) => a - b);
      expect(mean(values) / m).to.be.closeTo(1, 0.02);
      expect(standardDeviation(values) / mean(values) / cv).to.be.closeTo(1, 0.08);
      expect(medianSorted(sorted) / (m / Math.sqrt(1 + cv * cv))).to.be.closeTo(1, 0.03);
    });
  }

  it("is the mean itself where nothing varies", () => {
    expect(new Set(draws(3, 0))).to.deep.equal(new Set([3]));
  });
});
