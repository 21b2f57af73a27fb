import type { TimeUnit } from "../../formats/times.js";
import { shortNames } from "../../tables/where.js";
import type { SqlColumn } from "../database.js";
import type { ResolvedEngineOptions } from "../options.js";

/** Columns of calls as spikeline writes them, as far as queries use them. */
const TIDY: Readonly<Record<string, string>> = {
  start_time: "DOUBLE",
  end_time: "DOUBLE",
  operation_type: "VARCHAR",
  status: "VARCHAR",
  example: "VARCHAR",
  prompt_tokens: "DOUBLE",
  completion_tokens: "DOUBLE",
  total_tokens: "DOUBLE",
};

/** What holds times of a unit. */
const OF_UNIT: Readonly<Record<TimeUnit, string>> = {
  s: "DOUBLE",
  ms: "DOUBLE",
  us: "BIGINT",
  ns: "BIGINT",
  iso: "TIMESTAMP",
};

/**
 * The columns that a table is taken to have that nobody can look at: those that the mapping names, of the types that their units tell, or without one
 * those of the calls that spikeline writes; and those of `where` and `groupBy`.
 */
export function toldColumns({ columns, where, groupBy }: ResolvedEngineOptions): SqlColumn[] {
  const told = new Map<string, string>();
  if (columns.size === 0) for (const [name, type] of Object.entries(TIDY)) told.set(name, type);
  for (const [name, { from, unit = "s" }] of columns) {
    const isTime = name === "start_time" || name === "end_time" || name === "duration";
    told.set(from, isTime ? OF_UNIT[unit] : name.endsWith("_tokens") ? "BIGINT" : "VARCHAR");
  }
  for (const given of [...Object.keys(where), ...(groupBy === undefined ? [] : [groupBy])]) {
    const name = columns.size === 0 ? (shortNames.get(given) ?? given) : given;
    if (!told.has(name)) told.set(name, "VARCHAR");
  }
  return Array.from(told, ([name, type]) => ({ name, type }));
}
