import type { ColumnTable } from "arquero";
import { tableSpecs, type TableSpec } from "../tables/tables.js";
import { fold } from "./fold.js";
import { columns, count, counted } from "./format.js";
import { penOf } from "./pen.js";
import type { ReportLook } from "./text.js";

/** A longer text is cut. */
const LONGEST = 24;

/** Units of columns by name, where all tables agree. */
const units = new Map<string, string>();
for (const { columns } of Object.values<TableSpec>(tableSpecs)) {
  for (const { name, unit } of columns) units.set(name, (units.get(name) ?? unit) === unit ? unit : "");
}

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
  const names = table.columnNames();
  const rows = table.objects({ limit: most, grouped: false }) as Record<string, unknown>[];
  const all = names.map((name) => [named(name), ...cells(rows.map((row) => row[name]))]);
  const shown = all.slice(0, fitting(all, width));
  const texts = new Set([...shown.keys()].filter((i) => rows.some((row) => typeof row[names[i]] === "string")));
  const lines = Array.from({ length: rows.length + 1 }, (_, row) => shown.map((cells) => cells[row]));
  const [header, ...body] = shown.length > 0 ? columns(lines, texts, width) : [];
  const moreRows = table.numRows() - rows.length;
  const rest = names.slice(shown.length);
  return [
    pen.bold(`${counted(table.numRows(), "row")} × ${counted(names.length, "column")}`),
    ...(shown.length > 0 ? [pen.dim(header), ...body] : []),
    ...(moreRows > 0 ? [`  … and ${counted(moreRows, "more row")}`] : []),
    ...(rest.length > 0
      ? fold(`  … and ${counted(rest.length, "more column")}: ${rest.join(", ")}`, width, "    ")
      : []),
  ].join("\n");
}

/** How many of the first columns fit in a line, at least one. */
function fitting(all: readonly (readonly string[])[], width: number): number {
  let used = 0;
  for (const [i, cells] of all.entries()) {
    used += 2 + Math.max(...cells.map((text) => text.length));
    if (used > width) return Math.max(1, i);
  }
  return all.length;
}

function named(name: string): string {
  const unit = units.get(name) ?? "";
  return unit === "" || unit === name ? name : `${name} (${unit})`;
}

const decimals = new Intl.NumberFormat("en", { minimumFractionDigits: 3, maximumFractionDigits: 3 });
const digits = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });

/** The values of a column: its numbers all whole, or all with decimals. */
function cells(values: readonly unknown[]): string[] {
  const whole = values.every((value) => typeof value !== "number" || Number.isNaN(value) || Number.isInteger(value));
  return values.map((value) => {
    if (value === null || value === undefined || Number.isNaN(value)) return "–";
    if (typeof value !== "number") return short(value);
    if (whole) return count(value);
    return (value !== 0 && Math.abs(value) < 0.001 ? digits : decimals).format(value);
  });
}

/** Texts, and lists, dates and what else may stand in a table that a user made. */
function short(value: unknown): string {
  const json = (_key: string, part: unknown) => (typeof part === "bigint" ? String(part) : part);
  const whole = typeof value === "string" ? value : (JSON.stringify(value, json) as string | undefined);
  const text = (whole ?? typeof value).replace(/\s+/g, " ");
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
