/** So many characters are written at once. */
const PIECE = 1 << 16;

/** Texts put together to pieces that are worth to be written. */
export function* inPieces(texts: Iterable<string>): Generator<string, void, undefined> {
  let piece = "";
  for (const text of texts) {
    piece += text;
    if (piece.length > PIECE) {
      yield piece;
      piece = "";
    }
  }
  yield piece;
}
