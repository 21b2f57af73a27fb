import { table } from "arquero";
import { expect } from "chai";
import { distributionChart, TableError } from "../../../lib/index.js";
import { dataOf, subtitleOf } from "../../support/chart-parts.js";

describe("distributionChart(distribution)", () => {
  const wide = table({
    concurrency: Int32Array.from({ length: 1000 }, (_, level) => level),
    total_time: Float64Array.from({ length: 1000 }, (_, level) => (level % 7) / 10),
  });

  it("sums over several levels where they are too many for a bar each, exactly, and says so", () => {
    const spec = distributionChart(wide, { width: 400 });
    expect(subtitleOf(spec)[1]).to.equal("1,000 levels shown as 100 sums of 10");
    const rows = dataOf(spec);
    expect(rows).to.have.length(100);
    expect(rows[99].levels).to.equal("990–999");
    const total = Array.from({ length: 10 }, (_, k) => ((990 + k) % 7) / 10).reduce((sum, time) => sum + time, 0);
    expect(rows[99].time).to.be.closeTo(total, 1e-3);
  });
  it("has a bar for each level where there is room", () => {
    const spec = distributionChart(wide, { width: 4000 });
    expect(dataOf(spec)).to.have.length(1000);
    expect(subtitleOf(spec)).to.have.length(1);
  });
  it("leaves out time without an end", () => {
    const endless = table({ concurrency: [0, 1], total_time: [2, Infinity] });
    expect(dataOf(distributionChart(endless)).map(({ time }) => time)).to.deep.equal([2, 0]);
  });
  it("says which column is missing", () => {
    expect(() => distributionChart(table({ concurrency: [0] }))).to.throw(
      TableError,
      /distributionChart: .* no column total_time/,
    );
  });
});
