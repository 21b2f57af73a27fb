import { isScattered } from "./partition.js";
import { sort } from "./sort.js";

/** Up to this many calls insertion beats setting up buckets. */
const FEW = 24;
/** Inserting is quadratic within a bucket: one with more times than this is sorted on its own before. */
const CROWDED = 64;

/** The starts and ends of calls in one order of time: change k is at `times[k]`, and `steps[k]` is +1 for a start, −1 for an end. */
export interface Changes {
  readonly times: Float64Array;
  readonly steps: Int32Array;
}

/**
 * Puts the starts and ends of calls in one order of time, into new arrays.
 *
 * Both are spread over 2n linear buckets, one for each time on average, and finished by insertion: expected O(n), and cheaper than to sort
 * them apart and to merge them, where no branch can be foreseen. What is crowded (a burst) is sorted apart and merged: O(n log n) where all
 * is. The order of equal times is not defined.
 *
 * @param starts n times without NaN
 * @param ends n times, none before its start
 */
export function sortChanges(starts: Float64Array, ends: Float64Array): Changes {
  const n = starts.length;
  const times = new Float64Array(2 * n);
  const steps = new Int32Array(2 * n);
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < n; i++) {
    low = Math.min(low, starts[i]);
    high = Math.max(high, ends[i]);
  }
  const buckets = 2 * n;
  const scale = (buckets - 1) / (high - low);
  // a span that overflows, or is too small to divide by, has no linear buckets; one table for both is too wide for the cache where rows scatter
  if (n <= FEW || !(scale > 0 && scale < Infinity) || isScattered(starts)) {
    merge(sort(starts), sort(ends), times, steps);
    return { times, steps };
  }

  // count; both buckets before both counts, here and below: the processor then works on two at once, in two thirds of the time
  const next = new Int32Array(buckets);
  for (let i = 0; i < n; i++) {
    const s = ((starts[i] - low) * scale) | 0;
    const e = ((ends[i] - low) * scale) | 0;
    next[s]++;
    next[e]++;
  }

  // turn counts into the start of each bucket
  const crowded: [from: number, to: number][] = [];
  let sum = 0;
  let many = 0;
  for (let b = 0; b < buckets; b++) {
    const count = next[b];
    next[b] = sum;
    sum += count;
    if (count > CROWDED) {
      crowded.push([sum - count, sum]);
      many += count;
    }
  }
  if (many > n) {
    merge(sort(starts), sort(ends), times, steps);
    return { times, steps };
  }

  // scatter, then put right the times that share a bucket
  for (let i = 0; i < n; i++) {
    const s = ((starts[i] - low) * scale) | 0;
    const e = ((ends[i] - low) * scale) | 0;
    const k = next[s];
    next[s] = k + 1;
    times[k] = starts[i];
    steps[k] = 1;
    const l = next[e];
    next[e] = l + 1;
    times[l] = ends[i];
    steps[l] = -1;
  }
  for (const [from, to] of crowded) settle(times.subarray(from, to), steps.subarray(from, to));
  insert(times, steps);
  return { times, steps };
}

/** Writes sorted starts and ends, of equal times the starts first. */
function merge(starts: Float64Array, ends: Float64Array, times: Float64Array, steps: Int32Array): void {
  for (let k = 0, i = 0, j = 0; k < times.length; k++) {
    const isStart = i < starts.length && !(ends[j] < starts[i]);
    times[k] = isStart ? starts[i++] : ends[j++];
    steps[k] = isStart ? 1 : -1;
  }
}

/** Sorts changes in place. */
function settle(times: Float64Array, steps: Int32Array): void {
  const starts = times.filter((_, k) => steps[k] > 0);
  const ends = times.filter((_, k) => steps[k] < 0);
  merge(sort(starts), sort(ends), times, steps);
}

/** Insertion in place: linear where every time is near its place. */
function insert(times: Float64Array, steps: Int32Array): void {
  let highest = times[0];
  for (let k = 1; k < times.length; k++) {
    const time = times[k];
    if (highest <= time) {
      highest = time;
      continue;
    }
    const step = steps[k];
    let j = k;
    do {
      times[j] = times[j - 1];
      steps[j] = steps[j - 1];
      j--;
    } while (j > 0 && times[j - 1] > time);
    times[j] = time;
    steps[j] = step;
  }
}
