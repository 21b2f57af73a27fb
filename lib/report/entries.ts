import type { Column } from "../tables/column.js";
import { findings } from "../tables/diagnostics.js";
import { tableSpecs, type TableSpec } from "../tables/tables.js";
import { glossary } from "./glossary.js";

/** A name that can be explained. */
export interface Entry {
  readonly name: string;
  readonly group: "Terms" | "Tables" | "Columns" | "Codes of diagnostics" | "Options";
  /** what kind of thing it is, and where it is found */
  readonly what: string;
  readonly meaning: string;
}

/** All names that are declared as data: terms, tables, columns, codes. */
export function entries(): Entry[] {
  const terms = Object.entries(glossary).map(([name, meaning]): Entry => ({
    name,
    group: "Terms",
    what: "a term",
    meaning,
  }));
  const tables = Object.entries<TableSpec>(tableSpecs).map(([name, { row, columns }]): Entry => ({
    name,
    group: "Tables",
    what: "a table",
    meaning: `A row is ${row}. Columns: ${columns.map((column) => column.name).join(", ")}.`,
  }));
  const codes = Object.entries(findings).map(([name, { problem, meaning }]): Entry => ({
    name,
    group: "Codes of diagnostics",
    what: `a code of diagnostics${problem ? ", a problem" : ""}`,
    meaning,
  }));
  return [...terms, ...tables, ...columnEntries(), ...codes];
}

const missing = { never: "", NaN: "NaN where missing", null: "null where missing" };

/** One for each column; those that mean the same in several tables are one. */
function columnEntries(): Entry[] {
  const found = new Map<string, { readonly column: Column; readonly tables: string[] }>();
  for (const [table, { columns }] of Object.entries<TableSpec>(tableSpecs)) {
    for (const column of columns) {
      const key = JSON.stringify(column);
      const known = found.get(key);
      if (known) known.tables.push(table);
      else found.set(key, { column, tables: [table] });
    }
  }
  return Array.from(found.values(), ({ column: { name, type, unit, missing: rule, meaning }, tables }) => ({
    name,
    group: "Columns",
    what: `a column of ${tables.join(", ")}: ${[type, unit, missing[rule]].filter((part) => part !== "").join(", ")}`,
    meaning,
  }));
}
