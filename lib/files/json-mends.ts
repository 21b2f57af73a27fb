import { BARE_NAN } from "./bare-nan.js";

/** Whole numbers with so many digits may be beyond 2^53, and so may those with a fraction from `LONG_WITH_FRACTION` on. */
const LONG = 16;
export const LONG_WITH_FRACTION = 13;

const [DOT, E, LOWER_E, PLUS, MINUS, I, N] = [0x2e, 0x45, 0x65, 0x2b, 0x2d, 0x49, 0x4e];
const inNumbers = new Set([DOT, E, LOWER_E, PLUS, MINUS]);
for (let digit = 0x30; digit <= 0x39; digit++) inNumbers.add(digit);

/** Bytes that are no JSON, or lose digits: from, to, and what stands for them; nothing for a number in quotes. */
export type Mend = [from: number, to: number, as: string];

/** Where a number ends that begins before. */
export function numberEnd(bytes: Uint8Array, at: number, length: number): number {
  let to = at;
  while (to < length && inNumbers.has(bytes[to])) to++;
  return to;
}

/**
 * A whole number of many digits, or such a one with a fraction, becomes a text; others stay.
 *
 * @param from where the document begins
 * @param at the first digit
 * @param digitsEnd behind the whole digits
 * @param end behind the number
 */
export function mendOfNumber(
  bytes: Uint8Array,
  from: number,
  at: number,
  digitsEnd: number,
  end: number,
): Mend | undefined {
  const before = bytes[at - 1];
  const signed = at > from && before === MINUS;
  const previous = bytes[at - (signed ? 2 : 1)];
  // not within a fraction, an exponent or a word
  if (at > from && (previous === DOT || previous === LOWER_E || previous === E || before === PLUS)) return undefined;
  for (let i = digitsEnd; i < end; i++) if (bytes[i] === LOWER_E || bytes[i] === E) return undefined;
  return digitsEnd - at >= LONG || end - at > LONG ? [signed ? at - 1 : at, end, ""] : undefined;
}

/** Bare `NaN` and `Infinity`, as Python writes them; other words stay. */
export function mendOfWord(bytes: Uint8Array, at: number, end: number): Mend | undefined {
  if (end - at === 3 && bytes[at] === N) return [at, end, BARE_NAN];
  return end - at === 8 && bytes[at] === I ? [at, end, "1e999"] : undefined;
}

/** The text of the bytes from `from` to `to` with mends in it, which are in their order. */
export function mendedText(
  decode: (from: number, to: number) => string,
  from: number,
  to: number,
  mends: readonly Mend[],
): string {
  if (mends.length === 0) return decode(from, to);
  const pieces: string[] = [];
  let done = from;
  for (const [begin, end, as] of mends) {
    pieces.push(decode(done, begin), as === "" ? `"${decode(begin, end)}"` : as);
    done = end;
  }
  pieces.push(decode(done, to));
  return pieces.join("");
}
