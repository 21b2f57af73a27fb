import type { Findings } from "../tables/diagnostics.js";
import { EventSink } from "./event-sink.js";
import { SpanSink } from "./span-sink.js";

/** Where all that is read goes: a format gives events or spans. */
export class Sinks {
  readonly events: EventSink;
  readonly spans: SpanSink;

  constructor(findings: Findings) {
    this.events = new EventSink(findings);
    this.spans = new SpanSink(findings);
  }

  /** Begins a file. */
  begin(source: string | null): void {
    this.events.begin(source);
    this.spans.begin(source);
  }
}
