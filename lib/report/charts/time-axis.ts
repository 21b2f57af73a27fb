import { isSinceEpoch } from "../moment.js";
import { roundTo } from "./round.js";
import { unitFor } from "./unit.js";

/** The longest numbers at the ticks. */
const READABLE = 10_000;
/** Times are kept to this part of a pixel. */
const PIXEL_PART = 0.01;

/** A time axis: where a time stands on it, and how Vega-Lite draws it. */
export interface TimeAxis {
  /** in the unit of the axis, rounded where it cannot be seen */
  readonly at: (time: number) => number;
  /** the encoding of the field that holds what `at` gave */
  readonly x: Readonly<Record<string, unknown>>;
}

/**
 * The axis for a stretch of time, in the unit that suits it. Times count from 0, so that they can be given as a window. Where that makes
 * long numbers they count from the beginning of the stretch, which the title tells: as a date where times are seconds since 1970.
 *
 * @param field where the data holds the times
 * @param from seconds, finite
 * @param to seconds, finite
 * @param width in pixels
 */
export function timeAxis(field: string, from: number, to: number, width: number): TimeAxis {
  const extent = to > from ? to - from : 1;
  const unit = unitFor(extent);
  const isDate = isSinceEpoch(from);
  const isFar = Math.max(Math.abs(from), Math.abs(to)) / unit.size > READABLE;
  // to whole milliseconds, as the title tells it
  const zero = isDate || isFar ? Math.floor(from * 1000) / 1000 : 0;
  const round = roundTo((extent / unit.size / width) * PIXEL_PART);
  const at = (time: number) => round((time - zero) / unit.size);
  return {
    at,
    x: {
      field,
      type: "quantitative",
      title: `time since ${nameOf(zero, isDate)} (${unit.name})`,
      scale: { domain: [at(from), at(from + extent)], nice: false, zero: false },
      axis: { grid: false, tickCount: Math.max(2, Math.round(width / 80)) },
    },
  };
}

function nameOf(zero: number, isDate: boolean): string {
  if (isDate) return new Date(zero * 1000).toISOString().replace(/\.000Z$/, "Z");
  return zero === 0 ? "start" : `start + ${zero.toLocaleString("en", { maximumFractionDigits: 3 })} s`;
}
