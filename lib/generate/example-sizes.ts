import { logNormal } from "./log-normal.js";
import type { Random } from "./random.js";

/** How much examples differ in their number of calls: the coefficient of variation of what each has beyond its first. */
const SPREAD = 0.8;

/**
 * Shares calls out among examples: at least one each, and exactly so many in all. Each example in turn gets a log-normal multiple of what
 * is left for each, rounded at random so that the mean holds, and the last gets the rest. O(1) an example, and no list of them.
 */
export function* exampleSizes(random: Random, calls: number, examples: number): Generator<number, void, undefined> {
  const weight = logNormal(random, 1, SPREAD);
  let further = calls - examples; // beyond the first of each
  for (let left = examples; left > 0; left--) {
    const size = left === 1 ? further : Math.min(further, Math.floor((further / left) * weight() + random()));
    further -= size;
    yield 1 + size;
  }
}
