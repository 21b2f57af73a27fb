import { randomExponential } from "d3-random";
import type { Random } from "./random.js";

/**
 * A Markov chain of two states in continuous time, off and on: how long each lasts is exponential, and the first is drawn as it stands in
 * the long run.
 *
 * @param off mean seconds off
 * @param on mean seconds on
 * @returns whether it is on at a time; to be asked in the order of time
 */
export function phases(random: Random, off: number, on: number): (time: number) => boolean {
  const exponential = randomExponential.source(random)(1);
  let isOn = random() < on / (off + on);
  let until = exponential() * (isOn ? on : off);
  return (time) => {
    while (time >= until) {
      isOn = !isOn;
      until += exponential() * (isOn ? on : off);
    }
    return isOn;
  };
}
