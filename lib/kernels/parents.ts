/**
 * Parents by containment: of the intervals of the same example that hold this one, that which starts last. A holder is longer than
 * what it holds, and what it holds starts before it ends; equal intervals are siblings, overlapping ones too. −1 where nothing holds it.
 * O(n) behind the order.
 *
 * @param examples n examples
 * @param starts n times
 * @param ends n times
 * @param order the positions by (example, start ascending, end descending); what is not listed has no parent and holds nothing
 */
export function containmentParents(
  examples: Int32Array,
  starts: Float64Array,
  ends: Float64Array,
  order: Int32Array,
): Int32Array {
  const n = order.length;
  const parents = new Int32Array(examples.length).fill(-1);
  const holders = new Int32Array(n); // a stack: starts ascending, ends descending
  let height = 0;
  let example = -1;
  for (let k = 0; k < n; k++) {
    const i = order[k];
    if (examples[i] !== example) {
      example = examples[i];
      height = 0;
    }
    // what has ended, or ends before this one, can hold nothing that starts later and is not held by this one too
    while (height > 0 && (ends[holders[height - 1]] <= starts[i] || ends[holders[height - 1]] < ends[i])) height--;
    if (height > 0) {
      const top = holders[height - 1];
      const same = starts[top] === starts[i] && ends[top] === ends[i];
      parents[i] = same ? parents[top] : top;
    }
    holders[height++] = i;
  }
  return parents;
}

/**
 * Parents by the reference's stack, from intervals: a start goes below the interval on top, an end takes its own off only if it lies on top.
 * At one instant ends come before starts. O(n log n).
 *
 * @param examples n examples
 * @param starts n times
 * @param ends n times
 * @param order the positions by (example, start)
 */
export function stackParents(
  examples: Int32Array,
  starts: Float64Array,
  ends: Float64Array,
  order: Int32Array,
): Int32Array {
  const n = order.length;
  const parents = new Int32Array(examples.length).fill(-1);
  const stack = new Int32Array(n);
  for (let from = 0; from < n;) {
    let to = from;
    while (to < n && examples[order[to]] === examples[order[from]]) to++;
    const byEnd = order.slice(from, to).sort((a, b) => ends[a] - ends[b] || starts[b] - starts[a] || a - b);
    let height = 0;
    let closed = 0;
    const close = (before: number) => {
      while (closed < byEnd.length && ends[byEnd[closed]] <= before) {
        if (height > 0 && stack[height - 1] === byEnd[closed]) height--;
        closed++;
      }
    };
    for (let k = from; k < to; k++) {
      close(starts[order[k]]);
      if (height > 0) parents[order[k]] = stack[height - 1];
      stack[height++] = order[k];
    }
    from = to;
  }
  return parents;
}

/**
 * The nearest chosen ancestor of each node, −1 where there is none. Without recursion; parents that run in a circle end the climb. O(n).
 *
 * @param parents n parents, −1 for a root
 * @param chosen n flags
 */
export function chosenAncestors(parents: Int32Array, chosen: Uint8Array): Int32Array {
  const n = parents.length;
  const UNKNOWN = -2;
  const found = new Int32Array(n).fill(UNKNOWN);
  const path = new Int32Array(n);
  const onPath = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    let length = 0;
    let node = i;
    let answer: number;
    for (;;) {
      if (found[node] !== UNKNOWN) {
        answer = found[node];
        break;
      }
      path[length++] = node;
      onPath[node] = 1;
      const parent = parents[node];
      if (parent < 0 || onPath[parent] === 1) {
        answer = -1;
        break;
      }
      if (chosen[parent] === 1) {
        answer = parent;
        break;
      }
      node = parent;
    }
    for (let k = 0; k < length; k++) {
      found[path[k]] = answer;
      onPath[path[k]] = 0;
    }
  }
  return found;
}
