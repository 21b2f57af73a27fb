import type { ColumnTable } from "arquero";
import { OptionError } from "../errors.js";
import { table } from "../tables/own-table.js";
import { TextColumn } from "../tables/text-column.js";
import type { SqlColumns } from "./database.js";

/** A group as queries have it: `=` and its value, or nothing for what has none. */
export const groupKey = (value: string | null): string => (value === null ? "" : `=${value}`);
const groupValue = (g: string): string | null => (g === "" ? null : g.slice(1));

/** Groups beyond so many are no table to read, and no query to send. */
const MOST_GROUPS = 1000;

/** @throws OptionError for more groups than there are tables for, in any engine */
export function checkGroups(size: number): void {
  if (size > MOST_GROUPS)
    throw new OptionError(
      "groupBy",
      `has ${size} values, and there are tables for ${MOST_GROUPS} at most. Choose a column with fewer, or some of the calls by \`where\`.`,
    );
}

/** The rows of each group of what a query gave, in the order in which they came; one group, "", where there is no column `g`. */
export function rowsByGroup(columns: SqlColumns): Map<string, SqlColumns> {
  const { g, ...others } = columns;
  if (g === undefined) return new Map([["", columns]]);
  const rows = new Map<string, number[]>();
  g.forEach((group, i) => {
    const known = rows.get(group as string);
    if (known) known.push(i);
    else rows.set(group as string, [i]);
  });
  const pick = (of: readonly number[]) =>
    Object.fromEntries(Object.entries(others).map(([name, values]) => [name, of.map((i) => values?.[i])]));
  return new Map(Array.from(rows, ([group, of]) => [group, pick(of)]));
}

/**
 * The tables of all groups as one, with the group as the first column; the table itself where there are no groups.
 *
 * @param name of the column; undefined where there are no groups
 */
export function together(tables: ReadonlyMap<string, ColumnTable>, name: string | undefined): ColumnTable {
  if (name === undefined) return tables.get("") as ColumnTable;
  const parts = [...tables];
  const first = parts[0][1];
  const groups = parts.flatMap(([group, part]) => new Array<string | null>(part.numRows()).fill(groupValue(group)));
  const columns = first
    .columnNames()
    .map((column: string) => [column, joined(parts.map(([, part]) => part.column(column) as Values))] as const);
  return table(Object.fromEntries([[name, TextColumn.from(groups)], ...columns]) as never, [
    name,
    ...first.columnNames(),
  ]);
}

interface Values {
  readonly length: number;
  at(i: number): unknown;
}

function joined(parts: readonly Values[]): unknown {
  const values = parts.flatMap((part) => Array.from({ length: part.length }, (_, i) => part.at(i)));
  if (parts.every((part) => part instanceof Int32Array)) return Int32Array.from(values as number[]);
  if (parts.every((part) => part instanceof Float64Array)) return Float64Array.from(values as number[]);
  return TextColumn.from(values);
}
