import type { ColumnTable } from "arquero";
import { depthFirst } from "../kernels/tree.js";
import { callsColumns } from "./calls.js";
import { table } from "./own-table.js";
import { Reader } from "./read.js";

/** A call with the calls that ran in it: the columns of `calls`, and `children`. */
export interface CallNode {
  readonly [column: string]: unknown;
  readonly children: CallNode[];
}

/**
 * The calls as nested nodes: roots in their order, each with its children. A call whose parent is not in the table is a root; where
 * parents run in a circle, the first of them is. Without recursion; O(n).
 *
 * @param calls a table with call_id and parent_call_id; all its columns go into the nodes
 * @throws TableError if a column is missing
 * @example
 * const calls = table({ call_id: [0, 1], parent_call_id: [NaN, 0], uuid: ["a", "b"] });
 * callTree(calls)[0].children[0].uuid; // "b"
 */
export function callTree(calls: ColumnTable): CallNode[] {
  const read = new Reader(calls, "callTree");
  const ids = read.ints("call_id");
  const parents = read.numbers("parent_call_id");
  const nodes = (calls.objects() as Record<string, unknown>[]).map((row): CallNode => ({ ...row, children: [] }));
  const positions = new Map<number, number>();
  ids.forEach((id, i) => positions.set(id, i));

  const layout = depthFirst(Int32Array.from(parents, (parent) => positions.get(parent) ?? -1));
  const roots: CallNode[] = [];
  layout.nodes.forEach((node, k) => {
    const parent = layout.parents[k];
    (parent < 0 ? roots : nodes[layout.nodes[parent]].children).push(nodes[node]);
  });
  return roots;
}

/**
 * Nested nodes as a flat `calls` table, depth first; call_id, parent_call_id, parent_uuid and depth follow from the nesting.
 * Without recursion; O(n).
 *
 * @param nodes what `callTree` returns, or nodes made by hand with at least start_time and end_time
 * @returns the `calls` table; columns that no node has are left out
 * @example
 * flattenCalls([{ start_time: 0, end_time: 4, children: [{ start_time: 1, end_time: 2, children: [] }] }]).array("depth"); // [0, 1]
 */
export function flattenCalls(nodes: readonly CallNode[]): ColumnTable {
  const flat: CallNode[] = [];
  const above: number[] = [];
  const visit = (children: readonly CallNode[], parent: number) => {
    for (const child of children) {
      flat.push(child);
      above.push(parent);
    }
  };
  visit(nodes, -1);
  for (let i = 0; i < flat.length; i++) visit(flat[i].children, i);

  const layout = depthFirst(Int32Array.from(above));
  const rows = Array.from(layout.nodes, (node) => flat[node]);
  const names = new Set<string>();
  for (const row of rows) for (const name of Object.keys(row)) if (name !== "children") names.add(name);

  const ours: Record<string, ArrayLike<unknown>> = {
    call_id: Int32Array.from(rows.keys()),
    parent_call_id: Float64Array.from(layout.parents, (parent) => (parent < 0 ? NaN : parent)),
    parent_uuid: Array.from(layout.parents, (parent) => (parent < 0 ? null : (rows[parent].uuid ?? null))),
    depth: layout.depths,
  };
  const columns: Record<string, ArrayLike<unknown>> = {};
  for (const { name, type } of callsColumns) {
    if (name in ours) columns[name] = ours[name];
    else if (!names.has(name)) continue;
    else if (type === "text") columns[name] = rows.map((row) => row[name] ?? null);
    else if (type === "int32") columns[name] = Int32Array.from(rows, (row) => Number(row[name]));
    else columns[name] = Float64Array.from(rows, (row) => Number(row[name] ?? NaN));
  }
  for (const name of names) if (!(name in columns)) columns[name] = rows.map((row) => row[name] ?? null);
  return table(columns);
}
