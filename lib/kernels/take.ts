/**
 * The numbers at these positions; NaN where a position is −1. O(rows).
 *
 * @param values n numbers
 * @param rows positions from −1
 */
export function takeNumbers(values: Float64Array, rows: Int32Array): Float64Array {
  const out = new Float64Array(rows.length);
  for (let i = 0; i < out.length; i++) out[i] = rows[i] < 0 ? NaN : values[rows[i]];
  return out;
}

/**
 * The whole numbers at these positions; `missing` where a position is −1. O(rows).
 *
 * @param values n whole numbers
 * @param rows positions from −1
 */
export function takeInts(values: Int32Array, rows: Int32Array, missing: number): Int32Array {
  const out = new Int32Array(rows.length);
  for (let i = 0; i < out.length; i++) out[i] = rows[i] < 0 ? missing : values[rows[i]];
  return out;
}

/** Positions of positions: `rows[at[i]]`; the second ones themselves, not copied, where the first are 0, 1, 2, …. O(rows). */
export function through(rows: Int32Array, at: Int32Array): Int32Array {
  let same = true;
  for (let i = 0; same && i < rows.length; i++) same = rows[i] === i;
  return same ? at : takeInts(rows, at, -1);
}

/** The positions whose flag is set, ascending. O(n). */
export function flagged(flags: Uint8Array): Int32Array {
  let count = 0;
  for (let i = 0; i < flags.length; i++) count += flags[i];
  const out = new Int32Array(count);
  for (let i = 0, k = 0; i < flags.length; i++) if (flags[i] === 1) out[k++] = i;
  return out;
}

/** The positions 0 to n − 1. */
export function positions(n: number): Int32Array {
  const out = new Int32Array(n);
  for (let i = 0; i < n; i++) out[i] = i;
  return out;
}

/**
 * Where each of so many positions stands among these; −1 for others. O(size).
 *
 * @param rows positions, each once
 * @param size one past the last position
 */
export function placesOf(rows: Int32Array, size: number): Int32Array {
  const places = new Int32Array(size).fill(-1);
  for (let k = 0; k < rows.length; k++) places[rows[k]] = k;
  return places;
}
