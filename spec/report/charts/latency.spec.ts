import { table } from "arquero";
import { expect } from "chai";
import { latencyChart } from "../../../lib/index.js";
import { dataOf, subtitleOf } from "../../support/chart-parts.js";

describe("latencyChart(latency)", () => {
  it("is the mean over the calls of several levels where they are too many for a bar each, and says so", () => {
    const n = 20;
    const spec = latencyChart(
      table({
        concurrency: Int32Array.from({ length: n }, (_, i) => i + 1),
        calls: Int32Array.from({ length: n }, (_, i) => (i < 4 ? 1 : 3)),
        mean_latency: Float64Array.from({ length: n }, (_, i) => (i < 4 ? 10 : 2)),
      }),
      { width: 16 },
    );
    // four bars at most: sums of 10, from 0 on
    expect(dataOf(spec)).to.deep.equal([
      { concurrency: 0, calls: 19, latency: 3.6842, levels: "0–9" },
      { concurrency: 10, calls: 30, latency: 2, levels: "10–19" },
      { concurrency: 20, calls: 3, latency: 2, levels: "20–29" },
    ]);
    expect(subtitleOf(spec)).to.deep.equal(["52 calls, 2.62 s on average", "20 levels shown as 3 means over 10"]);
  });
  it("has no bar where no duration is known", () => {
    const unknown = table({ concurrency: [1, 2], calls: [1, 1], mean_latency: [NaN, 2] });
    expect(dataOf(latencyChart(unknown)).map(({ latency }) => latency)).to.deep.equal([null, 2]);
  });
});
