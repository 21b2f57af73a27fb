/**
 * The parent of each row of a table of calls, as a position, by its call_id and parent_call_id; −1 where it has none, or that is not there.
 * O(rows).
 *
 * @param ids call_id
 * @param parents parent_call_id, NaN for a root
 */
export function statedParents(ids: Float64Array, parents: Float64Array): Int32Array {
  const position = new Map<number, number>();
  ids.forEach((id, i) => position.set(id, i));
  return Int32Array.from(parents, (parent, i) => {
    const found = position.get(parent) ?? -1;
    return found === i ? -1 : found;
  });
}
