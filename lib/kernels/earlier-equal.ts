import { firstEqual } from "./first-equal.js";
import { mix, settle } from "./murmur.js";

/** Where the two words of a float are looked at. */
const float = new Float64Array(1);
const words = new Int32Array(float.buffer);

/**
 * For each of some rows the first one among them that is equal to it in all columns and stands before it, −1 where there is none. NaN
 * equals NaN, and −0 equals 0. Expected O(rows × columns).
 *
 * @param rows positions in the columns
 * @param columns whole numbers, or floats
 */
export function earlierEqual(rows: Int32Array, columns: readonly (Int32Array | Float64Array)[]): Int32Array {
  const n = rows.length;

  // a hash of each row, column by column
  const hashes = new Int32Array(n);
  for (const column of columns) {
    if (column instanceof Int32Array) for (let k = 0; k < n; k++) hashes[k] = mix(hashes[k], column[rows[k]]);
    else {
      for (let k = 0; k < n; k++) {
        const value = column[rows[k]];
        float[0] = value === value ? value + 0 : NaN; // one zero, one NaN
        hashes[k] = mix(mix(hashes[k], words[0]), words[1]);
      }
    }
  }

  for (let k = 0; k < n; k++) hashes[k] = settle(hashes[k]);

  const firsts = firstEqual(hashes, (i, j) => areEqual(columns, rows[i], rows[j]));
  return firsts.map((first, k) => (first === k ? -1 : rows[first]));
}

function areEqual(columns: readonly (Int32Array | Float64Array)[], i: number, j: number): boolean {
  for (const column of columns) {
    const [a, b] = [column[i], column[j]];
    if (a !== b && (a === a || b === b)) return false;
  }
  return true;
}
