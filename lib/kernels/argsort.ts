/** Up to this many values insertion beats setting up buckets. */
const FEW = 48;
/** Inserting is quadratic within a bucket: one with more values than this is sorted by the engine before. */
const CROWDED = 64;

/**
 * The positions of numbers in ascending order, stably: equal ones stay as they are, missing ones (NaN) come last, 0 and -0 are equal.
 * Expected O(n) for spread-out values, by the linear buckets of `sort`; O(n log n) where they crowd.
 *
 * @param keys n numbers
 */
export function argsort(keys: Float64Array): Int32Array {
  const n = keys.length;
  const order = new Int32Array(n);
  let min = Infinity;
  let max = -Infinity;
  let sorted = true;
  for (let i = 0; i < n; i++) {
    order[i] = i;
    if (keys[i] < min) min = keys[i];
    if (keys[i] > max) max = keys[i];
    if (i > 0 && comesBefore(keys[i], keys[i - 1])) sorted = false;
  }
  if (sorted) return order;
  if (n <= FEW) return insert(order, keys);

  const buckets = n >>> 1;
  const scale = (buckets - 1) / (max - min);
  if (!(scale > 0 && scale < Infinity)) return byEngine(order, keys);

  // count, with one more bucket for the missing; then turn counts into the start of each bucket
  const starts = new Uint32Array(buckets + 1);
  for (let i = 0; i < n; i++) starts[keys[i] === keys[i] ? ((keys[i] - min) * scale) | 0 : buckets]++;
  const crowded: [from: number, to: number][] = [];
  for (let b = 0, sum = 0; b <= buckets; b++) {
    const from = sum;
    sum += starts[b];
    if (starts[b] > CROWDED && b < buckets) crowded.push([from, sum]);
    starts[b] = from;
  }
  const scattered = new Int32Array(n);
  for (let i = 0; i < n; i++) scattered[starts[keys[i] === keys[i] ? ((keys[i] - min) * scale) | 0 : buckets]++] = i;
  for (const [from, to] of crowded) byEngine(scattered.subarray(from, to), keys);
  return insert(scattered, keys);
}

/** Insertion in place, stable: linear where every value is near its place. */
function insert(order: Int32Array, keys: Float64Array): Int32Array {
  for (let k = 1; k < order.length; k++) {
    const i = order[k];
    const key = keys[i];
    let j = k - 1;
    while (j >= 0 && comesBefore(key, keys[order[j]])) {
      order[j + 1] = order[j];
      j--;
    }
    order[j + 1] = i;
  }
  return order;
}

function byEngine(order: Int32Array, keys: Float64Array): Int32Array {
  return order.sort((a, b) => (comesBefore(keys[a], keys[b]) ? -1 : comesBefore(keys[b], keys[a]) ? 1 : a - b));
}

/** Whether a number comes before another, a missing one after all. */
function comesBefore(a: number, b: number): boolean {
  return a < b || (b !== b && a === a);
}
