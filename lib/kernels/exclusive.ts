import { argsort } from "./argsort.js";

/** Pieces of intervals: piece k is of interval `of[k]`, from `starts[k]` to `ends[k]`. */
export interface Pieces {
  readonly of: Int32Array;
  readonly starts: Float64Array;
  readonly ends: Float64Array;
}

/**
 * What is left of each interval when those that it is the parent of are taken out. One of which nothing is left has no piece; one without
 * children is one piece as it is, whatever its bounds. O(n), and O(n log n) where the starts are not in order.
 *
 * @param starts n times
 * @param ends n times
 * @param parents n positions, −1 for a root
 * @returns pieces by interval, ascending in time
 */
export function exclusivePieces(starts: Float64Array, ends: Float64Array, parents: Int32Array): Pieces {
  const n = starts.length;
  const firsts = new Int32Array(n + 1); // the children of i stand at firsts[i] to firsts[i + 1] …
  for (let i = 0; i < n; i++) if (parents[i] >= 0) firsts[parents[i] + 1]++;
  for (let i = 0; i < n; i++) firsts[i + 1] += firsts[i];
  const children = new Int32Array(firsts[n]); // … by their start
  const next = firsts.slice();
  for (const i of argsort(starts)) if (parents[i] >= 0) children[next[parents[i]]++] = i;

  // a child parts what is left in two at most
  const most = n + children.length;
  const pieces = { of: new Int32Array(most), starts: new Float64Array(most), ends: new Float64Array(most) };
  let count = 0;
  const add = (of: number, start: number, end: number) => {
    pieces.of[count] = of;
    pieces.starts[count] = start;
    pieces.ends[count++] = end;
  };
  for (let i = 0; i < n; i++) {
    if (firsts[i] === firsts[i + 1]) {
      add(i, starts[i], ends[i]);
      continue;
    }
    let from = starts[i];
    for (let k = firsts[i]; k < firsts[i + 1] && from < ends[i]; k++) {
      const child = children[k];
      if (starts[child] > from) add(i, from, Math.min(starts[child], ends[i]));
      if (ends[child] > from) from = ends[child];
    }
    if (from < ends[i]) add(i, from, ends[i]);
  }
  return {
    of: pieces.of.subarray(0, count),
    starts: pieces.starts.subarray(0, count),
    ends: pieces.ends.subarray(0, count),
  };
}
