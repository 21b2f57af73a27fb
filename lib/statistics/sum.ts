import { sum as compensated } from "simple-statistics";

/** The sum of the numbers that are there, missing ones (NaN) left out, with Kahan–Babuška compensation. O(n). */
export function sum(values: Float64Array): number {
  return sumPresent(values).sum;
}

/** The mean of the numbers that are there, NaN where there are none; the sum is compensated. O(n). */
export function mean(values: Float64Array): number {
  const { sum, count } = sumPresent(values);
  return sum / count;
}

function sumPresent(values: Float64Array): { readonly sum: number; readonly count: number } {
  // the library asks for a plain array, and takes anything with a length
  const all = compensated(values as unknown as number[]);
  if (!Number.isNaN(all)) return { sum: all, count: values.length };
  const there = values.filter((value) => !Number.isNaN(value));
  const sum = compensated(there as unknown as number[]);
  // of endless values the compensation is no number
  return { sum: Number.isNaN(sum) ? there.reduce((a, b) => a + b, 0) : sum, count: there.length };
}
