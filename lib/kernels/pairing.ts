/** What became of an event; every event has one fate. */
export const Fate = {
  ignored: 0,
  paired: 1,
  unfinished: 2,
  orphaned: 3,
  recovered: 4,
  mismatched: 5,
  reused: 6,
  repeated: 7,
  negative: 8,
  timeless: 9,
  replaced: 10,
} as const;

/** Whether an event opens a call, closes one, or does neither. */
export const Phase = { other: 0, start: 1, end: 2 } as const;

/** Events by columns: n rows, and the order by (example, time) in which they happened. */
export interface EventColumns {
  readonly order: Int32Array;
  readonly examples: Int32Array;
  readonly times: Float64Array;
  /** see `Phase` */
  readonly phases: Uint8Array;
  /** a code for each kind of operation */
  readonly kinds: Int32Array;
  /** a code for each id, from 0; events without an id share the codes from `ids` on with the like of them */
  readonly keys: Int32Array;
  readonly ids: number;
  /** the start that an END carries, NaN where it does not */
  readonly startTimes: Float64Array;
}

/** Calls as positions of events, in the order in which they opened. */
export interface Pairing {
  /** the START of each call, or the END that told of its start */
  readonly starts: Int32Array;
  /** the END of each call, −1 where it never ended */
  readonly ends: Int32Array;
  /** the call that each call was opened in, −1 for a root; all −1 where the pairing knows none */
  readonly parents: Int32Array;
  /** siblings follow one another by this number */
  readonly ranks: Int32Array;
  /** see `Fate` */
  readonly fates: Uint8Array;
}

/** A growing list of calls. */
export class Calls {
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  readonly parents: number[] = [];
  readonly ranks: number[] = [];

  open(start: number, end: number, parent: number, rank: number): number {
    this.starts.push(start);
    this.ends.push(end);
    this.parents.push(parent);
    return this.ranks.push(rank) - 1;
  }
}
