import { type ColumnTable, table } from "arquero";
import fc from "fast-check";
import type { CallOptions } from "../../lib/index.js";
import type { OracleCall, OracleEvent } from "./oracle.js";

/** Times that collide, times that round, and times far apart. */
const time = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 12 }) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 40 }).map((n) => n / 10) },
  { weight: 1, arbitrary: fc.double({ min: -1e6, max: 1e6, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(0, -0, 5e-324, 1e-300, 2 ** 53, 1.7e9 + 0.1, 1.7e9 + 0.1 + 2 ** -22) },
);

const tokens = fc.oneof(fc.integer({ min: 0, max: 500 }), fc.constant(NaN));

const uuid = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom("a", "b", "c", "d", "e", "f", "\u{1f642}", "\ufb01") },
  { weight: 1, arbitrary: fc.constant(null) },
);

/** Calls of all sorts: of no length, without a bound, ending before they start, sharing ids. */
export const calls: fc.Arbitrary<OracleCall[]> = fc.array(
  fc
    .record({ a: time, b: time, shape: fc.integer({ min: 0, max: 19 }), prompt: tokens, total: tokens, uuid })
    .map(({ a, b, shape, prompt, total, uuid }) => {
      const [start, end] =
        shape === 0
          ? [a, NaN]
          : shape === 1
            ? [NaN, b]
            : shape === 2
              ? [NaN, NaN]
              : shape === 3
                ? [a, b]
                : shape < 7
                  ? [a, a]
                  : [Math.min(a, b), Math.max(a, b)];
      return { start, end, prompt, total, uuid };
    }),
  { maxLength: 30, size: "max" },
);

/** Calls as a table. */
export const callsTable = (calls: readonly OracleCall[]): ColumnTable =>
  table({
    start_time: Float64Array.from(calls, (call) => call.start),
    end_time: Float64Array.from(calls, (call) => call.end),
    duration: Float64Array.from(calls, (call) => Math.max(0, call.end - call.start) || 0),
    prompt_tokens: Float64Array.from(calls, (call) => call.prompt),
    total_tokens: Float64Array.from(calls, (call) => call.total),
    uuid: calls.map((call) => call.uuid),
  });

/** Events in any order, with ids used twice, ends missing or before their start, and types that do not count. */
export const events: fc.Arbitrary<OracleEvent[]> = fc.array(
  fc.record({
    example: fc.integer({ min: 0, max: 2 }),
    type: fc.constantFrom(
      "LLM_START",
      "LLM_END",
      "TOOL_START",
      "TOOL_END",
      "LLM_NEW_TOKEN",
      "WORKFLOW_START",
      "WORKFLOW_END",
    ),
    time: fc.oneof(
      { weight: 9, arbitrary: fc.integer({ min: 0, max: 9 }) },
      { weight: 1, arbitrary: fc.constant(NaN) },
    ),
    uuid,
    name: fc.constantFrom("m", null),
  }),
  { maxLength: 40, size: "max" },
);

/** Events as a table. */
export const eventsTable = (events: readonly OracleEvent[]): ColumnTable =>
  table({
    example_number: Int32Array.from(events, (event) => event.example),
    event_type: events.map((event) => event.type),
    event_timestamp: Float64Array.from(events, (event) => event.time),
    uuid: events.map((event) => event.uuid),
    operation_name: events.map((event) => event.name),
  });

/** Spans with ids used twice, parents of all sorts, times that are missing, kinds that nobody knows; as a table. */
export const spans: fc.Arbitrary<ColumnTable> = fc
  .array(
    fc.record({
      example: fc.integer({ min: 0, max: 1 }),
      uuid,
      parent: uuid,
      kind: fc.constantFrom("LLM", "LLM", "TOOL", "AGENT", "CHAT", null),
      name: fc.constantFrom("m", "m-1", null),
      start: fc.oneof({ weight: 12, arbitrary: fc.nat(4) }, { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity) }),
      end: fc.oneof({ weight: 12, arbitrary: fc.nat(6) }, { weight: 1, arbitrary: fc.constantFrom(NaN, -Infinity) }),
      tokens: fc.constantFrom(NaN, 1),
      status: fc.constantFrom("ok", "ok", "unfinished"),
      scope: fc.constantFrom("framework", "client", null),
    }),
    { maxLength: 40, size: "max" },
  )
  .map((spans) =>
    table({
      example_number: Int32Array.from(spans, (span) => span.example),
      uuid: spans.map((span) => span.uuid),
      parent_uuid: spans.map((span) => span.parent),
      operation_type: spans.map((span) => span.kind),
      operation_name: spans.map((span) => span.name),
      start_time: Float64Array.from(spans, (span) => span.start),
      end_time: Float64Array.from(spans, (span) => span.end),
      prompt_tokens: Float64Array.from(spans, (span) => span.tokens),
      status: spans.map((span) => span.status),
      scope: spans.map((span) => span.scope),
    }),
  );

/** Ways to make calls of them. */
export const callOptions: fc.Arbitrary<CallOptions> = fc.record({
  pairing: fc.constantFrom("keyed", "nat"),
  dedupe: fc.boolean(),
  openCalls: fc.constantFrom("censor", "zero"),
});
