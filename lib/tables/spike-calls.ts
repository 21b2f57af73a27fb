import type { ColumnTable } from "arquero";
import { activeLists, activeRanges } from "../kernels/active.js";
import { type Column, int, number } from "./column.js";
import { table } from "./own-table.js";
import { Reader } from "./read.js";
import { readSpikes } from "./spikes.js";

export const spikeCallsColumns: readonly Column[] = [
  int("spike_id", "", "a spike"),
  int("call_id", "", "a call that was active in it"),
  number("overlap", "s", "how long; up to the end of the spike where the call's end is missing"),
];

/**
 * Which calls were active in which spike: a row for each pair. There can be as many as spikes times calls, so this table is made on demand
 * only; it is linear in its own length.
 *
 * @param spikes a `spikes` table, in the order of time
 * @param calls a table with start_time and end_time, and call_id where it has one (else the position counts); rows of one call_id that follow
 *   each other are one call (see `exclusiveIntervals`), and what they overlap is summed
 * @returns the `spike_calls` table, by spike, then in the order of the calls
 * @throws TableError if a column is missing; OptionError if spikes overlap
 * @example
 * const calls = table({ start_time: [0, 1], end_time: [2, 3] });
 * const spikes = detectConcurrencySpikes(buildConcurrencySegments(calls), 2);
 * listSpikeCalls(spikes, calls).array("call_id"); // [0, 1]
 */
export function listSpikeCalls(spikes: ColumnTable, calls: ColumnTable): ColumnTable {
  const intervals = readSpikes(spikes, "listSpikeCalls");
  const readSpike = new Reader(spikes, "listSpikeCalls");
  const read = new Reader(calls, "listSpikeCalls");
  const starts = read.numbers("start_time");
  const ends = read.numbers("end_time");
  const callIds = read.has("call_id") ? read.ints("call_id") : undefined;
  const spikeIds = readSpike.has("spike_id") ? readSpike.ints("spike_id") : undefined;

  const count = intervals.starts.length;
  const lists = activeLists(activeRanges(starts, ends, intervals.starts, intervals.ends), 0, count);
  const pairs = lists.calls.length;
  const rows = { spike_id: new Int32Array(pairs), call_id: new Int32Array(pairs), overlap: new Float64Array(pairs) };
  let size = 0;
  for (let k = 0; k < count; k++) {
    const from = intervals.starts[k];
    const to = intervals.ends[k];
    const first = size; // of this spike
    for (let p = lists.offsets[k]; p < lists.offsets[k + 1]; p++) {
      const row = lists.calls[p];
      const call = callIds ? callIds[row] : row;
      const overlap = (ends[row] < to ? ends[row] : to) - (starts[row] > from ? starts[row] : from);
      if (size > first && rows.call_id[size - 1] === call) {
        rows.overlap[size - 1] += overlap;
        continue;
      }
      rows.spike_id[size] = spikeIds ? spikeIds[k] : k;
      rows.call_id[size] = call;
      rows.overlap[size++] = overlap;
    }
  }
  return table({
    spike_id: rows.spike_id.subarray(0, size),
    call_id: rows.call_id.subarray(0, size),
    overlap: rows.overlap.subarray(0, size),
  });
}
