import { expect } from "chai";
import fc from "fast-check";
import { stepExtremes, type Steps } from "../../lib/kernels/step-extremes.js";

const steps = (times: number[], levels: number[]): Steps => ({
  times: Float64Array.from(times),
  levels: Int32Array.from(levels),
});
const reduced = (times: number[], levels: number[], end: number, columns: number) => {
  const found = stepExtremes(Float64Array.from(times), Int32Array.from(levels), end, columns);
  return { times: [...found.times], levels: [...found.levels] };
};

/** The lowest and highest level in force in each column, one column and one step after the other. */
function extremesByColumn({ times, levels }: Steps, from: number, end: number, columns: number): [number, number][] {
  const border = (column: number) => (column === columns ? end : from + ((end - from) * column) / columns);
  return Array.from({ length: columns }, (_, column) => {
    const inForce = [...levels].filter((_, k) => {
      const left = Math.max(times[k], border(column));
      const right = Math.min(k + 1 < times.length ? times[k + 1] : end, border(column + 1));
      return left < right;
    });
    return [Math.min(...inForce), Math.max(...inForce)];
  });
}

describe("stepExtremes(times, levels, end, columns)", () => {
  it("keeps a peak and a trough that are narrower than a column, the first one first", () => {
    //                      two columns: [0, 5) with 1, 9, 1 and [5, 10) with 1, 0, 2
    expect(reduced([0, 2, 2.1, 6, 6.1], [1, 9, 1, 0, 2], 10, 2)).to.deep.equal({
      times: [0, 2.5, 5, 7.5],
      levels: [1, 9, 0, 2],
    });
  });
  it("says nothing twice: columns in which nothing changes have no step", () => {
    expect(reduced([0, 8], [3, 4], 10, 5)).to.deep.equal({ times: [0, 8], levels: [3, 4] });
  });
  it("takes what is in force from before for a part of the column", () => {
    expect(reduced([0, 7], [5, 1], 10, 2)).to.deep.equal({ times: [0, 7.5], levels: [5, 1] });
  });
  it("does not see steps of no length", () => {
    expect(reduced([0, 3, 3, 10], [1, 50, 2, 60], 10, 1)).to.deep.equal({ times: [0, 5], levels: [1, 2] });
    expect(reduced([0, 5, 5], [1, 50, 2], 10, 2)).to.deep.equal({ times: [0, 5], levels: [1, 2] });
    expect(reduced([0, 0, 5], [50, 1, 2], 10, 2)).to.deep.equal({ times: [0, 5], levels: [1, 2] });
  });

  it("has the same extremes in every column as all steps", () => {
    const time = fc.oneof(
      fc.integer({ min: -50, max: 200 }),
      fc.double({ min: 0, max: 1e6, noNaN: true }),
      fc.double({ min: 1.7e9, max: 1.7e9 + 1, noNaN: true }),
    );
    const series = fc.array(fc.tuple(time, fc.integer({ min: 0, max: 9 })), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(
        series,
        fc.double({ min: 0.5, max: 100, noNaN: true }),
        fc.integer({ min: 1, max: 40 }),
        (rows, rest, columns) => {
          const times = rows.map(([at]) => at).sort((a, b) => a - b);
          const all = steps(
            times,
            rows.map(([, level]) => level),
          );
          const end = times[times.length - 1] + rest;
          const seen = stepExtremes(all.times, all.levels, end, columns);
          expect(extremesByColumn(seen, times[0], end, columns)).to.deep.equal(
            extremesByColumn(all, times[0], end, columns),
          );
          expect(seen.times.length).to.be.at.most(2 * columns);
        },
      ),
      { numRuns: 500 },
    );
  });
});
