import type { ColumnTable } from "arquero";
import { OwnTable } from "../../tables/own-table.js";
import { count } from "../format.js";
import { shownColumns } from "../shown-columns.js";
import { sizeOf, tableText } from "../table.js";
import { htmlTable } from "./html.js";
import { type MimeBundle, showsItself } from "./mime-bundle.js";

/** A table in a notebook: its first rows, with units above, and how long it is. */
export function tableBundle(table: ColumnTable, rows = 10): MimeBundle {
  return { "text/html": tableHtml(table, rows), "text/plain": tableText(table, { rows }) };
}

function tableHtml(table: ColumnTable, most: number): string {
  const columns = shownColumns(table, most);
  const shown = Math.min(most, table.numRows());
  const lines = Array.from({ length: shown }, (_, row) => columns.map(({ cells }) => cells[row]));
  const texts = new Set([...columns.keys()].filter((i) => columns[i].isText));
  const first = shown < table.numRows() ? `; the first ${count(shown)}` : "";
  return `${htmlTable(
    columns.map(({ heading }) => heading),
    lines,
    texts,
  )}\n<p>${sizeOf(table)}${first}</p>`;
}

showsItself(OwnTable.prototype, (table: ColumnTable) => Promise.resolve(tableBundle(table)));
