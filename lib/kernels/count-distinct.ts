/**
 * How many different numbers there are. O(n).
 *
 * @param values n whole numbers from 0
 */
export function countDistinct(values: Int32Array): number {
  let most = -1;
  for (let i = 0; i < values.length; i++) if (values[i] > most) most = values[i];
  if (most >= 8 * values.length + 1024) return new Set(values).size; // few and far between: flags would be mostly empty

  const seen = new Uint8Array(most + 1);
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    if (seen[values[i]] === 0) count++;
    seen[values[i]] = 1;
  }
  return count;
}
