import type { Random } from "./random.js";
import { phases } from "./phases.js";

/** How the rate of arrivals goes over time, against its mean: incidents come on top of it. */
export interface Arrivals {
  /** the rate at a time, against the mean rate; asked in the order of time */
  at(time: number): number;
  /** what `at` never exceeds */
  readonly peak: number;
  /** how many times the mean rate × time are expected from 0 until a time */
  expected(time: number): number;
}

const DAY = 86_400;
/** How far the rate swings about its mean in a day. */
const SWING = 0.8;
const turns = (2 * Math.PI) / DAY;

/** Busy times have so many times the arrivals of calm ones … */
const BUSY = 8;
/** … and fill this share of the time. */
const BUSY_SHARE = 0.2;
/** Arrivals expected from one busy time to the next. */
const CYCLE = 60;

/**
 * How sessions arrive: `poisson`; `bursty`, in calm and busy times; `daily`, least at 0 h and most at 12 h; `closed`, by a number of users, each of whom
 * waits for an answer before the next question.
 */
export type ArrivalKind = "poisson" | "bursty" | "daily" | "closed";
export type OpenArrivalKind = Exclude<ArrivalKind, "closed">;

/** Arrivals from outside, which do not wait for one another. */
const open = {
  /** A Poisson process. */
  poisson: (): Arrivals => ({ at: () => 1, peak: 1, expected: (time) => time }),

  /** A Markov-modulated Poisson process of two states, calm and busy. */
  bursty: (rate: number, random: Random): Arrivals => {
    const calm = 1 / (1 + BUSY_SHARE * (BUSY - 1));
    const busyAt = phases(random, (CYCLE * (1 - BUSY_SHARE)) / rate, (CYCLE * BUSY_SHARE) / rate);
    return { at: (time) => (busyAt(time) ? BUSY * calm : calm), peak: BUSY * calm, expected: (time) => time };
  },

  /** A Poisson process whose rate follows the day: least at 0 h, most at 12 h. */
  daily: (): Arrivals => ({
    at: (time) => 1 - SWING * Math.cos(time * turns),
    peak: 1 + SWING,
    expected: (time) => time - (SWING * Math.sin(time * turns)) / turns,
  }),
} as const satisfies Record<OpenArrivalKind, (rate: number, random: Random) => Arrivals>;

export const arrivalKinds = [...(Object.keys(open) as [OpenArrivalKind, ...OpenArrivalKind[]]), "closed"] as const;

/** Arrivals of a kind, at a mean rate of examples per second. */
export const openArrivals = (kind: OpenArrivalKind, rate: number, random: Random): Arrivals => open[kind](rate, random);
