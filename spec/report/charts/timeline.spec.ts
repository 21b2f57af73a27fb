import { table } from "arquero";
import { expect } from "chai";
import { buildConcurrencySegments, OptionError, TableError, timelineChart } from "../../../lib/index.js";
import { dataOf, subtitleOf } from "../../support/chart-parts.js";

const segments = (rows: [start: number, end: number, concurrency: number][]) =>
  table({
    start_time: rows.map(([start]) => start),
    end_time: rows.map(([, end]) => end),
    concurrency: rows.map(([, , concurrency]) => concurrency),
  });
const steps = (rows: [start: number, end: number, concurrency: number][]) =>
  dataOf(timelineChart(segments(rows))).map(({ time, concurrency }) => [time, concurrency]);

describe("timelineChart(segments)", () => {
  it("has a step for each segment, and one that ends the last", () => {
    // prettier-ignore
    expect(steps([[0, 1, 2], [1, 4, 5]])).to.deep.equal([[0, 2], [1, 5], [4, 0]]);
  });
  it("falls to 0 where there is a gap, as in a table that was filtered", () => {
    // prettier-ignore
    expect(steps([[0, 1, 2], [3, 4, 5]])).to.deep.equal([[0, 2], [1, 0], [3, 5], [4, 0]]);
  });
  it("leaves out what has no end or no beginning", () => {
    // prettier-ignore
    expect(steps([[-Infinity, 1, 2], [1, 4, 5], [4, Infinity, 1]])).to.deep.equal([[1, 5], [4, 0]]);
  });
  it("counts the spikes, and marks none without a threshold", () => {
    const three = segments([
      [0, 1, 2],
      [1, 4, 5],
      [4, 6, 3],
    ]);
    expect(subtitleOf(timelineChart(three, { threshold: 3 }))).to.deep.equal(["5 at the peak; 2 spikes of 3 or more"]);
    expect(subtitleOf(timelineChart(three))).to.deep.equal(["5 at the peak"]);
    expect(timelineChart(three).layer).to.have.length(1);
    expect(timelineChart(three, { threshold: 3 }).layer).to.have.length(3);
  });
  it("rounds times by less than can be seen", () => {
    const [, { time }] = dataOf(timelineChart(segments([[0, 1 / 3, 2], [1 / 3, 100, 1]]), { width: 100 })); // prettier-ignore
    expect(time).to.equal(0.33); // a pixel is a second
  });

  describe("of more segments than can be seen", () => {
    const n = 10_000;
    const levels = Int32Array.from({ length: n }, (_, i) => (i === 7777 ? 99 : i === 1234 ? 0 : 3 + ((i * 7919) % 11)));
    const times = Float64Array.from({ length: n + 1 }, (_, i) => i / 100);
    const many = table({ start_time: times.subarray(0, n), end_time: times.subarray(1), concurrency: levels });
    const spec = timelineChart(many, { width: 50, threshold: 90 });
    const shown = dataOf(spec) as { time: number; concurrency: number }[];

    it("says so", () => {
      expect(subtitleOf(spec)).to.deep.equal([
        "99 at the peak; 1 spike of 90 or more",
        `10,000 segments shown as ${shown.length - 1} steps; every peak is kept`,
      ]);
      expect(shown.length - 1).to.be.within(50, 100);
    });
    it("shows in each column of pixels the lowest and the highest level", () => {
      for (let column = 0; column < 50; column++) {
        // what is in force where the column begins, and what begins in it
        const first = shown.findLastIndex(({ time }) => time <= column * 2);
        const behind = shown.findIndex(({ time }) => time >= (column + 1) * 2);
        const seen = shown.slice(first, behind).map(({ concurrency }) => concurrency);
        const all = [...levels.subarray(column * 200, (column + 1) * 200)];
        expect([Math.min(...seen), Math.max(...seen)], String(column)).to.deep.equal([
          Math.min(...all),
          Math.max(...all),
        ]);
      }
    });
    it("shows all of them where two fit into a column", () => {
      expect(dataOf(timelineChart(many, { width: n / 2 }))).to.have.length(n + 1);
      expect(dataOf(timelineChart(many, { width: n / 2 - 1 })).length).to.be.below(n);
    });
  });

  it("says which column is missing, and which option is wrong", () => {
    expect(() => timelineChart(table({ start_time: [0] }))).to.throw(
      TableError,
      /timelineChart: .* no column end_time/,
    );
    const one = buildConcurrencySegments(table({ start_time: [0], end_time: [1] }));
    expect(() => timelineChart(one, { width: 0 })).to.throw(
      OptionError,
      "`width` must be a whole number of pixels from 1 to 20000, not 0.",
    );
    expect(() => timelineChart(one, { theme: "grey" as "dark" })).to.throw(
      OptionError,
      '`theme` must be "light" or "dark", not "grey".',
    );
    expect(() => timelineChart(one, { threshold: 1.5 })).to.throw(
      OptionError,
      "`threshold` must be a whole number, not 1.5.",
    );
  });
});
