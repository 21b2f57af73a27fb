import { openArrivals } from "./arrivals.js";
import { incidentEffects } from "./incidents.js";
import type { ResolvedGenerateOptions } from "./options.js";
import { simulate } from "./simulate.js";
import { makeWorld } from "./world.js";

/** Where an incident lies that nobody placed: shares of the time that the traffic is expected to last. */
export const usualWindow = [0.6, 0.7] as const;

/** Calls that are tried to see how long an example takes. */
const TRIED = 6000;

/**
 * How long the traffic is expected to last, in seconds: until all examples have arrived, the incident reckoned in; or as long as an example
 * takes, if that is longer and the incident does not need arrivals.
 */
export function expectedTime(options: ResolvedGenerateOptions): number {
  const { arrivals, examples, users, think } = options;
  const example = exampleTime(options);
  if (arrivals === "closed") return Math.ceil(examples / users) * (example + think);
  const until = lastArrival(options);
  return options.incident === "slowdown" ? Math.max(until, example) : until;
}

/** How long an example takes on a quiet day, by the mean of some that are tried one after the other. */
function exampleTime(options: ResolvedGenerateOptions): number {
  const size = options.calls / options.examples;
  const examples = Math.max(1, Math.min(options.examples, Math.floor(TRIED / size)));
  const calls = Math.max(examples, Math.min(TRIED, Math.round(examples * size)));
  const quiet = { ...options, arrivals: "closed", users: 1, examples, calls, incident: "none" } as const;
  let total = 0;
  for (const { spans } of simulate(makeWorld(quiet, []))) total += spans[0].end - spans[0].start;
  return (total / 1e6 / calls) * size;
}

/** When as many examples are expected to have arrived as there are, by bisection. */
function lastArrival(options: ResolvedGenerateOptions): number {
  const { arrivals, rate, examples, incident, incidentFactor, incidentWindow } = options;
  if (arrivals === "closed") return 0;
  const process = openArrivals(arrivals, rate, () => 0.5);
  const factor = incident === "none" ? 1 : incidentEffects[incident](incidentFactor).arrivals;
  const arrived = (time: number): number => {
    const [from, to] = incidentWindow ?? usualWindow.map((share) => share * time);
    const inside = process.expected(Math.min(time, to)) - process.expected(Math.min(time, from));
    return rate * (process.expected(time) + (factor - 1) * inside);
  };
  let high = 1;
  while (arrived(high) < examples) high *= 2;
  for (let low = 0; high - low > 1e-9 * high;) {
    const middle = (low + high) / 2;
    if (arrived(middle) < examples) low = middle;
    else high = middle;
  }
  return high;
}
