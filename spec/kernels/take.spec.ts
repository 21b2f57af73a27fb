import { expect } from "chai";
import fc from "fast-check";
import { flagged, positions, takeInts, takeNumbers } from "../../lib/kernels/take.js";

describe("takeNumbers(values, rows) and takeInts(values, rows, missing)", () => {
  it("repeat, leave out and reorder, with a filler for what is at no position", () => {
    const rows = Int32Array.of(2, -1, 0, 2);
    expect(takeNumbers(Float64Array.of(5, 6, -0), rows)).to.deep.equal(Float64Array.of(-0, NaN, 5, -0));
    expect(takeInts(Int32Array.of(5, 6, 7), rows, -9)).to.deep.equal(Int32Array.of(7, -9, 5, 7));
  });
  it("are empty for no rows", () => {
    expect(takeNumbers(Float64Array.of(1), new Int32Array(0))).to.have.length(0);
    expect(takeInts(Int32Array.of(1), new Int32Array(0), -1)).to.have.length(0);
  });
});

describe("flagged(flags)", () => {
  it("takes back what was taken apart", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1)), (flags) => {
        const expected = flags.flatMap((flag, i) => (flag === 1 ? [i] : []));
        expect([...flagged(Uint8Array.from(flags))]).to.deep.equal(expected);
      }),
    );
  });
});

describe("positions(n)", () => {
  it("counts from 0", () => {
    expect([...positions(3)]).to.deep.equal([0, 1, 2]);
    expect(positions(0)).to.have.length(0);
  });
});
