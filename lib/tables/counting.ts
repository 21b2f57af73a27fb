import type { ColumnTable } from "arquero";
import { exclusivePieces } from "../kernels/exclusive.js";
import { leaves } from "../kernels/leaves.js";
import { chosenAncestors } from "../kernels/parents.js";
import { flagged, placesOf, positions, takeInts, takeNumbers } from "../kernels/take.js";
import { depthFirst } from "../kernels/tree.js";
import { table } from "./own-table.js";
import { Reader } from "./read.js";
import { statedParents } from "./stated-parents.js";

/**
 * The calls that hold no other: a call that only waits for the calls below it does not count. One that all calls below it outlive holds
 * none of them, and stays: some frameworks chain parallel tools as each other's parents. O(n).
 *
 * @param calls a table with call_id, parent_call_id and end_time; without a parent_call_id all of them stay
 * @returns the rows of `calls` that stay, in their order, below the nearest call that stays
 * @throws TableError if a column is missing
 * @example
 * const calls = table({ call_id: [0, 1], parent_call_id: [NaN, 0], start_time: [0, 1], end_time: [4, 3] });
 * leafCalls(calls).array("call_id"); // [1]
 */
export function leafCalls(calls: ColumnTable): ColumnTable {
  const read = new Reader(calls, "leafCalls");
  if (!read.has("parent_call_id")) return calls;
  const ids = read.numbers("call_id");
  const parents = statedParents(ids, read.numbers("parent_call_id"));
  const kept = leaves(read.numbers("end_time"), parents);
  const rows = flagged(kept);
  if (rows.length === read.size) return calls;

  const above = takeInts(placesOf(rows, read.size), takeInts(chosenAncestors(parents, kept), rows, -1), -1);
  const layout = depthFirst(above);
  const depths = new Int32Array(rows.length);
  layout.nodes.forEach((node, k) => (depths[node] = layout.depths[k]));
  const changed: Record<string, unknown> = {
    parent_call_id: takeNumbers(takeNumbers(ids, rows), above),
    depth: depths,
  };
  const uuids = read.textsIfAny("uuid");
  if (uuids) changed.parent_uuid = uuids.take(rows).take(above);
  const columns: Record<string, unknown> = read.take(rows);
  for (const name of Object.keys(changed)) if (read.has(name)) columns[name] = changed[name];
  return table(columns as never, calls.columnNames());
}

const TOKENS = ["prompt_tokens", "completion_tokens", "total_tokens"];

/**
 * When each call runs itself: its time without that of the calls below it. O(n), and O(n log n) where the starts are not in order.
 *
 * @param calls a table with call_id, parent_call_id, start_time and end_time; without a parent_call_id nothing is taken out
 * @returns a row for each stretch, by call: its call_id, start_time and end_time, and the counts of tokens of the call where it has any
 * @throws TableError if a column is missing
 * @example
 * const calls = table({ call_id: [0, 1], parent_call_id: [NaN, 0], start_time: [0, 1], end_time: [4, 3] });
 * exclusiveIntervals(calls).array("start_time"); // [0, 3, 1]
 */
export function exclusiveIntervals(calls: ColumnTable): ColumnTable {
  const read = new Reader(calls, "exclusiveIntervals");
  const ids = read.has("call_id") ? read.ints("call_id") : positions(read.size);
  const parents = read.has("parent_call_id")
    ? statedParents(Float64Array.from(ids), read.numbers("parent_call_id"))
    : new Int32Array(read.size).fill(-1);
  const pieces = exclusivePieces(read.numbers("start_time"), read.numbers("end_time"), parents);
  const tokens = TOKENS.filter((name) => read.has(name));
  return table({
    call_id: takeInts(ids, pieces.of, -1),
    start_time: pieces.starts,
    end_time: pieces.ends,
    ...Object.fromEntries(tokens.map((name) => [name, takeNumbers(read.numbers(name), pieces.of)])),
  });
}

/** Whether rows that follow each other are stretches of one call. O(n). */
export function hasStretches(callIds: Int32Array): boolean {
  for (let i = 1; i < callIds.length; i++) if (callIds[i] === callIds[i - 1]) return true;
  return false;
}
