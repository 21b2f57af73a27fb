/** The last known time of each example; none for an example without any. O(n). */
export function lastTimes(examples: Int32Array, times: Float64Array): Map<number, number> {
  const last = new Map<number, number>();
  for (let i = 0; i < times.length; i++) {
    if (times[i] > (last.get(examples[i]) ?? -Infinity)) last.set(examples[i], times[i]);
  }
  return last;
}
