import { table } from "arquero";
import { expect } from "chai";
import { buildConcurrencySegments, computeMidpointConcurrency } from "../../lib/index.js";
import { columnsOf } from "../support/columns-of.js";

describe("computeMidpointConcurrency(calls, segments)", () => {
  it("is the level of the segment that holds the midpoint; on a border, of the later one", () => {
    const calls = table({ name: ["x", "y", "z"], start_time: [0, 1, 2], end_time: [4, 3, 8] });
    const segments = buildConcurrencySegments(calls); // [0,1) 1, [1,2) 2, [2,3) 3, [3,4) 2, [4,8) 1
    expect(columnsOf(computeMidpointConcurrency(calls, segments))).to.deep.equal({
      ...columnsOf(calls),
      midpoint_concurrency: [3, 3, 1],
    });
  });
  it("is an Int32 column behind the others", () => {
    const calls = table({ start_time: [0], end_time: [4] });
    const column = computeMidpointConcurrency(calls, buildConcurrencySegments(calls)).column("midpoint_concurrency");
    expect(column).to.deep.equal(Int32Array.of(1));
  });
  it("is 0 for a call of no length, without a bound, and outside all segments", () => {
    const calls = table({ start_time: [1, NaN, 1, 20, 5], end_time: [1, 2, NaN, 22, 3] });
    const segments = table({ start_time: [0], end_time: [10], concurrency: [7] });
    expect(columnsOf(computeMidpointConcurrency(calls, segments)).midpoint_concurrency).to.deep.equal([0, 0, 0, 0, 0]);
  });
  it("is empty for no calls, and 0 for no segments", () => {
    const none = table({ start_time: [], end_time: [], concurrency: [] });
    expect(computeMidpointConcurrency(none, none).numRows()).to.equal(0);
    const calls = table({ start_time: [0], end_time: [1] });
    expect(computeMidpointConcurrency(calls, none).get("midpoint_concurrency")).to.equal(0);
  });
});
