const ZERO = 48;
const POINT = 46;
const MINUS = 45;
/** Powers of ten that a float holds exactly. */
const POWERS = Float64Array.from({ length: 23 }, (_, power) => Number(`1e${power}`));

/**
 * The number that stands at `bytes[from]` to `bytes[to − 1]`, if it is plain: digits, a minus before them or not, a point within or at
 * either end or not, its digits below 2^53 without the point. NaN for whatever else stands there, a number in another notation too.
 *
 * Exactly what `Number` makes of it: digits and power of ten are exact, so that their quotient is rounded once. O(length).
 * (W. D. Clinger, How to read floating point numbers accurately, 1990.)
 */
export function decimal(bytes: Uint8Array, from: number, to: number): number {
  let i = from;
  const negative = i < to && bytes[i] === MINUS;
  if (negative) i++;
  // the digits without the point, the last nine at most in an integer of their own: it takes them faster than a float
  let high = 0;
  let low = 0;
  let inLow = 0;
  let count = 0;
  let point = -1;
  for (; i < to; i++) {
    const digit = bytes[i] - ZERO;
    if (digit >= 0 && digit <= 9) {
      if (inLow === 9) {
        if (high > 0) return NaN;
        high = low;
        low = inLow = 0;
      }
      low = (Math.imul(low, 10) + digit) | 0;
      if (low > 0 || high > 0) inLow++; // zeros before the first digit are none
      count++;
    } else if (bytes[i] === POINT && point < 0) point = i;
    else return NaN;
  }
  const places = point < 0 ? 0 : to - point - 1;
  const digits = high * POWERS[inLow] + low;
  if (count === 0 || places >= POWERS.length || digits > Number.MAX_SAFE_INTEGER) return NaN;
  const value = places > 0 ? digits / POWERS[places] : digits;
  return negative ? -value : value;
}
