/** A step series: level k is in force from `times[k]` until the next time. */
export interface Steps {
  readonly times: Float64Array;
  readonly levels: Int32Array;
}

/**
 * Steps reduced to what can be seen in so many columns of equal width: in each the lowest and the highest level that is in force anywhere
 * in it, the one that comes first in its first half, the other in its second half. At most two steps a column. O(steps + columns).
 *
 * @param times n times, ascending; a step of no length is in force nowhere
 * @param levels n levels
 * @param end where the last step ends, after the first time
 * @param columns how many, at least 1
 */
export function stepExtremes(times: Float64Array, levels: Int32Array, end: number, columns: number): Steps {
  const n = times.length;
  const reduced = { times: new Float64Array(2 * columns), levels: new Int32Array(2 * columns) };
  const from = times[0];
  let size = 0;
  const put = (time: number, level: number) => {
    if (size > 0 && reduced.levels[size - 1] === level) return;
    reduced.times[size] = time;
    reduced.levels[size++] = level;
  };

  let k = 0; // the step in force where the column begins
  for (let column = 0, left = from; column < columns; column++) {
    const right = column + 1 < columns ? from + ((end - from) * (column + 1)) / columns : end;
    while (k + 1 < n && times[k + 1] <= left) k++;
    let low = k;
    let high = k;
    // all steps that begin before the column ends, but for those of no length
    for (; k + 1 < n && times[k + 1] < right;) {
      k++;
      if (k + 1 < n && times[k + 1] === times[k]) continue;
      if (levels[k] < levels[low]) low = k;
      if (levels[k] > levels[high]) high = k;
    }
    put(left, levels[Math.min(low, high)]);
    put((left + right) / 2, levels[Math.max(low, high)]);
    left = right;
  }
  return { times: reduced.times.subarray(0, size), levels: reduced.levels.subarray(0, size) };
}
