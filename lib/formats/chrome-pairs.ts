import { isRecord, type JsonObject } from "./json-value.js";
import { readText } from "./numbers.js";

/** An event that begins or ends something, at a time in nanoseconds. */
export interface ChromeMark {
  readonly event: JsonObject;
  readonly time: bigint;
  readonly row: number;
}

/** A beginning without an end never ended; an end without a beginning is an orphan. One of them is there. */
export interface ChromePair {
  readonly begin?: ChromeMark | undefined;
  readonly end?: ChromeMark | undefined;
}

const BEGINS = new Set<unknown>(["B", "b", "S"]);
const ENDS = new Set<unknown>(["E", "e", "F"]);

/** Whether an event begins or ends something that the other end is told of by an event of its own. */
export const isMark = (phase: unknown): boolean => BEGINS.has(phase) || ENDS.has(phase);

/**
 * Pairs beginnings and ends, in the order of time, and at one instant in that of the file: `B` and `E` as they nest in their thread; `b`
 * and `e`, and `S` and `F` as they were called before, by category, id and name. Ids hold in all processes, but the one that begins
 * is sought in the same process first. O(n log n).
 */
export function chromePairs(marks: ChromeMark[]): ChromePair[] {
  marks.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
  const open = new Map<string, ChromeMark[]>();
  const pairs: ChromePair[] = [];
  for (const mark of marks) {
    const key = keyOf(mark.event);
    let begun = open.get(key);
    if (!begun) open.set(key, (begun = []));
    if (BEGINS.has(mark.event.ph)) begun.push(mark);
    else {
      const here = begun.findLastIndex(({ event }) => event.pid === mark.event.pid);
      const begin = begun.splice(here < 0 ? begun.length - 1 : here, 1).at(0);
      pairs.push({ begin, end: mark });
    }
  }
  for (const begun of open.values()) for (const begin of begun) pairs.push({ begin });
  return pairs;
}

/** What the two ends of a pair have in common. */
function keyOf({ ph, pid, tid, cat, id, id2, scope, name }: JsonObject): string {
  if (ph === "B" || ph === "E") return JSON.stringify([pid, tid]);
  const { local, global } = isRecord(id2) ? id2 : ({} as JsonObject);
  const family = ph === "b" || ph === "e" ? "nestable" : "async";
  return JSON.stringify([family, cat, scope, readText(id ?? local ?? global), name, local === undefined ? null : pid]);
}
