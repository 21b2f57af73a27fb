import type { ColumnTable } from "arquero";
import { OptionError } from "../errors.js";
import { intervalOrder } from "../kernels/order.js";
import { chosenAncestors, containmentParents, stackParents } from "../kernels/parents.js";
import { argsort } from "../kernels/argsort.js";
import { flagged, placesOf, positions, takeInts, takeNumbers, through } from "../kernels/take.js";
import { depthFirst } from "../kernels/tree.js";
import { account } from "./account.js";
import { type Column, int, maybeNumber, maybeText, number, text } from "./column.js";
import { leafCalls } from "./counting.js";
import { Findings } from "./diagnostics.js";
import { foldDuplicates } from "./duplicates.js";
import { eventsColumns } from "./events.js";
import type { Operations } from "./operations.js";
import { operationsFromEvents } from "./operations-from-events.js";
import { operationsFromSpans } from "./operations-from-spans.js";
import { markOutsideParents } from "./outside-parents.js";
import { type CallOptions, type ResolvedOptions, resolveOptions } from "./options.js";
import { table } from "./own-table.js";
import { Reader } from "./read.js";
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
  const operations = isEvents
    ? operationsFromEvents(source, options, caller)
    : operationsFromSpans(source, options, caller, isTrace(input) ? input.format : undefined);
  const flags = chosenFlags(operations, options);
  // the reference folds nothing, and knows no parents but its stack
  const nat = options.pairing === "nat";
  const folded = options.dedupe && !nat ? foldDuplicates(operations, flags, options.counting !== "leaf") : operations;
  if (!nat) markOutsideParents(operations, flags);
  account(operations, findings);
  const calls = layOut(choose(folded, flags, options), folded);
  return options.counting === "leaf" ? leafCalls(calls) : calls;
}

/** A flag for each operation: whether it becomes a call. */
function chosenFlags({ kinds, statuses }: Operations, options: ResolvedOptions): Uint8Array {
  const chosenKinds = kinds.flags((kind) => options.kinds.includes(kind));
  const unfinished = statuses.flags((status) => status === "unfinished");
  const drops = options.openCalls === "drop";
  const flags = new Uint8Array(kinds.length);
  for (let i = 0; i < flags.length; i++) {
    flags[i] = drops && unfinished[statuses.codes[i]] === 1 ? 0 : chosenKinds[kinds.codes[i]];
  }
  return flags;
}

interface Chosen {
  /** positions among the operations */
  readonly picked: Int32Array;
  /** the parent of each, as a position in `picked` */
  readonly parents: Int32Array;
  readonly order: Int32Array | undefined;
}

/** The operations that become calls, with their parents among themselves. */
function choose(operations: Operations, flags: Uint8Array, options: ResolvedOptions): Chosen {
  const unfinished = operations.statuses.flags((status) => status === "unfinished");
  const picked = flagged(flags);
  const told = operations.parents;
  const byId = told ? parentsAmong(told, flags, picked) : new Int32Array(picked.length).fill(-1);
  if (operations.order) {
    const position = placesOf(picked, flags.length);
    const order = operations.order.filter((i) => flags[i] === 1).map((i) => position[i]);
    return { picked, parents: byId, order };
  }

  const all = picked.length === flags.length;
  const examples = all ? operations.examples : takeInts(operations.examples, picked, -1);
  const starts = all ? operations.starts : takeNumbers(operations.starts, picked);
  const ends = all ? operations.ends : takeNumbers(operations.ends, picked);
  const byTime = intervalOrder(examples, starts, ends);
  const order = everyOne(byTime, picked.length);
  if (options.parents === "ids" || (options.parents === "auto" && operations.parentsStated))
    return { picked, parents: byId, order };
  if (options.parents === "containment")
    return { picked, parents: containmentParents(examples, starts, ends, byTime), order };
  if (options.parents === "stack") return { picked, parents: stackParents(examples, starts, ends, byTime), order };

  // auto: ids in the examples that have any, containment in the others; a call of unknown length holds nothing, so there the stack
  const held = containmentParents(examples, starts, ends, byTime);
  if (!told && options.openCalls !== "zero") return { picked, parents: held, order };
  const withIds = new Set<number>();
  const withoutEnds = new Set<number>();
  for (let k = 0; k < picked.length; k++) {
    if (told && told[picked[k]] >= 0) withIds.add(examples[k]);
    if (options.openCalls === "zero" && unfinished[operations.statuses.codes[picked[k]]] === 1)
      withoutEnds.add(examples[k]);
  }
  const stacked = withoutEnds.size > 0 ? stackParents(examples, starts, ends, byTime) : held;
  const parents = byId.map((parent, k) =>
    withIds.has(examples[k]) ? parent : withoutEnds.has(examples[k]) ? stacked[k] : held[k],
  );
  return { picked, parents, order };
}

