import { table } from "arquero";
import { expect } from "chai";
import { alignToStart } from "../../lib/index.js";
import { columnsOf } from "../support/columns-of.js";

describe("alignToStart(calls)", () => {
  it("moves each example so that its first call starts at 0, and keeps the other columns", () => {
    const calls = table({
      example_number: [0, 1, 0, 1],
      start_time: [7, 20, 5, 23],
      end_time: [8, 21, 6, 29],
      note: ["a", "b", "c", "d"],
    });
    expect(columnsOf(alignToStart(calls))).to.deep.equal({
      example_number: [0, 1, 0, 1],
      start_time: [2, 0, 0, 3],
      end_time: [3, 1, 1, 9],
      note: ["a", "b", "c", "d"],
    });
  });
  it("does not take a missing start for the first", () => {
    const calls = table({ example_number: [0, 0, 0], start_time: [5, NaN, 6], end_time: [7, 8, NaN] });
    expect(columnsOf(alignToStart(calls))).to.deep.include({ start_time: [0, NaN, 1], end_time: [2, 3, NaN] });
  });
  it("keeps an empty table empty", () => {
    expect(alignToStart(table({ example_number: [], start_time: [], end_time: [] })).numRows()).to.equal(0);
  });
});
