/** Up to this many values insertion beats setting up buckets. */
const FEW = 48;
/** Inserting is quadratic within a bucket: one with more values than this is sorted on its own before. */
const CROWDED = 64;
/** A crowded bucket with more values than this has buckets of its own; the engine sorts smaller ones, and what is crowded three times over. */
const MANY = 2048;
const DEEPEST = 3;

/**
 * Sorts numbers ascending, into a new array.
 *
 * Already sorted input is copied. Otherwise the values are spread over n/2 linear buckets and finished by insertion: expected O(n).
 * A bucket that is crowded (a burst, a far outlier beside it) is spread once more on its own; O(n log n) where that does not help.
 * The order of 0 and -0 is not defined.
 *
 * @param values n numbers without NaN; not changed.
 */
export function sort(values: Float64Array): Float64Array {
  const out = values.slice();
  let sorted = true;
  for (let i = 1; sorted && i < out.length; i++) sorted = out[i - 1] <= out[i];
  if (!sorted) spread(values, out, 0);
  return out;
}

/** Sorts `values` into `out`, which holds the same ones and does not share their memory. */
function spread(values: Float64Array, out: Float64Array, depth: number): void {
  const n = values.length;
  let min = Infinity;
  let max = -Infinity;
  for (let i = 0; i < n; i++) {
    if (values[i] < min) min = values[i];
    if (values[i] > max) max = values[i];
  }
  if (min === max) return;
  if (n <= FEW) {
    insert(out);
    return;
  }

  // a span that overflows, or is too small to divide by, has no linear buckets
  const buckets = n >>> 1;
  const scale = (buckets - 1) / (max - min);
  if (!(scale > 0 && scale < Infinity) || depth === DEEPEST) {
    out.sort();
    return;
  }

  // count: the bucket of a value must be the very same expression here and below
  const ends = new Uint32Array(buckets);
  for (let i = 0; i < n; i++) ends[((values[i] - min) * scale) | 0]++;

  // turn counts into the start of each bucket
  const crowded: [from: number, to: number][] = [];
  for (let b = 0, sum = 0; b < buckets; b++) {
    const from = sum;
    sum += ends[b];
    if (ends[b] > CROWDED) crowded.push([from, sum]);
    ends[b] = from;
  }

  // scatter, then put right the values that share a bucket
  for (let i = 0; i < n; i++) {
    const v = values[i];
    out[ends[((v - min) * scale) | 0]++] = v;
  }
  for (const [from, to] of crowded) {
    const part = out.subarray(from, to);
    if (part.length > MANY) spread(part.slice(), part, depth + 1);
    else part.sort();
  }
  insert(out);
}

/** Insertion sort in place: linear where every value is near its place. */
function insert(values: Float64Array): void {
  for (let i = 1; i < values.length; i++) {
    const v = values[i];
    let j = i - 1;
    while (j >= 0 && values[j] > v) {
      values[j + 1] = values[j];
      j--;
    }
    values[j + 1] = v;
  }
}
