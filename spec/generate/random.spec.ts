import { expect } from "chai";
import { mean, sampleCorrelation, variance } from "simple-statistics";
import { randomStreams } from "../../lib/generate/random.js";

const numbers = (seed: number, stream: "arrivals" | "work"): number[] =>
  Array.from({ length: 20_000 }, randomStreams(seed)[stream]);

describe("randomStreams(seed)", () => {
  it("gives the same numbers for the same seed, others for another", () => {
    expect(numbers(7, "work")).to.deep.equal(numbers(7, "work"));
    expect(numbers(7, "work")).to.not.deep.equal(numbers(8, "work"));
  });

  it("spreads them evenly from 0 to 1", () => {
    const drawn = numbers(0, "arrivals");
    expect(drawn.every((value) => value >= 0 && value < 1)).to.equal(true);
    expect(mean(drawn)).to.be.closeTo(0.5, 0.01);
    expect(variance(drawn)).to.be.closeTo(1 / 12, 0.002);
  });

  it("has streams that know nothing of each other, and neighbouring seeds neither", () => {
    expect(sampleCorrelation(numbers(7, "work"), numbers(7, "arrivals"))).to.be.closeTo(0, 0.03);
    expect(sampleCorrelation(numbers(7, "work"), numbers(8, "work"))).to.be.closeTo(0, 0.03);
  });
});
