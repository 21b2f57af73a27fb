import { type ColumnTable, table } from "arquero";
import { OptionError } from "../errors.js";
import { intervalOrder } from "../kernels/order.js";
import { chosenAncestors, containmentParents, stackParents } from "../kernels/parents.js";
import { depthFirst } from "../kernels/tree.js";
import { type Column, int, maybeNumber, maybeText, number, text } from "./column.js";
import { Findings } from "./diagnostics.js";
import { eventsColumns } from "./events.js";
import type { Operations } from "./operations.js";
import { operationsFromEvents } from "./operations-from-events.js";
import { operationsFromSpans } from "./operations-from-spans.js";
import { type CallOptions, type ResolvedOptions, resolveOptions } from "./options.js";
import { Reader, type Text } from "./read.js";
import { isTrace, type Trace } from "./trace.js";

export const callsColumns: readonly Column[] = [
  int("call_id", "", "its position, depth first: the key of the table"),
  maybeNumber("parent_call_id", "", "the call that it ran in"),
  int("example_number", "", "the example, counted from 0"),
  maybeText("example", "the source's own name of the example"),
  maybeText("uuid", "the source's id of the call"),
  maybeText("parent_uuid", "the source's id of the parent call"),
  int("depth", "", "calls around it: 0 for a root"),
  text("operation_type", "`LLM`, `TOOL` or another kind that was chosen"),
  maybeText("operation_name", "the model or tool"),
  maybeNumber("start_time", "s", "since the origin"),
  maybeNumber("end_time", "s", "since the origin; the call is in flight in `[start_time, end_time)`"),
  number("duration", "s", "end − start"),
  maybeNumber("prompt_tokens", "tokens", "in the prompt"),
  maybeNumber("completion_tokens", "tokens", "in the answer"),
  maybeNumber("total_tokens", "tokens", "of both, as the source has it, else their sum"),
  text("status", "`ok`, `error` or `unfinished`"),
];

/** Columns of a source that a call replaces by its own. */
const replaced = new Set([
  ...callsColumns.map((column) => column.name),
  ...eventsColumns.slice(0, 11).map((column) => column.name),
]);

/**
 * Builds the `calls` of a trace: STARTs and ENDs are paired, or spans taken as they are, the chosen kinds kept, each put below its nearest
 * chosen ancestor, and all laid out depth first, examples ascending. No call nests into another example. O(n log n).
 *
 * @param input a trace, or a table of `events` or of `spans`
 * @param options see `CallOptions`
 * @returns the `calls` table
 * @throws TableError if a needed column is missing; OptionError for a wrong option
 * @example
 * const events = table({
 *   example_number: [0, 0], event_type: ["LLM_START", "LLM_END"], event_timestamp: [0, 2], uuid: ["a", "a"],
 * });
 * buildCallTreePerExample(events).get("duration"); // 2
 */
export function buildCallTreePerExample(input: Trace | ColumnTable, options: CallOptions = {}): ColumnTable {
  return buildCalls(input, resolveOptions(options), new Findings(), "buildCallTreePerExample");
}

/**
 * Builds the `calls` of one example.
 *
 * @param events a table of the events of one example
 * @throws TableError if a needed column is missing; OptionError if the events are of several examples
 * @example
 * const events = table({
 *   example_number: [3, 3], event_type: ["TOOL_START", "TOOL_END"], event_timestamp: [1, 2], uuid: ["t", "t"],
 * });
 * buildCallTreeForExample(events).get("example_number"); // 3
 */
export function buildCallTreeForExample(events: ColumnTable, options: CallOptions = {}): ColumnTable {
  const examples = new Set(new Reader(events, "buildCallTreeForExample").ints("example_number"));
  if (examples.size > 1) {
    throw new OptionError(
      "events",
      `must be of one example, not of ${examples.size}; buildCallTreePerExample takes several.`,
    );
  }
  return buildCalls(events, resolveOptions(options), new Findings(), "buildCallTreeForExample");
}

/** Builds the `calls` table and adds what became of every event or span to the findings. */
export function buildCalls(
  input: Trace | ColumnTable,
  options: ResolvedOptions,
  findings: Findings,
  caller: string,
): ColumnTable {
  const source = isTrace(input) ? ("events" in input ? input.events : input.spans) : input;
  const isEvents = source.columnIndex("event_type") >= 0;
  const operations = (isEvents ? operationsFromEvents : operationsFromSpans)(source, options, findings, caller);
  return layOut(choose(operations, options), operations);
}

interface Chosen {
  /** positions among the operations */
  readonly picked: Int32Array;
  /** the parent of each, as a position in `picked` */
  readonly parents: Int32Array;
  readonly order: Int32Array | undefined;
}

