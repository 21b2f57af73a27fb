import type { ColumnTable } from "arquero";
import type { DataFrame } from "danfojs-node";
import { OptionError } from "../errors.js";
import { type Danfo, dataFrameOf } from "./danfo.js";

/**
 * A table as a DataFrame of Danfo. Numbers become `float32`, which is Danfo's name for them all: they keep the 64 bits that they have. Int32 becomes
 * `int32`, booleans `boolean`, Dates `datetime`, all else `string`, lists and objects as JSON. BigInts are numbers where every one of their column is
 * below 2^53, else texts: Danfo does not count with them. What is missing is what Danfo takes as missing: NaN among numbers, else null. The types are
 * stated, so that Danfo does not guess them from the first rows. The index counts from 0. Filters and orders are respected, a grouping is dropped;
 * `df.groupby(["example_number"])` makes it anew. O(cells).
 *
 * @param table any table
 * @param danfo Danfo itself, where it is not the package `danfojs-node`: in a browser `dfd`
 * @returns a DataFrame
 * @throws OptionError if `danfo` is not given and `danfojs-node` is not installed
 * @example
 * const df = await toDanfo(table({ call_id: Int32Array.of(0, 1), duration: [1.5, null], operation_name: ["gpt", null] }));
 * df.dtypes; // ["int32", "float32", "string"]
 * df.values; // [[0, 1.5, "gpt"], [1, NaN, null]]
 */
export async function toDanfo(table: ColumnTable, danfo?: Danfo): Promise<DataFrame> {
  return dataFrameOf(table, danfo ?? (await installed()));
}

async function installed(): Promise<Danfo> {
  try {
    return await import("danfojs-node");
  } catch {
    throw new OptionError(
      "danfo",
      "is not given, and the package danfojs-node is not installed: npm install danfojs-node, with the overrides that the README tells of; or hand Danfo over, as toDanfo(table, dfd).",
    );
  }
}
