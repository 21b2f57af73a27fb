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

  const layout = { nodes: new Int32Array(n), parents: new Int32Array(n), depths: new Int32Array(n) };
  const position = new Int32Array(n).fill(-1);
  let count = 0;

  const place = (node: number, parent: number) => {
    layout.nodes[count] = node;
    layout.parents[count] = parent;
    layout.depths[count] = parent < 0 ? 0 : layout.depths[parent] + 1;
    position[node] = count++;
  };

  const walk = (root: number) => {
    place(root, -1);
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
      place(next, position[node]);
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
  return layout;
}
