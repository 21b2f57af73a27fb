const [QUOTE, BACKSLASH] = [0x22, 0x5c];
/** So many bytes are looked at one by one, before the search of the engine, which is slow to begin. */
const NEAR = 64;

/** Where a JSON string that goes on here is closed: a quote behind an even number of backslashes; `length` where it is not. */
export function closingQuote(bytes: Uint8Array, from: number, length: number): number {
  const near = Math.min(length, from + NEAR);
  for (let at = from; ; at++) {
    while (at < near && bytes[at] !== QUOTE) at++;
    if (at >= near) {
      at = bytes.indexOf(QUOTE, at);
      if (at < 0 || at >= length) return length;
    }
    let backslashes = 0;
    while (bytes[at - 1 - backslashes] === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return at;
  }
}
