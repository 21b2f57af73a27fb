import type { ColumnTable } from "arquero";
import { positions, takeInts } from "../kernels/take.js";
import { Reader } from "./read.js";
import { readSegments, segmentsTable } from "./segments.js";

/**
 * The segments within `[from, to)`, cut at its borders. O(n).
 *
 * @param segments a `segments` table
 * @param from seconds, or -Infinity
 * @param to seconds, or Infinity
 * @example
 * const segments = buildConcurrencySegments(table({ start_time: [0], end_time: [10] }));
 * clipSegments(segments, 2, 5).get("duration"); // 3
 */
export function clipSegments(segments: ColumnTable, from: number, to: number): ColumnTable {
  const { starts, ends, levels } = readSegments(segments, "clipSegments");
  const kept = positions(levels.length).filter((i) => starts[i] < to && ends[i] > from);
  const cut = {
    starts: Float64Array.from(kept, (i) => Math.max(from, starts[i])),
    ends: Float64Array.from(kept, (i) => Math.min(to, ends[i])),
    levels: takeInts(levels, kept, -1),
  };
  return segmentsTable({ ...cut, durations: cut.ends.map((end, k) => end - cut.starts[k]) });
}

/**
 * The calls whose midpoint lies in `[from, to)`. O(n).
 *
 * @param calls a table with start_time and end_time
 * @param from seconds, or -Infinity
 * @param to seconds, or Infinity
 * @example
 * const calls = table({ start_time: [0, 4], end_time: [3, 9] });
 * callsCentredIn(calls, 1, 5).array("start_time"); // [0]
 */
export function callsCentredIn(calls: ColumnTable, from: number, to: number): ColumnTable {
  const read = new Reader(calls, "callsCentredIn");
  const starts = read.numbers("start_time");
  const ends = read.numbers("end_time");
  return read.pick((i) => {
    const midpoint = 0.5 * (starts[i] + ends[i]);
    return midpoint >= from && midpoint < to;
  });
}
