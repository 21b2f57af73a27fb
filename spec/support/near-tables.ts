import type { ColumnTable } from "arquero";
import { expect } from "chai";

/** Sums in another order differ by so much. */
const NEAR = 1e-9;

/** Whole numbers and texts must be the same, other numbers to a relative 1e-9; also the names of the columns and their order. */
export function expectNear(
  actual: ColumnTable,
  expected: ColumnTable,
  of: string,
  without: readonly string[] = [],
): void {
  const names = (table: ColumnTable) => table.columnNames((name: string) => !without.includes(name));
  expect(names(actual), of).to.deep.equal(names(expected));
  expect(actual.numRows(), `rows of ${of}`).to.equal(expected.numRows());
  for (const name of names(expected)) {
    const [got, wanted] = [actual, expected].map((table) => Array.from(table.array(name) as Iterable<unknown>));
    const isExact = expected.column(name) instanceof Int32Array;
    wanted.forEach((value, i) => {
      const where = `${of}, ${name}, row ${i + 1}`;
      if (typeof value !== "number" || isExact) expect(got[i], where).to.equal(value);
      else if (Number.isNaN(value)) expect(got[i], where).to.satisfy(Number.isNaN);
      else expect(got[i], where).to.be.closeTo(value, NEAR * Math.abs(value));
    });
  }
}
