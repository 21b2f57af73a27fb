import type { ColumnTable } from "arquero";
import { OptionError } from "../errors.js";
import { Reader } from "./read.js";

/** Short names of columns, as they are typed at a prompt. */
export const shortNames: ReadonlyMap<string, string> = new Map([
  ["start", "start_time"],
  ["end", "end_time"],
  ["kind", "operation_type"],
  ["name", "operation_name"],
  ["model", "operation_name"],
  ["id", "uuid"],
  ["parent", "parent_uuid"],
]);

/**
 * The calls whose columns have the given values, compared as texts. O(n).
 *
 * @param calls a table of calls
 * @param values a text for each column, by its name or a short one (model, kind, …)
 * @throws OptionError if there is no such column
 * @example
 * const calls = table({ operation_name: ["a", "b"], start_time: [0, 1] });
 * whereEqual(calls, { model: "b" }).array("start_time"); // [1]
 */
export function whereEqual(calls: ColumnTable, values: Readonly<Record<string, string>>): ColumnTable {
  const read = new Reader(calls, "whereEqual");
  const wanted = Object.entries(values).map(([given, value]) => {
    const name = read.has(given) ? given : shortNames.get(given);
    if (name === undefined || !read.has(name)) {
      throw new OptionError(
        "where",
        `names the column ${given}, but there are only ${calls.columnNames().join(", ")}.`,
      );
    }
    const column = read.texts(name);
    return { codes: column.codes, holds: column.flags((text) => text === value) };
  });
  return read.pick((i) => wanted.every(({ codes, holds }) => codes[i] >= 0 && holds[codes[i]] === 1));
}
