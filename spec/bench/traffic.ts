import { seeded } from "../support/random.js";

/** seconds: with the rate below, some 50 calls in flight */
export const MEAN_DURATION = 2.5;

/** The columns of calls, row by row. */
export interface Traffic {
  readonly start_time: Float64Array;
  readonly end_time: Float64Array;
  readonly prompt_tokens: Float64Array;
  readonly total_tokens: Float64Array;
}

export const orders = ["sorted", "by end", "exporter", "shuffled", "outlier", "equal"] as const;
export type Order = (typeof orders)[number];

const RATE = 20; // calls a second
const BURST_EVERY = 2000; // calls, on average
const BURST = 150; // calls more, nearly at once
const SPREAD = 0.9; // of the logarithm of durations
const PROCESSES = 8;
const EXPORT_EVERY = 5; // seconds

/**
 * Seeded traffic of `n` calls: Poisson arrivals with bursts, log-normal durations. Time grows with `n`, so that the concurrency does not:
 * about 50 in flight, and in bursts over 300. Times are not on a grid, so hardly any two are equal.
 *
 * - `sorted`: by start
 * - `by end`: as spans of one process end
 * - `exporter`: as exporters of eight processes write: each its ended spans every five seconds (the schedule of OpenTelemetry's batch processor)
 * - `shuffled`: at random
 * - `outlier`: as `exporter`, but one call comes a million times the whole span later
 * - `equal`: all calls start at once and end at once
 */
export function traffic(n: number, order: Order, meanDuration = MEAN_DURATION): Traffic {
  const random = seeded(1);
  const exponential = (mean: number) => -mean * Math.log(1 - random());
  const calls: Traffic = {
    start_time: new Float64Array(n),
    end_time: new Float64Array(n),
    prompt_tokens: new Float64Array(n),
    total_tokens: new Float64Array(n),
  };
  const keys = new Float64Array(n);
  const location = Math.log(meanDuration) - (SPREAD * SPREAD) / 2;
  let time = 0;
  let burst = 0;
  for (let i = 0; i < n; i++) {
    if (burst > 0) burst--;
    else if (random() * BURST_EVERY < 1) burst = BURST;
    time += exponential(1 / RATE) * (burst > 0 ? 0.01 : 1);
    const duration = Math.exp(location + SPREAD * normal(random));
    calls.start_time[i] = order === "equal" ? 1 : time;
    calls.end_time[i] = order === "equal" ? 2 : time + duration;
    calls.prompt_tokens[i] = 1 + Math.floor(exponential(900));
    calls.total_tokens[i] = calls.prompt_tokens[i] + 1 + Math.floor(exponential(250));
    keys[i] = keyOf(order, random, calls.end_time[i]);
  }
  if (order === "outlier") {
    const middle = n >>> 1;
    calls.start_time[middle] += 1e6 * time;
    calls.end_time[middle] += 1e6 * time;
  }
  return order === "sorted" ? calls : arrange(calls, keys);
}

/** What the rows are put in order by: rows of equal keys by end. */
function keyOf(order: Order, random: () => number, end: number): number {
  const draw = random(); // in every order, so that all have the same calls
  if (order === "shuffled") return draw;
  if (order === "by end") return end;
  // the next export of the process that it ran in; the processes take turns
  const offset = (Math.floor(draw * PROCESSES) * EXPORT_EVERY) / PROCESSES;
  return Math.ceil((end - offset) / EXPORT_EVERY) * EXPORT_EVERY + offset;
}

/** The rows in the order of their keys. */
function arrange(calls: Traffic, keys: Float64Array): Traffic {
  const rows = Uint32Array.from(keys.keys()).sort((a, b) => keys[a] - keys[b] || calls.end_time[a] - calls.end_time[b]);
  const by = (column: Float64Array) => Float64Array.from(rows, (row) => column[row]);
  return {
    start_time: by(calls.start_time),
    end_time: by(calls.end_time),
    prompt_tokens: by(calls.prompt_tokens),
    total_tokens: by(calls.total_tokens),
  };
}

/** A standard normal number (Box and Muller). */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
