import { sum as compensated } from "simple-statistics";

/** The sum of the numbers that are there, missing ones (NaN) left out, with Kahan–Babuška compensation. O(n). */
export function sum(values: Float64Array): number {
  // the library asks for a plain array, and takes anything with a length
  return compensated(values.filter((value) => !Number.isNaN(value)) as unknown as number[]);
}
