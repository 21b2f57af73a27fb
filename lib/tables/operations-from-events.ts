import type { ColumnTable } from "arquero";
import { eventOrder } from "../kernels/order.js";
import { pairByKey } from "../kernels/pair-by-key.js";
import { pairByStack } from "../kernels/pair-by-stack.js";
import { type EventColumns, Fate, Phase } from "../kernels/pairing.js";
import type { Findings, FindingCode } from "./diagnostics.js";
import { parseEventType } from "./events.js";
import type { Operations } from "./operations.js";
import type { ResolvedOptions } from "./options.js";
import { Reader, type Text } from "./read.js";

const fateCodes: Record<number, FindingCode> = {
  [Fate.ignored]: "ignored",
  [Fate.paired]: "paired",
  [Fate.unfinished]: "unfinished",
  [Fate.orphaned]: "orphaned_end",
  [Fate.recovered]: "recovered",
  [Fate.mismatched]: "mismatched_kind",
  [Fate.reused]: "reused_id",
  [Fate.repeated]: "repeated",
  [Fate.negative]: "negative_duration",
  [Fate.unreadable]: "unreadable_time",
  [Fate.replaced]: "replaced",
};

/**
 * Pairs STARTs and ENDs to operations, and says of every event what became of it.
 *
 * @param events a table with example_number, event_type, event_timestamp, uuid; tokens, names and parents where it has them
 */
export function operationsFromEvents(
  events: ColumnTable,
  options: ResolvedOptions,
  findings: Findings,
  caller: string,
): Operations {
  const read = new Reader(events, caller);
  const nat = options.pairing === "nat";
  const n = read.size;
  const types = read.texts("event_type");
  const times = read.numbers("event_timestamp");
  const uuids = read.texts("uuid");
  const eventNames = read.maybeTexts("operation_name");
  const examples = read.ints("example_number");

  const { kinds, phases, kindNames } = splitTypes(types);
  const chosen = kindNames.map((kind) => options.kinds.includes(kind));
  // the reference sees the chosen kinds only; other kinds can be parents all the same
  if (nat) for (let i = 0; i < n; i++) if (kinds[i] < 0 || !chosen[kinds[i]]) phases[i] = Phase.other;

  const order = eventOrder(examples, times);
  const columns: EventColumns = {
    order,
    examples,
    times,
    phases,
    kinds,
    ...keysOf(uuids, kinds, eventNames, nat),
    startTimes: read.maybeNumbers("span_event_timestamp"),
  };
  const pairing = nat ? pairByStack(columns) : pairByKey(columns);

  const { starts: opening, ends: closing } = pairing;
  const count = opening.length;
  const starts = new Float64Array(count);
  const ends = new Float64Array(count);
  const statuses = new Array<Text>(count);
  const names = new Array<Text>(count);
  const lastTimes = options.openCalls === "censor" ? lastTimeOfExamples(examples, times) : undefined;
  for (let i = 0; i < count; i++) {
    const start = opening[i];
    const recovered = start === closing[i];
    const kind = kindNames[kinds[start]];
    starts[i] = recovered ? columns.startTimes[start] : times[start];
    ends[i] = closing[i] >= 0 ? times[closing[i]] : (lastTimes?.get(examples[start]) ?? starts[i]);
    statuses[i] = closing[i] >= 0 ? "ok" : "unfinished";
    names[i] = eventNames[start] || `unknown_${kind.toLowerCase()}`;
  }

  for (let i = 0; i < n; i++) {
    if (kinds[i] < 0 || !chosen[kinds[i]]) pairing.fates[i] = Fate.ignored;
    else if (Number.isNaN(times[i])) pairing.fates[i] = Fate.unreadable;
  }
  report(read, types, times, uuids, pairing.fates, findings);

  const operations = {
    read,
    rows: opening,
    closing,
    examples: opening.map((event) => examples[event]),
    kinds: Array.from(opening, (event) => kindNames[kinds[event]]),
    names,
    uuids: Array.from(opening, (event) => uuids[event] ?? (nat ? "None" : null)),
    starts,
    ends,
    statuses,
    missingTokens: nat ? 0 : NaN,
  };
  const stacked = nat && options.parents === "stack";
  return {
    ...operations,
    parents: stacked ? pairing.parents : parentsById(operations, read.maybeTexts("parent_uuid")),
    order: stacked ? byRank(pairing.ranks) : undefined,
  };
}

