import { expect } from "chai";
import fc from "fast-check";
import { countDistinct } from "../../lib/kernels/count-distinct.js";

describe("countDistinct(values)", () => {
  it("counts different numbers, few and far between too", () => {
    expect(countDistinct(Int32Array.of(3, 0, 3, 7))).to.equal(3);
    expect(countDistinct(Int32Array.of(2 ** 31 - 1, 0, 2 ** 31 - 1))).to.equal(2);
    expect(countDistinct(new Int32Array(0))).to.equal(0);
  });
  it("agrees with a set", () => {
    const number = fc.oneof(fc.nat(20), fc.integer({ min: 1020, max: 1050 }), fc.nat());
    fc.assert(
      fc.property(fc.array(number, { maxLength: 40, size: "max" }), (values) => {
        expect(countDistinct(Int32Array.from(values))).to.equal(new Set(values).size);
      }),
      { numRuns: 2000 },
    );
  });
});
