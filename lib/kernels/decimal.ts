const ZERO = 48;
const NINE = 57;
const POINT = 46;
const MINUS = 45;
/** One more digit keeps a number up to this below 2^53. */
const MOST = 900_719_925_474_098;
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
  let digits = 0; // the number without its point
  let count = 0;
  let places = -1; // digits behind the point; −1 before it
  for (; i < to; i++) {
    const byte = bytes[i];
    if (byte >= ZERO && byte <= NINE) {
      if (digits > MOST) return NaN;
      digits = digits * 10 + (byte - ZERO);
      count++;
      if (places >= 0) places++;
    } else if (byte === POINT && places < 0) places = 0;
    else return NaN;
  }
  if (count === 0 || places >= POWERS.length) return NaN;
  const value = places > 0 ? digits / POWERS[places] : digits;
  return negative ? -value : value;
}
