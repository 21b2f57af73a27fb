import { Code } from "./diagnostics.js";
import type { Operations } from "./operations.js";

/**
 * So far a call may reach beyond its parent, in seconds: clocks that write milliseconds round the two bounds apart by one, and floats of
 * seconds since 1970 are exact to a quarter of a microsecond.
 */
const SLACK = 0.001 + 1e-6;

/**
 * Marks the calls that the parent that their source tells does not hold: that start before it, or end after it. Of a parent that never
 * ended no end is known. Calls that something else was found of stay what they are. O(n).
 *
 * @param chosen flags of the operations that are calls
 */
export function markOutsideParents(operations: Operations, chosen: Uint8Array): void {
  const { rows, closing, fates, parents } = operations;
  if (!parents) return;
  const mark = (row: number) => {
    if (fates[row] === Code.counted || fates[row] === Code.paired) fates[row] = Code.outside_parent;
  };
  const reach = reachOf(operations);
  for (let i = 0; i < rows.length; i++) {
    if (chosen[i] === 0 || parents[i] < 0) continue;
    if (reach.before(i) <= SLACK && reach.after(i) <= SLACK) continue;
    mark(rows[i]);
    if (closing[i] >= 0) mark(closing[i]);
  }
}

/** By how much an operation lies outside its parent: `starts 1 s before and ends 2 s after its parent`. */
export function outsideParent(operations: Operations, i: number): string {
  const reach = reachOf(operations);
  const [before, after] = [reach.before(i), reach.after(i)];
  const parts = [
    ...(before > SLACK ? [`starts ${seconds(before)} before`] : []),
    ...(after > SLACK ? [`ends ${seconds(after)} after`] : []),
  ];
  return `${parts.join(" and ")} its parent`;
}

/** How far an operation with a parent reaches beyond that, in seconds; less than 0 where it is inside. */
function reachOf({ parents, starts, ends, statuses }: Operations) {
  const above = parents as Int32Array;
  const unfinished = statuses.flags((status) => status === "unfinished");
  const isOpen = (i: number) => unfinished[statuses.codes[i]] === 1;
  return {
    before: (i: number) => starts[above[i]] - starts[i],
    after: (i: number) => (isOpen(above[i]) || isOpen(i) ? -Infinity : ends[i] - ends[above[i]]),
  };
}

const seconds = (value: number): string => `${Number(value.toPrecision(4))} s`;
