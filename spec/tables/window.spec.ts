import { table } from "arquero";
import { expect } from "chai";
import { callsCentredIn, clipSegments, tableSpecs } from "../../lib/index.js";
import { columnsOf, expectShape } from "../support/columns-of.js";

describe("clipSegments(segments, from, to)", () => {
  const segments = table({ start_time: [0, 2, 6], end_time: [2, 6, 9], concurrency: [1, 3, 2] });
  it("cuts at the borders", () => {
    const clipped = clipSegments(segments, 1, 5);
    expectShape(clipped, tableSpecs.segments.columns);
    expect(columnsOf(clipped)).to.deep.equal({
      start_time: [1, 2],
      end_time: [2, 5],
      duration: [1, 3],
      concurrency: [1, 3],
    });
  });
  it("leaves out what only touches", () => {
    expect(columnsOf(clipSegments(segments, 2, 6)).start_time).to.deep.equal([2]);
  });
  it("takes endless windows", () => {
    expect(columnsOf(clipSegments(segments, -Infinity, Infinity)).duration).to.deep.equal([2, 4, 3]);
  });
  it("is empty outside", () => {
    expectShape(clipSegments(segments, 9, 99), tableSpecs.segments.columns);
  });
});

describe("callsCentredIn(calls, from, to)", () => {
  it("keeps the calls whose midpoint lies in the half-open window, with all columns", () => {
    const calls = table({ start_time: [0, 2, 4, 8, NaN], end_time: [2, 6, 8, 8, 1], note: ["a", "b", "c", "d", "e"] });
    expect(columnsOf(callsCentredIn(calls, 1, 6))).to.deep.equal({
      start_time: [0, 2],
      end_time: [2, 6],
      note: ["a", "b"],
    });
  });
});
