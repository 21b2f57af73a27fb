import type { ColumnTable } from "arquero";
import { parseEventType } from "./events.js";
import { Reader } from "./read.js";

interface Origin {
  /** the format, by the name of its file in `formats/`; "table" for a table from memory */
  readonly format: string;
  /** the files, or null for data from memory */
  readonly source: string | null;
  /** what time 0 is: nanoseconds since 1970; 0 where times were not shifted */
  readonly origin: bigint;
  /** what could not be used when reading */
  readonly diagnostics: ColumnTable;
}

/** A trace of STARTs and ENDs. */
export interface EventTrace extends Origin {
  readonly events: ColumnTable;
}

/** A trace of intervals: every operation of any kind. */
export interface SpanTrace extends Origin {
  readonly spans: ColumnTable;
}

/** What was loaded: `events` or `spans`, where they come from, and what could not be used. */
export type Trace = EventTrace | SpanTrace;

/** Whether a value is a trace, not a table. */
export function isTrace(value: Trace | ColumnTable): value is Trace {
  return "events" in value || "spans" in value;
}

/** The kinds of operation that a trace has, sorted. */
export function kindsOf(trace: Trace): string[] {
  const kinds = new Set<string>();
  if ("spans" in trace) {
    for (const kind of new Reader(trace.spans, "kindsOf").texts("operation_type").counts().keys())
      if (kind !== null) kinds.add(kind.toUpperCase());
  } else {
    for (const type of new Reader(trace.events, "kindsOf").texts("event_type").counts().keys()) {
      const parsed = parseEventType(type ?? "");
      if (parsed) kinds.add(parsed.kind);
    }
  }
  return [...kinds].sort();
}
