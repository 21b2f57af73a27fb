import type { ColumnTable } from "arquero";
import { tableSpecs, type TableSpec } from "../tables/tables.js";
import { columns, count } from "./format.js";

/** What tables there are: their names, how long and how wide they are, and what a row is. */
export function tableList(tables: Readonly<Record<string, ColumnTable>>, width: number): string {
  const rows = Object.entries(tables).map(([name, table]) => [
    name,
    count(table.numRows()),
    count(table.numCols()),
    (tableSpecs as Readonly<Record<string, TableSpec | undefined>>)[name]?.row ?? "",
  ]);
  return `${columns([["table", "rows", "columns", "a row is"], ...rows], new Set([0, 3]), width).join("\n")}\n`;
}
