import { readNumber } from "../formats/numbers.js";
import { isIso } from "../formats/times.js";

/** What the first text is that is a time: as where files are read in memory, it tells what the others are. */
export function held(texts: readonly unknown[]): "dates" | "numbers" | undefined {
  const first = texts.find((text) => isIso(text) || Number.isFinite(readNumber(text)));
  if (first === undefined) return undefined;
  return isIso(first) ? "dates" : "numbers";
}
