import { type ColumnTable, table } from "arquero";
import { isScattered, partition } from "../kernels/partition.js";
import { Reader } from "./read.js";

const COLUMNS = ["start_time", "end_time", "duration", "prompt_tokens", "total_tokens"];

/**
 * What the sweep and the look-ups need of calls, with the rows brought together in time where they lie scattered, as in a shuffled file: no
 * table that sums over calls depends on their order, but each look-up would miss the cache. Else the calls themselves. O(n).
 */
export function nearInTime(calls: ColumnTable, caller: string): ColumnTable {
  const read = new Reader(calls, caller);
  const starts = read.numbers("start_time");
  if (!isScattered(starts)) return calls;
  const names = COLUMNS.filter((name) => read.has(name));
  const columns = partition(
    starts,
    names.map((name) => read.numbers(name)),
  );
  return table(Object.fromEntries(names.map((name, k) => [name, columns[k]])));
}
