import { type ColumnTable, table } from "arquero";
import type { TrinoResult } from "../../../lib/engines/trino-client.js";

const WHOLE = /^(?:bigint|integer)$/;

/** What a query of Trino gave, as a table: whole numbers as Int32, other numbers as Float64. */
export function tableOfRows(columns: TrinoResult["columns"], rows: TrinoResult["rows"]): ColumnTable {
  const values = columns.map(({ name, type }, k) => {
    const column = rows.map((row) => row[k]);
    if (WHOLE.test(type)) return [name, Int32Array.from(column as number[])] as const;
    return [
      name,
      type === "double" ? Float64Array.from(column as number[], (value: number | null) => value ?? NaN) : column,
    ] as const;
  });
  return table(
    Object.fromEntries(values) as never,
    columns.map(({ name }) => name),
  );
}
