import { expect } from "chai";
import fc from "fast-check";
import { earlierEqual } from "../../lib/kernels/earlier-equal.js";

describe("earlierEqual(rows, columns)", () => {
  it("finds the first equal row before each, among those that are asked for", () => {
    const ids = Int32Array.of(1, 2, 1, 1, 2, 1);
    const times = Float64Array.of(0, NaN, -0, 5, NaN, 0);
    expect(earlierEqual(Int32Array.of(0, 1, 2, 3, 4, 5), [ids, times])).to.deep.equal(
      Int32Array.of(-1, -1, 0, -1, 1, 0),
    );
    expect(earlierEqual(Int32Array.of(2, 3, 5), [ids, times])).to.deep.equal(Int32Array.of(-1, -1, 2));
    expect(earlierEqual(new Int32Array(0), [ids])).to.deep.equal(new Int32Array(0));
  });

  it("agrees with a search from the start", () => {
    const float = fc.constantFrom(0, -0, NaN, 1, 1 + 2 ** -52, Infinity);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(2), float, float), { maxLength: 40, size: "max" }), (table) => {
        const columns = [
          Int32Array.from(table, ([a]) => a),
          Float64Array.from(table, ([, b]) => b),
          Float64Array.from(table, ([, , c]) => c),
        ];
        const same = (a: number, b: number) => a === b || (Number.isNaN(a) && Number.isNaN(b));
        const expected = table.map((row, i) =>
          table.findIndex((other, j) => j < i && other.every((value, k) => same(value, row[k]))),
        );
        expect(Array.from(earlierEqual(Int32Array.from(table.keys()), columns))).to.deep.equal(expected);
      }),
      { numRuns: 2000 },
    );
  });
});
