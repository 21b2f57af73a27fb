import { table } from "arquero";
import { expect } from "chai";
import { buildConcurrencySegments, tableSpecs } from "../../lib/index.js";
import { columnsOf, expectShape } from "../support/columns-of.js";

const rows = (starts: number[], ends: number[], coalesce = true) => {
  const { start_time, end_time, concurrency } = columnsOf(
    buildConcurrencySegments(table({ start_time: starts, end_time: ends }), { coalesce }),
  );
  return start_time.map((start, i) => [start, end_time[i], concurrency[i]]);
};

describe("buildConcurrencySegments(calls)", () => {
  it("has the declared columns, with calls and without", () => {
    expectShape(buildConcurrencySegments(table({ start_time: [0], end_time: [1] })), tableSpecs.segments.columns);
    expectShape(buildConcurrencySegments(table({ start_time: [], end_time: [] })), tableSpecs.segments.columns);
  });
  it("cuts time where the level changes, idle gaps included", () => {
    expect(rows([0, 1, 6], [4, 3, 8])).to.deep.equal([
      [0, 1, 1],
      [1, 3, 2],
      [3, 4, 1],
      [4, 6, 0],
      [6, 8, 1],
    ]);
  });
  it("is half-open: calls that touch never overlap, and are one segment unless kept apart", () => {
    expect(rows([0, 2], [2, 5])).to.deep.equal([[0, 5, 1]]);
    expect(rows([0, 2], [2, 5], false)).to.deep.equal([
      [0, 2, 1],
      [2, 5, 1],
    ]);
  });
  it("splits at a call of no length only where neighbours are kept apart", () => {
    expect(rows([0, 2], [4, 2])).to.deep.equal([[0, 4, 1]]);
    expect(rows([0, 2], [4, 2], false)).to.deep.equal([
      [0, 2, 1],
      [2, 4, 1],
    ]);
  });
  it("leaves out calls with a missing bound, or that end before they start", () => {
    expect(rows([0, NaN, 1, 9], [2, 5, NaN, 8])).to.deep.equal([[0, 2, 1]]);
  });
  it("takes equal calls together", () => {
    expect(rows([1, 1, 1], [2, 2, 2])).to.deep.equal([[1, 2, 3]]);
  });
  it("states the duration", () => {
    const segments = buildConcurrencySegments(table({ start_time: [0, 2], end_time: [5, 3] }));
    expect(columnsOf(segments).duration).to.deep.equal([2, 1, 2]);
  });
});
