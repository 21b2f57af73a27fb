import { expect } from "chai";
import type { ColumnRows } from "../../lib/files/column-row.js";

/** All cells of a file of columns, row by row; checks that rows are counted from 1. */
export async function cellsOf({ header, nanoseconds, rows }: ColumnRows, as: "nanoseconds" | "text" = "nanoseconds") {
  const cells: unknown[][] = [];
  await rows((row, number) => {
    cells.push(header.map((_, column) => row.cell(column)));
    expect(number).to.equal(cells.length);
  }, as);
  return { header, nanoseconds: [...nanoseconds], cells };
}
