import { randomExponential } from "d3-random";
import type { Arrivals } from "./arrivals.js";
import { arrivalsFactor, type Incident, nextEdge } from "./incidents.js";
import type { Random } from "./random.js";

/**
 * Draws when the next arrival is after a time, by thinning (P. A. W. Lewis, G. S. Shedler, 1979): candidates come at the highest rate, and
 * each is taken with the share that its own time has of it. At the edge of an incident, where the highest rate changes, it draws anew,
 * which a Poisson process does not mind.
 *
 * @param rate mean arrivals per second
 * @returns the time of the next arrival after a time; to be asked in the order of time
 */
export function nextArrival(
  random: Random,
  arrivals: Pick<Arrivals, "at" | "peak">,
  rate: number,
  incidents: readonly Incident[],
): (after: number) => number {
  const gap = randomExponential.source(random)(rate * arrivals.peak);
  return (after) => {
    for (let time = after; ;) {
      const candidate = time + gap() / arrivalsFactor(incidents, time);
      const edge = nextEdge(incidents, time);
      time = Math.min(candidate, edge);
      if (candidate < edge && random() * arrivals.peak < arrivals.at(time)) return time;
    }
  };
}
