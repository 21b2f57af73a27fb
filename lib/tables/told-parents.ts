import { placesOf, positions } from "../kernels/take.js";
import type { Operations } from "./operations.js";
import { parentsById } from "./parents-by-id.js";
import type { Reader } from "./read.js";
import { statedParents } from "./stated-parents.js";

/**
 * The parent of each operation as the source tells it: by call_id and parent_call_id where it is a table of calls, else by ids. −1 where there
 * is none; undefined where the source tells of none at all. O(operations + ids).
 *
 * @param repeats for each row the one that it repeats, −1 for none, where rows that repeat others are left out: what runs in them runs in those
 * @returns also whether it is a table of calls, where one without a parent has none
 */
export function toldParents(
  operations: Pick<Operations, "read" | "rows" | "uuids" | "examples">,
  repeats?: Int32Array,
): {
  readonly parents: Int32Array | undefined;
  readonly stated: boolean;
} {
  const { read, rows } = operations;
  if (!read.has("call_id") || !read.has("parent_call_id"))
    return { parents: parentsById(operations, read.textsIfAny("parent_uuid")), stated: false };
  const above = statedParents(read.numbers("call_id"), read.numbers("parent_call_id"));
  const places = placesOf(rows, read.size);
  const parents = rows.map((row) => {
    const parent = above[row];
    const holder = parent >= 0 && repeats && repeats[parent] >= 0 ? repeats[parent] : parent;
    return holder < 0 || holder === row ? -1 : places[holder];
  });
  return { parents, stated: true };
}

/** The parent of each row of a table of spans or calls, as `toldParents`; −1 throughout where it tells of none. */
export function parentsOfRows(read: Reader, examples: Int32Array): Int32Array {
  const rows = { read, rows: positions(read.size), uuids: read.maybeTexts("uuid"), examples };
  return toldParents(rows).parents ?? new Int32Array(read.size).fill(-1);
}
