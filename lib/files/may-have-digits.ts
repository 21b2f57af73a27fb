const [QUOTE, POINT, ZERO] = [0x22, 0x2e, 0x30];

/** Whether a number with at least so many digits before its point may stand in JSON; never false where one does. */
export function mayHaveDigits(bytes: Uint8Array, from: number, to: number, digits: number): boolean {
  for (let at = from + digits - 1; at < to; at += digits) {
    if (!isDigit(bytes[at])) continue;
    let first = at;
    while (first > from && isDigit(bytes[first - 1])) first--;
    let last = at;
    while (last + 1 < to && isDigit(bytes[last + 1])) last++;
    // no number begins behind a quote or a point
    const before = bytes[first - 1];
    if (last - first >= digits - 1 && before !== QUOTE && before !== POINT) return true;
    at = last;
  }
  return false;
}

// one comparison, which is foretold better than two: blanks are below the digits, letters above
const isDigit = (byte: number): boolean => (byte - ZERO) >>> 0 <= 9;
