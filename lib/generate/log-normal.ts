import { randomLogNormal } from "d3-random";
import type { Random } from "./random.js";

/**
 * Log-normal numbers of a given mean and coefficient of variation: σ² = ln(1 + cv²), and the median e^μ is mean / √(1 + cv²).
 *
 * @param mean above 0
 * @param cv standard deviation over mean; 0 gives the mean itself
 */
export function logNormal(random: Random, mean: number, cv: number): Random {
  if (cv === 0) return () => mean;
  const variance = Math.log1p(cv * cv);
  return randomLogNormal.source(random)(Math.log(mean) - variance / 2, Math.sqrt(variance));
}
