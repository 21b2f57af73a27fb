import type { ColumnTable } from "arquero";
import { expect } from "chai";
import type { Column } from "../../lib/index.js";

/** The columns of a table as plain lists, in their order, as the table shows its rows. */
export const columnsOf = (table: ColumnTable): Record<string, unknown[]> =>
  Object.fromEntries(table.columnNames().map((name) => [name, columnOf(table, name)]));

/** A column of a table as a plain list, as the table shows its rows. */
export const columnOf = (table: ColumnTable, name: string): unknown[] =>
  Array.from(table.array(name) as Iterable<unknown>);

/** Checks the names, the order and the types of the columns of a table. */
export function expectShape(table: ColumnTable, columns: readonly Column[]): void {
  expect(table.columnNames()).to.deep.equal(columns.map(({ name }) => name));
  for (const { name, type, missing } of columns) {
    const values = table.column(name) as unknown;
    if (type === "int32") expect(values, name).to.be.instanceOf(Int32Array);
    else if (type === "float64") expect(values, name).to.be.instanceOf(Float64Array);
    else {
      for (const value of table.array(name) as Iterable<unknown>) {
        if (value === null) expect(missing, name).to.equal("null");
        else expect(value, name).to.be.a("string");
      }
    }
    if (type === "float64" && missing === "never")
      expect(Array.from(table.array(name) as ArrayLike<number>).some(Number.isNaN), name).to.equal(false);
  }
}
