import { expect } from "chai";
import { meanByLevel } from "../../lib/kernels/mean-by-level.js";

describe("meanByLevel(levels, values)", () => {
  it("counts and averages at each level that occurs, missing values left out", () => {
    expect(meanByLevel(Int32Array.of(2, 0, 2, 5), Float64Array.of(1, 4, 2, NaN))).to.deep.equal({
      levels: Int32Array.of(0, 2),
      counts: Int32Array.of(1, 2),
      means: Float64Array.of(4, 1.5),
    });
  });

  it("loses nothing where large values cancel", () => {
    expect(meanByLevel(new Int32Array(4), Float64Array.of(1e16, 1, 1, -1e16)).means).to.deep.equal(
      Float64Array.of(0.5),
    );
  });
});
