import { count } from "../format.js";

/** A bar is at least so many pixels wide. */
const BAR = 4;

/** Levels as bars: one each, or so many that every bar can be seen. */
export interface LevelBins {
  /** levels in a bar */
  readonly step: number;
  /** the lowest level of each bar, ascending */
  readonly lows: readonly number[];
  /** the bar of each level */
  readonly binOf: Int32Array;
  /** what a bar holds: `7`, or `20–29` */
  readonly label: (low: number) => string;
  /** how Vega-Lite draws them: bars around `concurrency`, with a little room between them */
  readonly x: Readonly<Record<string, unknown>>;
  readonly transform: readonly Readonly<Record<string, unknown>>[];
}

/**
 * Groups ascending levels into bars of 1, 2, 5, 10, … levels, whichever is the first that leaves each bar 4 pixels.
 *
 * @param levels ascending, at least one
 * @param width in pixels
 */
export function levelBins(levels: Int32Array, width: number, title: string): LevelBins {
  const [from, to] = [levels[0], levels[levels.length - 1]];
  const step = stepFor(from, to, Math.max(1, Math.floor(width / BAR)));
  const low = (level: number) => Math.floor(level / step) * step;
  const binOf = new Int32Array(levels.length);
  const lows: number[] = [];
  levels.forEach((level, i) => {
    if (lows.at(-1) !== low(level)) lows.push(low(level));
    binOf[i] = lows.length - 1;
  });
  return {
    step,
    lows,
    binOf,
    label: (level) => (step === 1 ? count(level) : `${count(level)}–${count(level + step - 1)}`),
    x: {
      field: "left",
      type: "quantitative",
      title,
      scale: { domain: [low(from) - 0.5, low(to) + step - 0.5], nice: false, zero: false },
      axis: { grid: false, tickMinStep: 1, format: ",d", tickCount: Math.max(2, Math.round(width / 60)) },
    },
    transform: [
      { calculate: `datum.concurrency - ${0.5 - step * 0.06}`, as: "left" },
      { calculate: `datum.concurrency + ${step - 0.5 - step * 0.06}`, as: "right" },
    ],
  };
}

function stepFor(from: number, to: number, most: number): number {
  for (let power = 1; ; power *= 10) {
    for (const step of [power, 2 * power, 5 * power]) {
      if (Math.floor(to / step) - Math.floor(from / step) < most) return step;
    }
  }
}
