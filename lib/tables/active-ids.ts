import type { ColumnTable } from "arquero";
import { activeLists, activeRanges, type ActiveRanges, countPairs } from "../kernels/active.js";
import { positions } from "../kernels/take.js";
import { Reader } from "./read.js";
import { readSpikes } from "./spikes.js";

/** Lists are made for as many spikes at once as hold about so many pairs. */
const PAIRS_AT_ONCE = 1 << 22;

/**
 * The ids of the calls active in each spike: distinct, sorted by code point. One list after the other, so that lists longer than memory can
 * go to a file. A call without an id goes by `#` and its call_id, or its position where there is none. Linear in the length of the lists.
 *
 * @param spikes a `spikes` table, in the order of time
 * @param calls a table with start_time, end_time, and uuid
 * @throws TableError if a column is missing; OptionError if spikes overlap
 * @example
 * const calls = table({ start_time: [0, 1], end_time: [2, 3], uuid: ["b", "a"] });
 * const spikes = detectConcurrencySpikes(buildConcurrencySegments(calls), 2);
 * [...listActiveIds(spikes, calls)]; // [["a", "b"]]
 */
export function* listActiveIds(spikes: ColumnTable, calls: ColumnTable): Generator<string[]> {
  const { starts, ends } = readSpikes(spikes, "listActiveIds");
  const read = new Reader(calls, "listActiveIds");
  const callIds = read.has("call_id") ? read.ints("call_id") : undefined;
  const ids = Array.from(read.maybeTexts("uuid"), (uuid, i) => uuid ?? `#${callIds ? callIds[i] : i}`);
  const order = positions(ids.length).sort((a, b) => byCodePoint(ids[a], ids[b]) || a - b);
  const ranges = activeRanges(read.numbers("start_time"), read.numbers("end_time"), starts, ends);

  for (const { first, last } of batches(ranges, starts.length)) {
    const lists = activeLists(ranges, first, last, order);
    for (let k = 0; k < last - first; k++) {
      const list: string[] = [];
      for (let p = lists.offsets[k]; p < lists.offsets[k + 1]; p++) {
        const id = ids[lists.calls[p]];
        if (list.length === 0 || list[list.length - 1] !== id) list.push(id);
      }
      yield list;
    }
  }
}

/** How many distinct ids are active in each spike; without making lists where ids are unique and every call has its bounds. */
export function countActiveIds(spikes: ColumnTable, calls: ColumnTable): Int32Array {
  const read = new Reader(calls, "countActiveIds");
  const ids = read.maybeTexts("uuid");
  const starts = read.numbers("start_time");
  const ends = read.numbers("end_time");
  const plain = ids.isUnique() && starts.every((start, i) => start <= ends[i]);
  if (plain) return new Reader(spikes, "countActiveIds").ints("concurrency");

  const counts = new Int32Array(spikes.numRows());
  let k = 0;
  for (const list of listActiveIds(spikes, calls)) counts[k++] = list.length;
  return counts;
}

function* batches(ranges: ActiveRanges, count: number): Generator<{ first: number; last: number }> {
  const each = Math.max(1, Math.floor((PAIRS_AT_ONCE * count) / Math.max(1, countPairs(ranges))));
  for (let first = 0; first < count; first += each) yield { first, last: Math.min(count, first + each) };
}

/** Compares by code point, as Python does; JavaScript's own comparison is by UTF-16 unit and differs beyond U+FFFF. */
function byCodePoint(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    const surrogates = Number(x >= 0xd800 && x <= 0xdfff) - Number(y >= 0xd800 && y <= 0xdfff);
    return surrogates || x - y;
  }
  return a.length - b.length;
}