/**
 * The parent of each operation by the ids that the source tells, −1 where it tells none.
 *
 * @param parentUuids the id of the parent, by row of the source
 */
export function parentsById(
  operations: Pick<Operations, "uuids" | "examples" | "rows">,
  parentUuids: readonly Text[],
): Int32Array {
  const { uuids, examples, rows } = operations;
  const byExample = new Map<number, Map<string, number>>();
  uuids.forEach((uuid, i) => {
    if (uuid === null) return;
    let known = byExample.get(examples[i]);
    if (!known) byExample.set(examples[i], (known = new Map<string, number>()));
    if (!known.has(uuid)) known.set(uuid, i); // the first of an id that was used again
  });
  return rows.map((row, i) => {
    const parent = parentUuids[row];
    const found = parent === null ? -1 : (byExample.get(examples[i])?.get(parent) ?? -1);
    return found === i ? -1 : found;
  });
}

/** The last known time of each example. */
function lastTimeOfExamples(examples: Int32Array, times: Float64Array): Map<number, number> {
  const last = new Map<number, number>();
  for (let i = 0; i < examples.length; i++) {
    if (times[i] > (last.get(examples[i]) ?? -Infinity)) last.set(examples[i], times[i]);
  }
  return last;
}

/** Kind and phase of each event, the kinds as codes; −1 for types that open or close nothing. */
function splitTypes(types: readonly Text[]) {
  const known = new Map<Text, { kind: number; phase: number }>();
  const kindNames: string[] = [];
  const kinds = new Int32Array(types.length);
  const phases = new Uint8Array(types.length);
  types.forEach((type, i) => {
    let entry = known.get(type);
    if (!entry) {
      const parsed = parseEventType(type ?? "");
      let kind = parsed ? kindNames.indexOf(parsed.kind) : -1;
      if (parsed && kind < 0) kind = kindNames.push(parsed.kind) - 1;
      entry = { kind, phase: parsed ? (parsed.phase === "START" ? Phase.start : Phase.end) : Phase.other };
      known.set(type, entry);
    }
    kinds[i] = entry.kind;
    phases[i] = entry.phase;
  });
  return { kinds, phases, kindNames };
}

/** A code for each id. Without one, events share a code: in NAT that of the text None, else that of their kind and name. */
function keysOf(uuids: readonly Text[], kinds: Int32Array, names: readonly Text[], nat: boolean) {
  const codes = new Map<string, number>();
  const keys = new Int32Array(uuids.length).fill(-1);
  const code = (id: string) => {
    let found = codes.get(id);
    if (found === undefined) codes.set(id, (found = codes.size));
    return found;
  };
  uuids.forEach((uuid, i) => {
    if (uuid !== null || nat) keys[i] = code(uuid ?? "None");
  });
  const ids = codes.size;
  uuids.forEach((uuid, i) => {
    if (uuid === null && !nat) keys[i] = code(`\0${kinds[i]}\0${names[i] ?? ""}`);
  });
  return { keys, ids };
}

function byRank(ranks: Int32Array): Int32Array {
  return Int32Array.from(ranks.keys()).sort((a, b) => ranks[a] - ranks[b]);
}

function report(
  read: Reader,
  types: readonly Text[],
  times: Float64Array,
  uuids: readonly Text[],
  fates: Uint8Array,
  findings: Findings,
) {
  const counts = new Map<number, number>();
  const firsts = new Map<number, number>();
  fates.forEach((fate, i) => {
    counts.set(fate, (counts.get(fate) ?? 0) + 1);
    if (!firsts.has(fate)) firsts.set(fate, i);
  });
  const sources = read.maybeTexts("source");
  const rows = read.maybeNumbers("row");
  for (const [fate, i] of firsts) {
    const row = Number.isNaN(rows[i]) ? i + 1 : rows[i];
    const what = `${types[i] ?? "no type"} ${uuids[i] ?? "without id"} at ${times[i]}`;
    findings.add(fateCodes[fate], sources[i], row, what, counts.get(fate));
  }
}
