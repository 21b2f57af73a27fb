import type { ColumnTable } from "arquero";
import { OptionError } from "../errors.js";
import { type Column, int, number } from "./column.js";
import { table } from "./own-table.js";
import { Reader } from "./read.js";
import { readSegments } from "./segments.js";

export const spikesColumns: readonly Column[] = [
  int("spike_id", "", "its position in time, from 0: the key of the table"),
  number("start_time", "s", "where the spike begins"),
  number("end_time", "s", "where it ends; not part of it"),
  number("duration", "s", "end − start"),
  int("concurrency", "calls", "in flight throughout"),
  int(
    "active_calls",
    "calls",
    "how many calls were active in it; in NAT mode ids, and those of calls whose end is missing, too",
  ),
];

/**
 * The segments whose concurrency reaches the threshold, in the order of time; neighbours stay apart. O(segments).
 *
 * @param segments a `segments` table
 * @param threshold a whole number of calls; 0 makes idle time a spike
 * @returns the `spikes` table, with `active_calls` equal to the concurrency
 * @throws OptionError if the threshold is not a whole number; TableError if a column is missing
 * @example
 * const segments = buildConcurrencySegments(table({ start_time: [0, 1], end_time: [2, 3] }));
 * detectConcurrencySpikes(segments, 2).object().duration; // 1
 */
export function detectConcurrencySpikes(segments: ColumnTable, threshold: number): ColumnTable {
  if (!Number.isInteger(threshold)) throw new OptionError("threshold", `must be a whole number, not ${threshold}.`);
  const { starts, ends, durations, levels } = readSegments(segments, "detectConcurrencySpikes");
  const n = levels.length;
  let count = 0;
  for (let i = 0; i < n; i++) count += Number(levels[i] >= threshold);

  const spikes = {
    spike_id: new Int32Array(count),
    start_time: new Float64Array(count),
    end_time: new Float64Array(count),
    duration: new Float64Array(count),
    concurrency: new Int32Array(count),
  };
  for (let i = 0, k = 0; i < n; i++) {
    if (levels[i] < threshold) continue;
    spikes.spike_id[k] = k;
    spikes.start_time[k] = starts[i];
    spikes.end_time[k] = ends[i];
    spikes.duration[k] = durations[i];
    spikes.concurrency[k] = levels[i];
    k++;
  }
  return table({ ...spikes, active_calls: spikes.concurrency });
}

/** The bounds of intervals, ascending. */
export interface Intervals {
  readonly starts: Float64Array;
  readonly ends: Float64Array;
}

/**
 * Reads the bounds of spikes.
 *
 * @throws TableError if they are not in the order of time, or overlap
 */
export function readSpikes(spikes: ColumnTable, caller: string): Intervals {
  const read = new Reader(spikes, caller);
  const starts = read.numbers("start_time");
  const ends = read.numbers("end_time");
  for (let i = 0; i < starts.length; i++) {
    if (!(starts[i] < ends[i])) {
      throw new OptionError("spikes", `must end after they start, but row ${i + 1} is [${starts[i]}, ${ends[i]}).`);
    }
    if (i > 0 && starts[i] < ends[i - 1]) {
      throw new OptionError(
        "spikes",
        `must be in the order of time and not overlap, but row ${i + 1} starts at ${starts[i]}, before row ${i} ends at ${ends[i - 1]}.`,
      );
    }
  }
  return { starts, ends };
}
