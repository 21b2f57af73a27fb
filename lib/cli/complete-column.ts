import type { ColumnTable } from "arquero";

/** What a line may go on with, and the part of it that they complete. */
export type Completions = readonly [found: string[], of: string];

/** An open quote at the end of a line. */
const QUOTED = /^(?<before>(?:[^"'`]|(["'`])(?:(?!\2).)*\2)*)["'`](?<typed>\w*)$/;
/** `d.` at the end of a line, where d is the parameter of an arrow function. */
const FIELD = /^(?<before>.*\b(\w+)\)? *=>.*\b\2\.)(?<typed>\w*)$/;

/**
 * Completes a column of a table in what was typed: within an open quote, or behind the parameter of an arrow function. It is a column of the
 * table that was named last before it.
 *
 * @param tableNamed the table of a name, if it is one
 * @returns undefined where no column can stand
 */
export function completeColumn(
  line: string,
  tableNamed: (name: string) => ColumnTable | undefined,
): Completions | undefined {
  const place = (QUOTED.exec(line) ?? FIELD.exec(line))?.groups;
  if (!place) return undefined;
  const tables = (place.before.match(/\w+/g) ?? []).map(tableNamed);
  const names = tables.findLast((table) => table !== undefined)?.columnNames() ?? [];
  const found = names.filter((name) => name.startsWith(place.typed));
  return found.length > 0 ? [found, place.typed] : undefined;
}
