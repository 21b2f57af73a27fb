/**
 * For each of n items the first one that is equal to it: itself, where none before is. By an open hash table of those that are equal to none
 * before, half of which stays free. Expected O(n).
 *
 * @param hashes of the items, the same for equal ones
 * @param isEqual whether two items are equal; asked only where their hashes are, of an earlier item and a later one
 */
export function firstEqual(hashes: Int32Array, isEqual: (earlier: number, later: number) => boolean): Int32Array {
  const firsts = new Int32Array(hashes.length);
  let room = 4;
  while (room < 2 * hashes.length) room *= 2;
  const slots = new Int32Array(room); // an item, plus 1
  for (let k = 0; k < hashes.length; k++) {
    const hash = hashes[k];
    let slot = hash & (room - 1);
    firsts[k] = k;
    for (; slots[slot] !== 0; slot = (slot + 1) & (room - 1)) {
      const other = slots[slot] - 1;
      if (hashes[other] === hash && isEqual(other, k)) {
        firsts[k] = other;
        break;
      }
    }
    if (firsts[k] === k) slots[slot] = k + 1;
  }
  return firsts;
}
