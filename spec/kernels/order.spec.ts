import { expect } from "chai";
import { eventOrder, intervalOrder } from "../../lib/kernels/order.js";

describe("eventOrder(examples, times)", () => {
  const order = (examples: number[], times: number[]) => [
    ...eventOrder(Int32Array.from(examples), Float64Array.from(times)),
  ];
  it("is by example, then by time", () => {
    expect(order([1, 0, 1, 0], [5, 9, 4, 8])).to.deep.equal([3, 1, 2, 0]);
  });
  it("leaves equal ones as they are", () => {
    expect(order([0, 0, 0, 0], [2, 1, 2, 1])).to.deep.equal([1, 3, 0, 2]);
    expect(order([0, 0], [-0, 0])).to.deep.equal([0, 1]);
  });
  it("puts a missing time last in its example, behind Infinity", () => {
    expect(order([0, 0, 0, 1, 0], [NaN, Infinity, NaN, 0, 1])).to.deep.equal([4, 1, 0, 2, 3]);
  });
  it("takes examples that are few and far between", () => {
    expect(order([2_000_000_000, 7, 2_000_000_000], [1, 2, 0])).to.deep.equal([1, 2, 0]);
  });
  it("is empty for none", () => {
    expect(order([], [])).to.deep.equal([]);
  });
});

describe("intervalOrder(examples, starts, ends)", () => {
  const order = (examples: number[], starts: number[], ends: number[]) => [
    ...intervalOrder(Int32Array.from(examples), Float64Array.from(starts), Float64Array.from(ends)),
  ];
  it("puts a holder before what it holds: start ascending, then end descending, then as they are", () => {
    expect(order([0, 0, 0, 0], [1, 0, 0, 0], [2, 1, 5, 1])).to.deep.equal([2, 1, 3, 0]);
  });
  it("keeps examples apart", () => {
    expect(order([1, 0, 1], [0, 0, 0], [1, 1, 9])).to.deep.equal([1, 2, 0]);
  });
  it("leaves out what has no place in time", () => {
    expect(order([0, 0, 0, 0], [NaN, 2, 3, 1], [1, NaN, 2, 1])).to.deep.equal([3]);
  });
});
