/** Parts of time: few enough that each has its own line in the cache while values are dealt out. */
const PARTS = 2048;
/** Fewer rows than this lie in the cache in any order. */
const FEW = 1 << 16;

/**
 * Whether rows lie scattered in time: whether one in four is more than 8 of 2,048 parts of the whole from the one before, in a sample. What
 * looks times up then goes from one end of memory to the other. O(1) beyond the sample of 65,536 rows.
 *
 * @param keys n times
 */
export function isScattered(keys: Float64Array): boolean {
  if (keys.length < FEW) return false;
  const step = Math.floor(keys.length / FEW);
  const { scale } = partsOf(keys, step);
  let sampled = 0;
  let far = 0;
  for (let i = step; i < keys.length; i += step) {
    sampled++;
    far += Number(Math.abs(keys[i] - keys[i - 1]) * scale > 8);
  }
  return 4 * far > sampled;
}

/**
 * Columns with their rows brought together by part of time, the parts ascending; within a part the rows keep their order. Not sorted, but
 * near enough for the cache, and several times cheaper. O(n) for each column.
 *
 * @param keys n times; where one is missing (NaN), all are one part
 * @param columns each of n numbers
 */
export function partition(keys: Float64Array, columns: readonly Float64Array[]): Float64Array[] {
  const { low, scale } = partsOf(keys, 1);
  const starts = new Uint32Array(PARTS + 1);
  for (let i = 0; i < keys.length; i++) starts[(((keys[i] - low) * scale) | 0) + 1]++;
  for (let p = 0; p < PARTS; p++) starts[p + 1] += starts[p];
  return columns.map((column) => {
    const next = starts.slice();
    const out = new Float64Array(column.length);
    for (let i = 0; i < keys.length; i++) out[next[((keys[i] - low) * scale) | 0]++] = column[i];
    return out;
  });
}

/** Where the parts begin, and how many there are to a second, from every `step`th key; a span that cannot be divided is one part. */
function partsOf(keys: Float64Array, step: number): { readonly low: number; readonly scale: number } {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < keys.length; i += step) {
    low = Math.min(low, keys[i]);
    high = Math.max(high, keys[i]);
  }
  const scale = (PARTS - 1) / (high - low);
  return { low, scale: scale > 0 && scale < Infinity ? scale : 0 };
}
