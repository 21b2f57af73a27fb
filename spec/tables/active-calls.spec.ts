import { table } from "arquero";
import { expect } from "chai";
import { findCallsActiveInInterval } from "../../lib/index.js";
import { columnsOf } from "../support/columns-of.js";

describe("findCallsActiveInInterval(calls, start, end)", () => {
  const active = (starts: (number | null)[], ends: (number | null)[], start = 2, end = 4) =>
    columnsOf(
      findCallsActiveInInterval(table({ start_time: starts, end_time: ends, at: [...starts.keys()] }), start, end),
    ).at;
  it("keeps the calls that overlap, and not those that touch", () => {
    expect(active([0, 1, 2, 3, 4, 0], [2, 3, 4, 9, 5, 9])).to.deep.equal([1, 2, 3, 5]);
  });
  it("keeps a call whose end or start is missing unless the other bound keeps it out", () => {
    expect(active([1, 5, null, null, NaN], [null, NaN, 3, 2, NaN])).to.deep.equal([0, 2, 4]);
  });
  it("keeps a call of no length within, and drops one that ends before it starts", () => {
    expect(active([3, 2, 3.5], [3, 2, 3])).to.deep.equal([0]);
  });
  it("keeps all columns and the order", () => {
    const calls = table({ note: ["x", "y"], end_time: [9, 9], start_time: [1, 0] });
    expect(columnsOf(findCallsActiveInInterval(calls, 0, 9))).to.deep.equal(columnsOf(calls));
    expect(findCallsActiveInInterval(calls, 90, 99).columnNames()).to.deep.equal(["note", "end_time", "start_time"]);
  });
});
