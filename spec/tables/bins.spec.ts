import { table } from "arquero";
import { expect } from "chai";
import fc from "fast-check";
import { buildConcurrencySegments, OptionError, TableError, tableSpecs, timeBins } from "../../lib/index.js";
import { columnsOf, expectShape } from "../support/columns-of.js";
import { calls, callsTable } from "../support/traces.js";

describe("timeBins(segments, bins)", () => {
  const segments = table({ start_time: [0, 1, 3], end_time: [1, 3, 8], concurrency: [6, 0, 2] });

  it("has a row for each of the equal stretches, with the mean and the most in flight", () => {
    const bins = timeBins(segments, 4);
    expectShape(bins, tableSpecs.bins.columns);
    expect(columnsOf(bins)).to.deep.equal({
      start_time: [0, 2, 4, 6],
      end_time: [2, 4, 6, 8],
      mean_concurrency: [3, 1, 2, 2],
      peak_concurrency: [6, 2, 2, 2],
    });
  });
  it("makes a hundred if nobody says how many", () => {
    expect(timeBins(segments).numRows()).to.equal(100);
  });
  it("ends exactly with the last segment, wherever rounding would put it", () => {
    const [first, last] = [0.2, 0.9];
    expect(first + (last - first)).not.to.equal(last);
    const one = table({ start_time: [first], end_time: [last], concurrency: [1] });
    const { start_time, end_time } = columnsOf(timeBins(one, 3)) as Record<string, number[]>;
    expect(start_time[0]).to.equal(first);
    expect(end_time[2]).to.equal(last);
    expect(start_time.slice(1)).to.deep.equal(end_time.slice(0, -1));
  });
  it("has no rows where there are no segments, or they last no time or forever", () => {
    const none = buildConcurrencySegments(table({ start_time: [], end_time: [] }));
    const instant = buildConcurrencySegments(table({ start_time: [1], end_time: [1] }));
    const endless = buildConcurrencySegments(table({ start_time: [0], end_time: [Infinity] }));
    for (const each of [none, instant, endless]) {
      const bins = timeBins(each, 3);
      expectShape(bins, tableSpecs.bins.columns);
      expect(bins.numRows()).to.equal(0);
    }
  });
  it("adds up to the time in flight that the calls have", () => {
    fc.assert(
      fc.property(calls, fc.integer({ min: 1, max: 30 }), (some, n) => {
        const bins = columnsOf(timeBins(buildConcurrencySegments(callsTable(some)), n)) as Record<string, number[]>;
        const area = bins.mean_concurrency.reduce(
          (sum, mean, k) => sum + mean * (bins.end_time[k] - bins.start_time[k]),
          0,
        );
        const inFlight = some.reduce((sum, { start, end }) => sum + (end > start ? end - start : 0), 0);
        expect(area).to.be.closeTo(inFlight, 1e-9 * (1 + inFlight));
        bins.mean_concurrency.forEach((mean, k) => {
          expect(mean).to.be.at.most(bins.peak_concurrency[k] + 1e-9);
        });
      }),
    );
  });
  it("says which option is wrong, and which column is missing", () => {
    for (const bins of [0, -1, 1.5, NaN, Infinity]) {
      expect(() => timeBins(segments, bins)).to.throw(
        OptionError,
        `\`bins\` must be a positive whole number, not ${bins}.`,
      );
    }
    expect(() => timeBins(table({ start_time: [0] }))).to.throw(
      TableError,
      "timeBins: the table has no column end_time",
    );
  });
});
