import { earlierEqual } from "../kernels/earlier-equal.js";
import { flagged } from "../kernels/take.js";
import type { Reader } from "./read.js";
import type { TextColumn } from "./text-column.js";

/** Spans whose ids occurred before, by row. */
export interface EarlierSpans {
  /** the first row that is equal in all that matters, −1 where there is none before */
  readonly repeats: Int32Array;
  /** whether the id occurred before in its example */
  readonly reuses: Uint8Array;
}

/** What makes two spans of one id the same. */
interface Facts {
  readonly examples: Int32Array;
  readonly kinds: TextColumn;
  readonly statuses: TextColumn;
  readonly starts: Float64Array;
  readonly ends: Float64Array;
}

/**
 * Finds the spans that were read before: by an exporter's second try, or in a file that was given twice. They are equal in example, id, kind,
 * name, bounds, tokens and status. Spans without an id are not compared. Expected O(rows).
 *
 * @returns undefined where no id occurs twice in an example
 */
export function earlierSpans(read: Reader, facts: Facts): EarlierSpans | undefined {
  const uuids = read.textsIfAny("uuid");
  if (!uuids || uuids.dictionary.size === 0) return undefined;
  const ids = uuids.equalCodes();
  const occurring = twice(ids, uuids.dictionary.size);
  if (occurring.length === 0) return undefined;

  const { examples, kinds, statuses, starts, ends } = facts;
  const before = earlierEqual(occurring, [examples, ids]);
  const reuses = new Uint8Array(read.size);
  const involved = new Uint8Array(read.size);
  before.forEach((first, k) => {
    if (first < 0) return;
    reuses[occurring[k]] = 1;
    involved[occurring[k]] = involved[first] = 1;
  });
  const rows = flagged(involved);
  if (rows.length === 0) return undefined;

  const texts = [kinds, statuses, read.maybeTexts("operation_name")].map((column) => column.equalCodes());
  const tokens = ["prompt_tokens", "completion_tokens", "total_tokens"].map((name) => read.maybeNumbers(name));
  const equal = earlierEqual(rows, [examples, ids, ...texts, starts, ends, ...tokens]);
  const repeats = new Int32Array(read.size).fill(-1);
  rows.forEach((row, k) => (repeats[row] = equal[k]));
  return { repeats, reuses };
}

/** The positions of the codes that occur more than once; −1 is no code. O(n + size). */
function twice(codes: Int32Array, size: number): Int32Array {
  const times = new Uint8Array(size);
  let repeated = false;
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i];
    if (code < 0) continue;
    if (times[code] === 0) times[code] = 1;
    else {
      times[code] = 2;
      repeated = true;
    }
  }
  return repeated
    ? flagged(Uint8Array.from(codes, (code) => (code >= 0 && times[code] === 2 ? 1 : 0)))
    : new Int32Array(0);
}
