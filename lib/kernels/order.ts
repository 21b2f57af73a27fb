import { argsort } from "./argsort.js";
import { positions, takeInts } from "./take.js";

/** Up to this many events of an example are put in order by insertion. */
const FEW = 32;

/**
 * The positions of events in the order (example, time), stably: equal ones stay as they are; a missing time (NaN) comes last in its
 * example. Expected O(n), O(n log n) where the times of an example crowd.
 *
 * @param examples n whole numbers from 0
 * @param times n times
 */
export function eventOrder(examples: Int32Array, times: Float64Array): Int32Array {
  const n = examples.length;
  let inOrder = true;
  for (let i = 1; inOrder && i < n; i++) {
    inOrder = examples[i - 1] < examples[i] || (examples[i - 1] === examples[i] && !isLater(times[i - 1], times[i]));
  }
  if (inOrder) return positions(n);

  const { order, ends } = groupOrder(examples);
  for (let r = 0, from = 0; r < ends.length; from = ends[r++]) sortByTime(order, from, ends[r], times);
  return order;
}

/**
 * The positions by group, ascending, that keep their order within each; group r ends before `ends[r]`. O(n), O(n log n) where the numbers
 * of groups are few and far between.
 *
 * @param groups n whole numbers from 0
 */
export function groupOrder(groups: Int32Array): { readonly order: Int32Array; readonly ends: Int32Array } {
  const { ranks, count } = groupRanks(groups);
  const next = new Int32Array(count + 1);
  for (let i = 0; i < ranks.length; i++) next[ranks[i] + 1]++;
  for (let r = 0; r < count; r++) next[r + 1] += next[r];
  const order = new Int32Array(ranks.length);
  for (let i = 0; i < ranks.length; i++) order[next[ranks[i]]++] = i;
  return { order, ends: next.subarray(0, count) };
}

/** Groups by their rank, from 0. Ranks without a group are no harm where they are not many more than values. */
function groupRanks(groups: Int32Array): { readonly ranks: Int32Array; readonly count: number } {
  let most = -1;
  for (let i = 0; i < groups.length; i++) if (groups[i] > most) most = groups[i];
  if (most < 4 * groups.length + 1024) return { ranks: groups, count: most + 1 };
  const rankOf = new Map<number, number>();
  for (const number of Int32Array.from(new Set(groups)).sort()) rankOf.set(number, rankOf.size);
  return { ranks: groups.map((group) => rankOf.get(group) ?? 0), count: rankOf.size };
}

/** Puts a stretch of the order in the order of time, stably. */
function sortByTime(order: Int32Array, from: number, to: number, times: Float64Array): void {
  if (to - from > FEW) {
    const part = order.slice(from, to);
    order.set(takeInts(part, argsort(Float64Array.from(part, (i) => times[i])), -1), from);
    return;
  }
  for (let k = from + 1; k < to; k++) {
    const i = order[k];
    let j = k - 1;
    while (j >= from && isLater(times[order[j]], times[i])) {
      order[j + 1] = order[j];
      j--;
    }
    order[j + 1] = i;
  }
}

/** Whether a time comes after another, a missing one after all. */
function isLater(a: number, b: number): boolean {
  return a > b || (a !== a && b === b);
}

/**
 * The positions of intervals in the order (example, start ascending, end descending), stably, so that a holder comes before what it holds.
 * Intervals without a place in time (NaN, or end before start) are left out. Expected O(n), O(n log n) where times crowd.
 *
 * @param examples n whole numbers from 0
 * @param starts n times
 * @param ends n times
 */
export function intervalOrder(examples: Int32Array, starts: Float64Array, ends: Float64Array): Int32Array {
  const order = eventOrder(examples, starts);
  let count = 0;
  for (let k = 0; k < order.length; k++) {
    const i = order[k];
    if (starts[i] <= ends[i]) order[count++] = i;
  }

  // among those that start together in an example, the one that ends last comes first
  for (let from = 0; from < count;) {
    const first = order[from];
    let to = from + 1;
    while (to < count && starts[order[to]] === starts[first] && examples[order[to]] === examples[first]) to++;
    if (to - from > 1) order.subarray(from, to).sort((a, b) => ends[b] - ends[a] || a - b);
    from = to;
  }
  return order.subarray(0, count);
}
