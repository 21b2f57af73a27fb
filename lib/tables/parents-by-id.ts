import { groupOrder } from "../kernels/order.js";
import type { Operations } from "./operations.js";
import type { TextColumn } from "./text-column.js";

/**
 * The parent of each operation by the ids that the source tells, within its example: the first of an id that was used again. −1 where it
 * tells none; undefined where the source tells none at all. O(operations + ids).
 *
 * @param parentUuids the id of the parent, by row of the source
 */
export function parentsById(
  operations: Pick<Operations, "uuids" | "examples" | "rows">,
  parentUuids: TextColumn | undefined,
): Int32Array | undefined {
  if (!parentUuids?.hasAny()) return undefined;
  const { examples, rows } = operations;
  const { codes, dictionary } = operations.uuids.unified();
  const wanted = parentUuids.codesIn(dictionary);
  const parents = new Int32Array(rows.length).fill(-1);
  const first = new Int32Array(dictionary.size); // the first operation with an id …
  const seenIn = new Int32Array(dictionary.size).fill(-1); // … in the group that it was last seen in

  const { order, ends } = groupOrder(examples);
  for (let group = 0, from = 0; group < ends.length; from = ends[group++]) {
    for (let k = from; k < ends[group]; k++) {
      const code = codes[order[k]];
      if (code < 0 || seenIn[code] === group) continue;
      seenIn[code] = group;
      first[code] = order[k];
    }
    for (let k = from; k < ends[group]; k++) {
      const code = wanted[rows[order[k]]];
      if (code >= 0 && seenIn[code] === group && first[code] !== order[k]) parents[order[k]] = first[code];
    }
  }
  return parents;
}
