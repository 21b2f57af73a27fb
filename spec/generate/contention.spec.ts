import { expect } from "chai";
import { contentionFactor } from "../../lib/generate/contention.js";

describe("contentionFactor(inFlight, sigma, kappa)", () => {
  const factors = (sigma: number, kappa: number): number[] =>
    [1, 2, 3, 10].map((n) => contentionFactor(n, sigma, kappa));

  it("is 1 + σ(N − 1) + κN(N − 1)", () => {
    expect(factors(0, 0)).to.deep.equal([1, 1, 1, 1]);
    expect(factors(0.5, 0)).to.deep.equal([1, 1.5, 2, 5.5]);
    expect(factors(0, 0.25)).to.deep.equal([1, 1.5, 2.5, 23.5]);
    expect(factors(0.5, 0.25)).to.deep.equal([1, 2, 3.5, 28]);
  });
});
