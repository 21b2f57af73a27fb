import { readNumber } from "./numbers.js";
import { numberAt, type Row } from "./row.js";

/** The unit of a time: seconds to nanoseconds, or a date. */
export type TimeUnit = "s" | "ms" | "us" | "ns" | "iso";
export const timeUnits: readonly TimeUnit[] = ["s", "ms", "us", "ns", "iso"];

export const PER_SECOND = { s: 1, ms: 1e3, us: 1e6, ns: 1e9, iso: 1e9 };
/** Decimal places between a unit and the nanosecond. */
const PLACES = { s: 9, ms: 6, us: 3, ns: 0 };
const ISO = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(?:[.,](\d+))?)?\s*(Z|UTC|[+-]\d\d(?::?\d\d)?)?$/i;
const WHOLE = /^\d+$/;
const DECIMAL = /^\s*([+-]?)(\d+)(?:\.(\d*))?\s*$/;

/** Whether a cell holds an ISO date. */
export const isIso = (value: unknown): boolean => typeof value === "string" && ISO.test(value.trim());

/** Seconds, so few that as many nanoseconds are exact in a float. */
const NEAR = 9_000_000;

/** The number that at most fifteen digits of a text make, NaN where there are none or others. */
function digits(text: string, from: number, to: number): number {
  if (from < 0 || to <= from || to - from > 15) return NaN;
  let number = 0;
  for (let i = from; i < to; i++) {
    const digit = text.charCodeAt(i) - 0x30;
    if (digit < 0 || digit > 9) return NaN;
    number = 10 * number + digit;
  }
  return number;
}

/** Units whose values since 1970 a float cannot hold. */
const isFine = (unit: TimeUnit): boolean => unit === "us" || unit === "ns" || unit === "iso";

/**
 * Reads the times of one trace. Seconds and milliseconds are floats, taken as they are. Where a finer unit or dates occur at first, all times
 * are whole nanoseconds, kept as the exact difference from the first one.
 */
export class Clock {
  #exact: boolean | undefined;
  #first: bigint | undefined;
  /** the first one in whole seconds and the nanoseconds beyond; NaN before it */
  #firstSeconds = NaN;
  #firstRest = NaN;

  /** Chooses between floats and whole nanoseconds, once. */
  choose(...units: readonly TimeUnit[]): void {
    this.#exact ??= units.some(isFine);
  }

  /** Whether times are whole nanoseconds, which `settle` turns into seconds. */
  get isExact(): boolean {
    return this.#exact === true;
  }

  /** Nanoseconds since 1970 in the terms of a clock of whole nanoseconds. */
  since(nanoseconds: bigint): number {
    if (this.#first === undefined) {
      this.#first = nanoseconds;
      this.#firstSeconds = Number(nanoseconds / 1_000_000_000n);
      this.#firstRest = Number(nanoseconds % 1_000_000_000n);
    }
    return Number(nanoseconds - this.#first);
  }

  /**
   * The same of a text of digits, as most formats hold nanoseconds: without a BigInt, but just as exact. NaN where the text is anything
   * else, or too far from the first one; `since` tells then.
   */
  sinceDigits(text: string): number {
    const seconds = digits(text, 0, text.length - 9);
    const rest = digits(text, text.length - 9, text.length);
    const apart = seconds - this.#firstSeconds;
    return apart < NEAR && apart > -NEAR ? apart * 1e9 + (rest - this.#firstRest) : NaN;
  }

  /** A time in the clock's own terms; NaN where it is missing, undefined where it is not a time. */
  read(row: Row, column: number, unit: TimeUnit): number | undefined {
    if (!this.#exact && unit !== "iso") return readDuration(row, column, PER_SECOND[unit]);
    const value = row.cell(column);
    const nanoseconds = nanosecondsOf(value, unit);
    if (typeof nanoseconds !== "bigint") return nanoseconds === null ? NaN : undefined;
    return this.#exact ? this.since(nanoseconds) : Number(nanoseconds) / 1e9;
  }

  /**
   * The origin of the trace, in nanoseconds since 1970, and what turns a time of this clock into seconds since it. Dates, and times long after
   * zero, are shifted to the earliest one; small numbers stay as they are.
   *
   * @param earliest the earliest time read
   */
  settle(earliest: number): { origin: bigint; toSeconds: (time: number) => number } {
    if (this.#first === undefined || !Number.isFinite(earliest)) return { origin: 0n, toSeconds: (time) => time };
    const first = this.#first + BigInt(earliest);
    const origin = first >= LONG_AFTER ? first : 0n;
    const shift = Number(this.#first - origin);
    return { origin, toSeconds: (time) => (time + shift) / 1e9 };
  }
}

/** A length of time in seconds; NaN where it is missing, undefined where it is not a number. */
export function readDuration(row: Row, column: number, perSecond: number): number | undefined {
  const number = numberAt(row, column);
  if (number === undefined || Math.abs(number) === Infinity) return undefined;
  return perSecond === 1 ? number : number / perSecond;
}

/** Seconds, rounded to whole nanoseconds. */
export const secondsAsNanoseconds = (seconds: number): bigint =>
  wholeNanoseconds(seconds.toFixed(PLACES.s), PLACES.s) as bigint;

/** A time or a length of time in whole nanoseconds; null where it is missing, undefined where it is none. */
export function nanosecondsOf(value: unknown, unit: TimeUnit): bigint | null | undefined {
  const nanoseconds = unit === "iso" ? isoNanoseconds(value) : wholeNanoseconds(value, PLACES[unit]);
  if (nanoseconds !== undefined) return nanoseconds;
  return Number.isNaN(readNumber(value)) ? null : undefined;
}

/** Times from here on, twelve days in nanoseconds, are shifted: floats of seconds would begin to lose their nanoseconds. */
export const LONG_AFTER = 10n ** 15n;

function wholeNanoseconds(value: unknown, digits: number): bigint | undefined {
  if (typeof value === "bigint") return value * 10n ** BigInt(digits);
  if (digits === 0 && typeof value === "string" && WHOLE.test(value)) return BigInt(value);
  const match = DECIMAL.exec(
    typeof value === "number" ? value.toFixed(digits) : typeof value === "string" ? value : "",
  );
  if (!match) return undefined;
  const [, sign, whole, fraction = ""] = match;
  const nanoseconds = BigInt(whole + fraction.padEnd(digits, "0").slice(0, digits));
  return sign === "-" ? -nanoseconds : nanoseconds;
}

/** An ISO date as nanoseconds since 1970, to the last digit; no zone is UTC. Undefined where the value is no date. */
export function isoNanoseconds(value: unknown): bigint | undefined {
  const match = typeof value === "string" ? ISO.exec(value.trim()) : null;
  if (!match) return undefined;
  const [, day, clock = "00:00", fraction = "", zone = "Z"] = match;
  const offset = /^[+-]/.test(zone) ? zone.slice(0, 3) + ":" + (zone.replace(":", "").slice(3) || "00") : "Z";
  const milliseconds = Date.parse(`${day}T${clock.length === 5 ? `${clock}:00` : clock}${offset}`);
  if (Number.isNaN(milliseconds)) return undefined;
  return BigInt(milliseconds) * 1_000_000n + BigInt(fraction.padEnd(9, "0").slice(0, 9));
}
