import { expect } from "chai";
import { distribution } from "../../lib/kernels/distribution.js";

describe("distribution(starts, durations, levels)", () => {
  it("adds up the time at each level, ascending, and says when each began", () => {
    expect(
      distribution(Float64Array.of(0, 1, 3, 9), Float64Array.of(1, 2, 6, 1), Int32Array.of(1, 4, 1, 0)),
    ).to.deep.equal({
      levels: Int32Array.of(0, 1, 4),
      totals: Float64Array.of(1, 7, 2),
      firsts: Float64Array.of(9, 0, 1),
    });
  });
  it("adds in the order of the segments: 1e16 + 1 + 1 is 1e16", () => {
    const [starts, levels] = [new Float64Array(3), new Int32Array(3)];
    expect(distribution(starts, Float64Array.of(1e16, 1, 1), levels).totals[0]).to.equal(1e16);
    expect(distribution(starts, Float64Array.of(1, 1, 1e16), levels).totals[0]).to.equal(1e16 + 2);
  });
  it("is empty for no segments", () => {
    const none = new Float64Array(0);
    expect(distribution(none, none, new Int32Array(0))).to.deep.equal({
      levels: new Int32Array(0),
      totals: none,
      firsts: none,
    });
  });
});
