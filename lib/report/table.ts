import type { ColumnTable } from "arquero";
import { fold } from "./fold.js";
import { columns, counted } from "./format.js";
import { penOf } from "./pen.js";
import { type ShownColumn, shownColumns } from "./shown-columns.js";
import type { ReportLook } from "./text.js";

/**
 * A table to look at: its size, the first rows of as many columns as fit, with their units, and what is left out.
 *
 * @param look `rows`: how many at most; the width of a line, and whether it is in colour
 */
export function tableText(
  table: ColumnTable,
  { width = 80, colour = false, rows: most = 10 }: ReportLook & { readonly rows?: number } = {},
): string {
  const pen = penOf(colour);
  const all = shownColumns(table, most);
  const shown = all.slice(0, fitting(all, width));
  const texts = new Set([...shown.keys()].filter((i) => shown[i].isText));
  const size = Math.min(most, table.numRows());
  const lines = Array.from({ length: size }, (_, row) => shown.map(({ cells }) => cells[row]));
  const [header, ...body] =
    shown.length > 0 ? columns([shown.map(({ heading }) => heading), ...lines], texts, width) : [];
  const moreRows = table.numRows() - size;
  const rest = all.slice(shown.length).map(({ name }) => name);
  return [
    pen.bold(sizeOf(table)),
    ...(shown.length > 0 ? [pen.dim(header), ...body] : []),
    ...(moreRows > 0 ? [`  … and ${counted(moreRows, "more row")}`] : []),
    ...(rest.length > 0
      ? fold(`  … and ${counted(rest.length, "more column")}: ${rest.join(", ")}`, width, "    ")
      : []),
  ].join("\n");
}

/** 37 rows × 6 columns */
export const sizeOf = (table: ColumnTable): string =>
  `${counted(table.numRows(), "row")} × ${counted(table.numCols(), "column")}`;

/** How many of the first columns fit in a line, at least one. */
function fitting(all: readonly ShownColumn[], width: number): number {
  let used = 0;
  for (const [i, { heading, cells }] of all.entries()) {
    used += 2 + Math.max(...[heading, ...cells].map((text) => text.length));
    if (used > width) return Math.max(1, i);
  }
  return all.length;
}
