/** Up to this many values insertion beats setting up buckets. */
const FEW = 48;
/** Inserting is quadratic within a bucket: past this many values in one, the engine's sort takes over. */
const CROWDED = 64;

/**
 * Sorts numbers ascending, into a new array.
 *
 * Already sorted input is copied. Otherwise the values are spread over n/2 linear buckets and finished by insertion: expected O(n)
 * for spread-out values. Crowded buckets (a far outlier, heavy ties) and infinite bounds go to the engine's sort, O(n log n).
 * The order of 0 and -0 is not defined.
 *
 * @param values n numbers without NaN; not changed.
 */
export function sort(values: Float64Array): Float64Array {
  const n = values.length;
  let min = Infinity;
  let max = -Infinity;
  let previous = -Infinity;
  let sorted = true;
  for (let i = 0; i < n; i++) {
    const v = values[i];
    if (v < previous) sorted = false;
    if (v < min) min = v;
    if (v > max) max = v;
    previous = v;
  }
  if (sorted) return values.slice();
  if (n <= FEW) return insert(values.slice());

  // a span that overflows, or is too small to divide by, has no linear buckets
  const buckets = n >>> 1;
  const scale = (buckets - 1) / (max - min);
  if (!(scale > 0 && scale < Infinity)) return values.slice().sort();

  // count: the bucket of a value must be the very same expression here and below
  const ends = new Uint32Array(buckets);
  for (let i = 0; i < n; i++) ends[((values[i] - min) * scale) | 0]++;

  // turn counts into the start of each bucket
  let sum = 0;
  for (let b = 0; b < buckets; b++) {
    const count = ends[b];
    if (count > CROWDED) return values.slice().sort();
    ends[b] = sum;
    sum += count;
  }

  // scatter, then put right the few values that share a bucket
  const out = new Float64Array(n);
  for (let i = 0; i < n; i++) out[ends[((values[i] - min) * scale) | 0]++] = values[i];
  return insert(out);
}

/** Insertion sort in place: linear where every value is near its place. */
function insert(values: Float64Array): Float64Array {
  for (let i = 1; i < values.length; i++) {
    const v = values[i];
    let j = i - 1;
    while (j >= 0 && values[j] > v) {
      values[j + 1] = values[j];
      j--;
    }
    values[j + 1] = v;
  }
  return values;
}
