import { table } from "arquero";
import { expect } from "chai";
import { binsTimelineChart, OptionError, TableError } from "../../../lib/index.js";
import { dataOf, subtitleOf } from "../../support/chart-parts.js";

const bins = (peaks: number[], means: number[]) =>
  table({
    start_time: peaks.map((_, k) => 2 * k),
    end_time: peaks.map((_, k) => 2 * k + 2),
    mean_concurrency: means,
    peak_concurrency: peaks,
  });
const three = bins([4, 9, 5], [1.5, 6, 5]);

describe("binsTimelineChart(bins)", () => {
  it("has a step for each stretch, with its most and its mean, and one that ends the last", () => {
    expect(dataOf(binsTimelineChart(three))).to.deep.equal([
      { time: 0, concurrency: 4, mean: 1.5 },
      { time: 2, concurrency: 9, mean: 6 },
      { time: 4, concurrency: 5, mean: 5 },
      { time: 6, concurrency: 0, mean: 5 },
    ]);
  });
  it("tells the peak, how many stretches reach the threshold, and what is drawn", () => {
    expect(subtitleOf(binsTimelineChart(three, { threshold: 5 }))).to.deep.equal([
      "9 at the peak; 5 or more in 2 stretches",
      "the most and the mean in each of 3 stretches of time",
    ]);
    expect(subtitleOf(binsTimelineChart(bins([3], [2])))).to.deep.equal([
      "3 at the peak",
      "the most and the mean in each of 1 stretch of time",
    ]);
  });
  it("marks nothing without a threshold", () => {
    expect(binsTimelineChart(three).layer).to.have.length(2);
    expect(binsTimelineChart(three, { threshold: 5 }).layer).to.have.length(4);
  });
  it("takes neighbours together where more than two fall into a column of pixels: the highest peak, the mean of the means", () => {
    const many = bins([1, 7, 2, 3, 9], [1, 5, 2, 3, 4]);
    expect(dataOf(binsTimelineChart(many, { width: 3 }))).to.have.length(6);
    expect(dataOf(binsTimelineChart(many, { width: 2 }))).to.deep.equal([
      { time: 0, concurrency: 7, mean: 3 },
      { time: 4, concurrency: 3, mean: 2.5 },
      { time: 8, concurrency: 9, mean: 4 },
      { time: 10, concurrency: 0, mean: 4 },
    ]);
  });
  it("says which column is missing, and which option is wrong", () => {
    expect(() => binsTimelineChart(table({ end_time: [0] }))).to.throw(TableError, /binsTimelineChart: .* no column/);
    expect(() => binsTimelineChart(three, { width: 0 })).to.throw(OptionError, "`width` must be a whole number");
  });
});