/** The operations that become calls, with their parents among themselves. */
function choose(operations: Operations, options: ResolvedOptions): Chosen {
  const { kinds, statuses } = operations;
  const flags = Uint8Array.from(kinds, (kind, i) =>
    options.kinds.includes(kind) && !(options.openCalls === "drop" && statuses[i] === "unfinished") ? 1 : 0,
  );
  const picked = Int32Array.from(flags.keys()).filter((i) => flags[i] === 1);
  const position = new Int32Array(kinds.length).fill(-1);
  picked.forEach((operation, k) => (position[operation] = k));

  const examples = picked.map((i) => operations.examples[i]);
  const starts = Float64Array.from(picked, (i) => operations.starts[i]);
  const ends = Float64Array.from(picked, (i) => operations.ends[i]);
  const byTime = intervalOrder(examples, starts, ends);

  const told = operations.parents;
  const ancestors = told && chosenAncestors(told, flags);
  const byId = picked.map((i) => (ancestors && ancestors[i] >= 0 ? position[ancestors[i]] : -1));
  if (operations.order) {
    const order = operations.order.filter((i) => flags[i] === 1).map((i) => position[i]);
    return { picked, parents: byId, order };
  }

  const order = everyOne(byTime, picked.length);
  if (options.parents === "ids") return { picked, parents: byId, order };
  if (options.parents === "containment")
    return { picked, parents: containmentParents(examples, starts, ends, byTime), order };
  if (options.parents === "stack") return { picked, parents: stackParents(examples, starts, ends, byTime), order };

  // auto: ids in the examples that have any, containment in the others; a call of unknown length holds nothing, so there the stack
  const withIds = new Set<number>();
  const withoutEnds = new Set<number>();
  picked.forEach((i, k) => {
    if (told && told[i] >= 0) withIds.add(examples[k]);
    if (options.openCalls === "zero" && statuses[i] === "unfinished") withoutEnds.add(examples[k]);
  });
  const held = containmentParents(examples, starts, ends, byTime);
  const stacked = withoutEnds.size > 0 ? stackParents(examples, starts, ends, byTime) : held;
  const parents = byId.map((parent, k) =>
    withIds.has(examples[k]) ? parent : withoutEnds.has(examples[k]) ? stacked[k] : held[k],
  );
  return { picked, parents, order };
}

/** The order with those that it leaves out (no place in time) at the end. */
function everyOne(order: Int32Array, size: number): Int32Array {
  if (order.length === size) return order;
  const listed = new Uint8Array(size);
  for (const k of order) listed[k] = 1;
  const all = new Int32Array(size);
  all.set(order);
  let next = order.length;
  for (let k = 0; k < size; k++) if (listed[k] === 0) all[next++] = k;
  return all;
}

/** The chosen operations as the `calls` table, depth first, with the source's further columns behind. */
function layOut({ picked, parents, order }: Chosen, operations: Operations): ColumnTable {
  const { read, rows, closing, statuses } = operations;
  const layout = depthFirst(parents, byExample(order ?? Int32Array.from(picked.keys()), picked, operations.examples));
  const at = layout.nodes.map((node) => picked[node]);
  const n = at.length;

  const pick = (values: readonly Text[]) => Array.from(at, (i) => values[i]);
  const starts = Float64Array.from(at, (i) => operations.starts[i]);
  const ends = Float64Array.from(at, (i) => operations.ends[i]);
  const durations = new Float64Array(n);
  for (let i = 0; i < n; i++) durations[i] = Math.max(0, ends[i] - starts[i]) || 0; // 0 where a bound is missing

  const tokens = (name: string) => {
    const values = read.maybeNumbers(name);
    return Float64Array.from(at, (i) => {
      if (closing[i] < 0) return NaN;
      const value = values[closing[i]];
      return Number.isNaN(value) ? operations.missingTokens : value;
    });
  };
  const prompt = tokens("prompt_tokens");
  const completion = tokens("completion_tokens");
  const total = tokens("total_tokens");
  for (let i = 0; i < n; i++) if (Number.isNaN(total[i])) total[i] = prompt[i] + completion[i];

  const uuids = pick(operations.uuids);
  const examples = read.maybeTexts("example");
  const calls = table({
    call_id: Int32Array.from(at.keys()),
    parent_call_id: Float64Array.from(layout.parents, (parent) => (parent < 0 ? NaN : parent)),
    example_number: at.map((i) => operations.examples[i]),
    example: Array.from(at, (i) => examples[rows[i]]),
    uuid: uuids,
    parent_uuid: Array.from(layout.parents, (parent) => (parent < 0 ? null : uuids[parent])),
    depth: layout.depths,
    operation_type: pick(operations.kinds),
    operation_name: pick(operations.names),
    start_time: starts,
    end_time: ends,
    duration: durations,
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: total,
    status: pick(statuses),
  });
  const further = read.further(
    replaced,
    at.map((i) => rows[i]),
  );
  return further ? calls.assign(further) : calls;
}

/** The order by example, ascending, that keeps the order within each. */
function byExample(order: Int32Array, picked: Int32Array, examples: Int32Array): Int32Array {
  const number = (k: number) => examples[picked[k]];
  for (let k = 1; k < order.length; k++) {
    if (number(order[k]) < number(order[k - 1])) {
      const place = new Int32Array(order.length);
      order.forEach((node, position) => (place[node] = position));
      return order.slice().sort((a, b) => number(a) - number(b) || place[a] - place[b]);
    }
  }
  return order;
}
