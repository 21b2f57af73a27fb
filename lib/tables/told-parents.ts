import { positions, takeNumbers } from "../kernels/take.js";
import type { Operations } from "./operations.js";
import { parentsById } from "./parents-by-id.js";
import type { Reader } from "./read.js";
import { statedParents } from "./stated-parents.js";

/**
 * The parent of each operation as the source tells it: by call_id and parent_call_id where it is a table of calls, else by ids. −1 where there
 * is none; undefined where the source tells of none at all. O(operations + ids).
 *
 * @returns also whether it is a table of calls, where one without a parent has none
 */
export function toldParents(operations: Pick<Operations, "read" | "rows" | "uuids" | "examples">): {
  readonly parents: Int32Array | undefined;
  readonly stated: boolean;
} {
  const { read, rows } = operations;
  if (!read.has("call_id") || !read.has("parent_call_id"))
    return { parents: parentsById(operations, read.textsIfAny("parent_uuid")), stated: false };
  const at = (name: string) => takeNumbers(read.numbers(name), rows);
  return { parents: statedParents(at("call_id"), at("parent_call_id")), stated: true };
}

/** The parent of each row of a table of spans or calls, as `toldParents`; −1 throughout where it tells of none. */
export function parentsOfRows(read: Reader, examples: Int32Array): Int32Array {
  const rows = { read, rows: positions(read.size), uuids: read.maybeTexts("uuid"), examples };
  return toldParents(rows).parents ?? new Int32Array(read.size).fill(-1);
}
