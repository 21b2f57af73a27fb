import type { ColumnTable } from "arquero";
import { argsort } from "../kernels/argsort.js";
import { eventOrder } from "../kernels/order.js";
import { pairByKey } from "../kernels/pair-by-key.js";
import { pairByStack } from "../kernels/pair-by-stack.js";
import { type EventColumns, Fate, Phase } from "../kernels/pairing.js";
import { Code } from "./diagnostics.js";
import { isKnownEvent, parseEventType } from "./events.js";
import { lastTimes } from "./last-times.js";
import type { Operations } from "./operations.js";
import type { ResolvedOptions } from "./options.js";
import { parentsById } from "./parents-by-id.js";
import { Reader } from "./read.js";
import { TextColumn } from "./text-column.js";

const fateCodes: Record<keyof typeof Fate, number> = {
  ignored: Code.ignored,
  paired: Code.paired,
  unfinished: Code.unfinished,
  orphaned: Code.orphaned_end,
  recovered: Code.recovered,
  mismatched: Code.mismatched_kind,
  reused: Code.reused_id,
  repeated: Code.repeated,
  negative: Code.negative_duration,
  timeless: Code.nan_time,
  replaced: Code.replaced,
};

/** The same by the number of the fate. */
const codes = new Uint8Array(Object.keys(Fate).length);
for (const [name, fate] of Object.entries(Fate)) codes[fate] = fateCodes[name as keyof typeof Fate];

/**
 * Pairs STARTs and ENDs to operations, and says of every event what became of it.
 *
 * @param events a table with example_number, event_type, event_timestamp, uuid; tokens, names and parents where it has them
 */
export function operationsFromEvents(events: ColumnTable, options: ResolvedOptions, caller: string): Operations {
  const read = new Reader(events, caller);
  const nat = options.pairing === "nat";
  const n = read.size;
  const types = read.texts("event_type");
  const times = read.numbers("event_timestamp");
  const uuids = read.texts("uuid").unified();
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
  const names = eventNames.take(opening).codes;
  const unknown = kindNames.map((kind) => eventNames.dictionary.addText(`unknown_${kind.toLowerCase()}`));
  const nameless = eventNames.flags((name) => name === "");
  const lasts = options.openCalls === "censor" ? lastTimes(examples, times) : undefined;
  for (let i = 0; i < count; i++) {
    const start = opening[i];
    const recovered = start === closing[i];
    starts[i] = recovered ? columns.startTimes[start] : times[start];
    ends[i] = closing[i] >= 0 ? times[closing[i]] : (lasts?.get(examples[start]) ?? starts[i]);
    if (names[i] < 0 || nameless[names[i]] === 1) names[i] = unknown[kinds[start]];
  }

  const known = types.flags(isKnownEvent);
  const fates = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    if (kinds[i] < 0 || !chosen[kinds[i]]) fates[i] = known[types.codes[i]] === 1 ? Code.ignored : Code.unknown_kind;
    else fates[i] = Number.isFinite(times[i]) ? codes[pairing.fates[i]] : Code.nan_time;
  }

  const operations = {
    read,
    rows: opening,
    closing,
    examples: opening.map((event) => examples[event]),
    kinds: TextColumn.among(kindNames, opening, (event) => kinds[event]),
    names: new TextColumn(names, eventNames.dictionary),
    uuids: (nat ? uuids.orElse("None") : uuids).take(opening),
    starts,
    ends,
    statuses: TextColumn.among(["unfinished", "ok"], closing, (end) => (end < 0 ? 0 : 1)),
    missingTokens: nat ? 0 : NaN,
    fates,
    describe: (i: number) => `${types.at(i) ?? "no type"} ${uuids.at(i) ?? "without id"} at ${times[i]}`,
  };
  const stacked = nat && options.parents === "stack";
  return {
    ...operations,
    parents: stacked ? pairing.parents : parentsById(operations, read.textsIfAny("parent_uuid")),
    order: stacked ? argsort(Float64Array.from(pairing.ranks)) : undefined,
  };
}

/** Kind and phase of each event, the kinds as codes; −1 for types that open or close nothing. */
function splitTypes(types: TextColumn) {
  const kindNames: string[] = [];
  const parsed = Array.from({ length: types.dictionary.size }, (_, code) =>
    parseEventType(types.dictionary.text(code)),
  );
  const kindOf = parsed.map((type) => {
    if (!type) return -1;
    const known = kindNames.indexOf(type.kind);
    return known >= 0 ? known : kindNames.push(type.kind) - 1;
  });
  const phaseOf = parsed.map((type) => (!type ? Phase.other : type.phase === "START" ? Phase.start : Phase.end));
  return {
    kinds: types.codes.map((code) => (code < 0 ? -1 : kindOf[code])),
    phases: Uint8Array.from(types.codes, (code) => (code < 0 ? Phase.other : phaseOf[code])),
    kindNames,
  };
}

/** A code for each id. Without one, events share a code: in NAT that of the text None, else that of their kind and name. */
function keysOf(uuids: TextColumn, kinds: Int32Array, names: TextColumn, nat: boolean) {
  if (nat) {
    const { codes, dictionary } = uuids.orElse("None");
    return { keys: codes, ids: dictionary.size };
  }
  const ids = uuids.dictionary.size;
  const ofNameless = new Map<number, number>();
  const keys = uuids.codes.map((code, i) => {
    if (code >= 0) return code;
    const nameless = kinds[i] * (names.dictionary.size + 1) + names.codes[i] + 1;
    let key = ofNameless.get(nameless);
    if (key === undefined) ofNameless.set(nameless, (key = ids + ofNameless.size));
    return key;
  });
  return { keys, ids };
}
