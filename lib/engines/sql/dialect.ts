/** What a column of a table holds, as far as it matters here. */
export type ColumnKind = "whole" | "number" | "timestamp" | "text" | "other";

/** What differs between the databases; all else is one text for all. */
export interface Dialect {
  readonly name: string;
  /** its name as people write it */
  readonly title: string;
  /**
   * Whether windows over all calls are cut into buckets of time, with what is in flight carried from one to the next, so that several machines share the
   * work. On one machine the plain window is cheaper.
   */
  readonly spreads: boolean;
  /** What a type of the database holds. */
  readonly kindOf: (type: string) => ColumnKind;
  /** Whether a DOUBLE is neither NaN nor infinite. */
  readonly isFinite: (value: string) => string;
  /** A DOUBLE as a text, in as few digits as tell it. */
  readonly textOfNumber: (value: string) => string;
  /** Ticks in a second of what `ticksOf` makes of such a timestamp. */
  readonly ticksPerSecond: (type: string) => 1_000_000 | 1_000_000_000;
  /** A timestamp as a BIGINT of ticks since 1970. */
  readonly ticksOf: (timestamp: string, type: string) => string;
  /** A text with an ISO date as a timestamp, of UTC where it tells no zone, whatever the zone of the session; NULL where it is none. */
  readonly timestampOf: (text: string) => string;
  /** An aggregate: a list of `parts - 1` values that cut the values into parts of about equal size. It need not give the same twice. */
  readonly cuts: (value: string, parts: number) => string;
  /**
   * A SELECT of one row, `bounds`, that cuts the times `t` of a table into parts, and gives the same each time: a database may run what stands once in a
   * text twice, and buckets that differ by a bound give wrong levels.
   */
  readonly steadyBounds: (events: string, parts: number) => string;
  /** Numbers as an array of DOUBLEs. */
  readonly list: (numbers: readonly number[]) => string;
  /** The number of bounds, an array of DOUBLEs, ascending, at or below a value: the bucket that it is in. */
  readonly bucketOf: (value: string, bounds: string) => string;
  /** A timestamp as a DOUBLE of seconds since 1970. */
  readonly secondsOf: (timestamp: string) => string;
  /** What a map has for a key; NULL where it has none. */
  readonly entryOf: (map: string, key: string) => string;
}
