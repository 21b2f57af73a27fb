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
  const earlier = new Int32Array(n).fill(-1);

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

  // an open hash table of those that are equal to none before; half of it stays free
  let room = 4;
  while (room < 2 * n) room *= 2;
  const slots = new Int32Array(room); // a position in `rows`, plus 1
  for (let k = 0; k < n; k++) {
    const hash = (hashes[k] = settle(hashes[k]));
    let slot = hash & (room - 1);
    for (; slots[slot] !== 0; slot = (slot + 1) & (room - 1)) {
      const other = slots[slot] - 1;
      if (hashes[other] === hash && areEqual(columns, rows[other], rows[k])) {
        earlier[k] = rows[other];
        break;
      }
    }
    if (earlier[k] < 0) slots[slot] = k + 1;
  }
  return earlier;
}

function areEqual(columns: readonly (Int32Array | Float64Array)[], i: number, j: number): boolean {
  for (const column of columns) {
    const [a, b] = [column[i], column[j]];
    if (a !== b && (a === a || b === b)) return false;
  }
  return true;
}
