/**
 * The positions of events in the order (example, time), stably: equal ones stay as they are; a missing time (NaN) comes last in its
 * example. O(n) where the events of each example are in order already, else O(n log n).
 *
 * @param examples n whole numbers from 0
 * @param times n times
 */
export function eventOrder(examples: Int32Array, times: Float64Array): Int32Array {
  const n = examples.length;
  let most = -1;
  for (let i = 0; i < n; i++) if (examples[i] > most) most = examples[i];

  // example numbers may be few and far between: give each its rank, ascending
  const numbers = Int32Array.from(new Set(examples)).sort();
  const ranks = most < 4 * n + 1024 ? new Int32Array(most + 1) : new Map<number, number>();
  numbers.forEach((number, r) => {
    if (ranks instanceof Map) ranks.set(number, r);
    else ranks[number] = r;
  });
  const rankOf = (i: number) => (ranks instanceof Map ? (ranks.get(examples[i]) ?? 0) : ranks[examples[i]]);

  // a counting sort by example keeps the order within each
  const next = new Int32Array(numbers.length + 1);
  for (let i = 0; i < n; i++) next[rankOf(i) + 1]++;
  for (let r = 0; r < numbers.length; r++) next[r + 1] += next[r];
  const bounds = next.slice();
  const order = new Int32Array(n);
  for (let i = 0; i < n; i++) order[next[rankOf(i)]++] = i;

  for (let r = 0; r < numbers.length; r++) sortByTime(order.subarray(bounds[r], bounds[r + 1]), times);
  return order;
}

function sortByTime(order: Int32Array, times: Float64Array): void {
  const key = (i: number) => (times[i] === times[i] ? times[i] : Infinity);
  let sorted = true;
  for (let k = 1; sorted && k < order.length; k++) sorted = !later(times[order[k - 1]], times[order[k]]);
  if (sorted) return;
  // Infinity is a time and comes before a missing one; positions settle ties, so that the sort is stable
  order.sort((a, b) => {
    const x = key(a);
    const y = key(b);
    if (x !== y) return x < y ? -1 : 1;
    const missing = Number(Number.isNaN(times[a])) - Number(Number.isNaN(times[b]));
    return missing || a - b;
  });
}

/** Whether a time comes after another, a missing one after all. */
function later(a: number, b: number): boolean {
  return a > b || (a !== a && b === b);
}

/**
 * The positions of intervals in the order (example, start ascending, end descending), stably, so that a holder comes before what it holds.
 * Intervals without a place in time (NaN, or end before start) are left out. O(n) where they are nearly in order, else O(n log n).
 *
 * @param examples n whole numbers from 0
 * @param starts n times
 * @param ends n times
 */
export function intervalOrder(examples: Int32Array, starts: Float64Array, ends: Float64Array): Int32Array {
  const order = eventOrder(examples, starts).filter((i) => starts[i] <= ends[i]);
  for (let from = 0; from < order.length;) {
    let to = from + 1;
    const first = order[from];
    while (to < order.length && starts[order[to]] === starts[first] && examples[order[to]] === examples[first]) to++;
    if (to - from > 1) order.subarray(from, to).sort((a, b) => ends[b] - ends[a] || a - b);
    from = to;
  }
  return order;
}
