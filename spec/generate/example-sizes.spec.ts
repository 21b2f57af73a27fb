import { expect } from "chai";
import fc from "fast-check";
import { mean, standardDeviation } from "simple-statistics";
import { exampleSizes } from "../../lib/generate/example-sizes.js";
import { randomStreams } from "../../lib/generate/random.js";

const sizes = (calls: number, examples: number, seed = 1): number[] => [
  ...exampleSizes(randomStreams(seed).sizes, calls, examples),
];

describe("exampleSizes(random, calls, examples)", () => {
  it("adds up to the calls, with one at least for each example", () => {
    const cases = fc.record({ examples: fc.integer({ min: 1, max: 60 }), more: fc.nat(600), seed: fc.nat() });
    fc.assert(
      fc.property(cases, ({ examples, more, seed }) => {
        const drawn = sizes(examples + more, examples, seed);
        expect(drawn.length).to.equal(examples);
        expect(drawn.reduce((sum, size) => sum + size, 0)).to.equal(examples + more);
        expect(drawn.every((size) => Number.isInteger(size) && size >= 1)).to.equal(true);
      }),
      { numRuns: 300 },
    );
  });

  it("gives early and late examples as many, though each as chance will have it", () => {
    const drawn = sizes(120_000, 10_000);
    expect(mean(drawn.slice(0, 3000))).to.be.closeTo(12, 0.8);
    expect(mean(drawn.slice(-3000))).to.be.closeTo(12, 0.8);
    expect(standardDeviation(drawn)).to.be.within(6, 12);
  });

  it("gives few further calls to examples all over, not to the first ones", () => {
    const drawn = sizes(12_000, 10_000);
    expect(mean(drawn.slice(0, 3000))).to.be.closeTo(1.2, 0.05);
    expect(mean(drawn.slice(-3000))).to.be.closeTo(1.2, 0.05);
  });
});
