import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** A source of numbers in `[0, 1)`. */
export type Random = () => number;

/**
 * Independent streams of random numbers, one for each matter: so that, say, skewed clocks or lost ENDs change nothing else in a trace.
 * Streams are 2^64 numbers apart in one sequence, which the seed begins.
 */
export interface RandomStreams {
  readonly arrivals: Random;
  readonly sizes: Random;
  /** who calls what, and how long it takes */
  readonly work: Random;
  readonly failures: Random;
  readonly losses: Random;
  readonly hosts: Random;
}

export function randomStreams(seed: number): RandomStreams {
  const generator = xoroshiro128plus(seed);
  const stream = (): Random => {
    generator.jump();
    const own = generator.clone();
    return () => uniformFloat64(own);
  };
  // in this order: another one goes to the end, so that traces of a seed stay what they were
  return {
    arrivals: stream(),
    sizes: stream(),
    work: stream(),
    failures: stream(),
    losses: stream(),
    hosts: stream(),
  };
}
