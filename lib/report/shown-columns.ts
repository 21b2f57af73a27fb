import type { ColumnTable } from "arquero";
import { tableSpecs, type TableSpec } from "../tables/tables.js";
import { count } from "./format.js";
import { isSinceEpoch } from "./moment.js";

/** A column to look at. */
export interface ShownColumn {
  readonly name: string;
  /** its name with its unit */
  readonly heading: string;
  /** the values of the first rows */
  readonly cells: readonly string[];
  readonly isText: boolean;
}

/** The first rows of a table, column by column. */
export function shownColumns(table: ColumnTable, rows: number): ShownColumn[] {
  const first = table.objects({ limit: rows, grouped: false }) as Record<string, unknown>[];
  return table.columnNames().map((name) => {
    const values = first.map((row) => row[name]);
    const isDate = units.get(name) === "s" && areDates(values);
    return {
      name,
      heading: headingOf(name, isDate ? "UTC" : (units.get(name) ?? "")),
      cells: isDate ? values.map(dateOf) : cellsOf(values),
      isText: values.some((value) => typeof value === "string"),
    };
  });
}

/** A longer text is cut. */
const LONGEST = 24;

/** Units of columns by name, where all tables agree. */
const units = new Map<string, string>();
for (const { columns } of Object.values<TableSpec>(tableSpecs)) {
  for (const { name, unit } of columns) units.set(name, (units.get(name) ?? unit) === unit ? unit : "");
}

const headingOf = (name: string, unit: string): string => (unit === "" || unit === name ? name : `${name} (${unit})`);

/** Whether values are seconds since 1970, where any is there. */
function areDates(values: readonly unknown[]): boolean {
  const there = values.filter((value) => !isMissing(value));
  return there.length > 0 && there.every((value) => typeof value === "number" && isSinceEpoch(value));
}

const dateOf = (value: unknown): string =>
  isMissing(value)
    ? MISSING
    : new Date(Math.round((value as number) * 1000)).toISOString().replace("T", " ").replace("Z", "");

const MISSING = "–";
const isMissing = (value: unknown): boolean => value === null || value === undefined || Number.isNaN(value);

const decimals = new Intl.NumberFormat("en", { minimumFractionDigits: 3, maximumFractionDigits: 3 });
const digits = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });

/** The values of a column: its numbers all whole, or all with decimals. */
function cellsOf(values: readonly unknown[]): string[] {
  const whole = values.every((value) => typeof value !== "number" || Number.isNaN(value) || Number.isInteger(value));
  return values.map((value) => {
    if (isMissing(value)) return MISSING;
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
