import { sum as compensated } from "simple-statistics";

/** The sum of the numbers that are there, missing ones (NaN) left out, with Kahan–Babuška compensation. O(n). */
export function sum(values: Float64Array): number {
  // the library asks for a plain array, and takes anything with a length
  return compensated(present(values) as unknown as number[]);
}

/** The mean of the numbers that are there, NaN where there are none; the sum is compensated. O(n). */
export function mean(values: Float64Array): number {
  const there = present(values);
  return compensated(there as unknown as number[]) / there.length;
}

/** The numbers that are not NaN: the input itself where none is. */
function present(values: Float64Array): Float64Array {
  let count = 0;
  for (let i = 0; i < values.length; i++) if (values[i] === values[i]) count++;
  if (count === values.length) return values;

  const out = new Float64Array(count);
  for (let i = 0, k = 0; k < count; i++) if (values[i] === values[i]) out[k++] = values[i];
  return out;
}