/** The nearest chosen ancestor of each picked operation, as a position among the picked. */
function parentsAmong(told: Int32Array, flags: Uint8Array, picked: Int32Array): Int32Array {
  const ancestors = takeInts(chosenAncestors(told, flags), picked, -1);
  return takeInts(placesOf(picked, flags.length), ancestors, -1);
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
  const { read, rows, closing } = operations;
  const layout = depthFirst(parents, byExample(order ?? positions(picked.length), picked, operations.examples));
  const at = through(picked, layout.nodes);
  const sourceRows = through(rows, at);
  const n = at.length;

  const starts = takeNumbers(operations.starts, at);
  const ends = takeNumbers(operations.ends, at);
  const durations = new Float64Array(n);
  for (let i = 0; i < n; i++) durations[i] = ends[i] > starts[i] ? ends[i] - starts[i] : 0; // 0 where a bound is missing

  const closingRows = closing === rows ? sourceRows : takeInts(closing, at, -1);
  const tokens = (name: string) => {
    const values = read.numbersIfAny(name);
    const found = values ? takeNumbers(values, closingRows) : new Float64Array(n).fill(NaN);
    const { missingTokens } = operations;
    if (!Number.isNaN(missingTokens)) {
      for (let i = 0; i < n; i++) if (closingRows[i] >= 0 && Number.isNaN(found[i])) found[i] = missingTokens;
    }
    return found;
  };
  const prompt = tokens("prompt_tokens");
  const completion = tokens("completion_tokens");
  const total = tokens("total_tokens");
  for (let i = 0; i < n; i++) if (total[i] !== total[i]) total[i] = prompt[i] + completion[i];

  const uuids = operations.uuids.take(at);
  const parentIds = new Float64Array(n);
  for (let i = 0; i < n; i++) parentIds[i] = layout.parents[i] < 0 ? NaN : layout.parents[i];
  const calls: Record<string, unknown> = {
    call_id: positions(n),
    parent_call_id: parentIds,
    example_number: takeInts(operations.examples, at, -1),
    example: read.maybeTexts("example").take(sourceRows),
    uuid: uuids,
    parent_uuid: uuids.take(layout.parents),
    depth: layout.depths,
    operation_type: operations.kinds.take(at),
    operation_name: operations.names.take(at),
    start_time: starts,
    end_time: ends,
    duration: durations,
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: total,
    status: operations.statuses.take(at),
  };
  return table({ ...calls, ...read.take(sourceRows, replaced) } as never);
}

/** The order by example, ascending, that keeps the order within each. */
function byExample(order: Int32Array, picked: Int32Array, examples: Int32Array): Int32Array {
  for (let k = 1; k < order.length; k++) {
    if (examples[picked[order[k]]] < examples[picked[order[k - 1]]]) {
      return takeInts(order, argsort(Float64Array.from(order, (node) => examples[picked[node]])), -1);
    }
  }
  return order;
}
