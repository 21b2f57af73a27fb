/** A forest laid out depth first. */
export interface Layout {
  /** the node at each position */
  readonly nodes: Int32Array;
  /** the position of the parent of the node at each position, −1 for a root */
  readonly parents: Int32Array;
  /** steps from the root, for each position */
  readonly depths: Int32Array;
}

/**
 * Lays out a forest depth first: a node, then each child with all that is below it. Without recursion, so depth is no limit. O(n).
 * Where parents run in a circle, the first of its nodes in the wanted order becomes a root.
 *
 * @param parents for each of n nodes its parent, −1 for a root
 * @param order the n nodes in the order that siblings, and roots, shall have; as they are if left out
 */
export function depthFirst(parents: Int32Array, order?: Int32Array): Layout {
  const n = parents.length;
  const child = new Int32Array(n).fill(-1); // the first child of each node
  const sibling = new Int32Array(n).fill(-1); // the next child of the same parent
  for (let k = n - 1; k >= 0; k--) {
    const node = order ? order[k] : k;
    const parent = parents[node];
    if (parent < 0) continue;
    sibling[node] = child[parent];
    child[parent] = node;
  }

  const nodes = new Int32Array(n);
  const above = new Int32Array(n); // the position of the parent, for each position
  const depths = new Int32Array(n);
  const position = new Int32Array(n).fill(-1); // of each node
  let count = 0;

  const walk = (root: number) => {
    nodes[count] = root;
    above[count] = -1;
    position[root] = count++;
    let node = root;
    for (;;) {
      // down to a child that has no place yet, else on to the next sibling, else up
      let next = child[node];
      while (next >= 0 && position[next] >= 0) next = sibling[next];
      while (next < 0) {
        if (node === root) return;
        next = sibling[node];
        while (next >= 0 && position[next] >= 0) next = sibling[next];
        node = parents[node];
      }
      nodes[count] = next;
      above[count] = position[node];
      depths[count] = depths[position[node]] + 1;
      position[next] = count++;
      node = next;
    }
  };

  for (let k = 0; k < n; k++) {
    const node = order ? order[k] : k;
    if (parents[node] < 0) walk(node);
  }
  for (let k = 0; count < n; k++) {
    const node = order ? order[k] : k;
    if (position[node] < 0) walk(node);
  }
  return { nodes, parents: above, depths };
}
