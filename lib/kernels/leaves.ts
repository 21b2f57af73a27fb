/**
 * Which nodes have no node below them that ends with them or before: one that all its children outlive holds none of them. O(n).
 *
 * @param ends n times
 * @param parents n positions, −1 for a root
 */
export function leaves(ends: Float64Array, parents: Int32Array): Uint8Array {
  const isLeaf = new Uint8Array(ends.length).fill(1);
  for (let i = 0; i < ends.length; i++) if (parents[i] >= 0 && !(ends[i] > ends[parents[i]])) isLeaf[parents[i]] = 0;
  return isLeaf;
}
