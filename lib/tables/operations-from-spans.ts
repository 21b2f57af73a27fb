import type { ColumnTable } from "arquero";
import { flagged, takeInts, takeNumbers } from "../kernels/take.js";
import { Code, type FindingCode } from "./diagnostics.js";
import { earlierSpans } from "./earlier-spans.js";
import { isKnownKind } from "./kinds.js";
import { lastTimes } from "./last-times.js";
import type { Operations } from "./operations.js";
import type { ResolvedOptions } from "./options.js";
import { Reader } from "./read.js";
import { toldParents } from "./told-parents.js";

/**
 * The spans as operations: those that never ended are closed at the last time known of their example; spans without a time, that end
 * before they start, or that were read before, are left out.
 *
 * @param spans a table with example_number, operation_type, start_time, end_time; the other columns of `calls` where it has them
 * @param format what the spans come from: it decides which kinds are known
 */
export function operationsFromSpans(
  spans: ColumnTable,
  options: ResolvedOptions,
  caller: string,
  format: string | undefined,
): Operations {
  const read = new Reader(spans, caller);
  const examples = read.ints("example_number");
  const starts = read.numbers("start_time");
  const ends = read.numbers("end_time");
  const kinds = read
    .texts("operation_type")
    .orElse("SPAN")
    .map((kind) => kind.toUpperCase());
  const statuses = read.maybeTexts("status").orElse("ok");
  const chosen = kinds.flags((kind) => options.kinds.includes(kind));
  const known = kinds.flags((kind) => isKnownKind(kind, format));
  const unfinished = statuses.flags((status) => status === "unfinished");
  // the reference compares none
  const earlier =
    options.pairing === "nat" ? undefined : earlierSpans(read, { examples, kinds, statuses, starts, ends });

  const kept = new Uint8Array(read.size);
  const fates = new Uint8Array(read.size).fill(Code.counted);
  let open = 0;
  for (let i = 0; i < read.size; i++) {
    const isOpen = unfinished[statuses.codes[i]] === 1;
    const hasTime = Number.isFinite(starts[i]) && (Number.isFinite(ends[i]) || (isOpen && ends[i] !== ends[i]));
    const isReversed = ends[i] < starts[i];
    const isRepeated = earlier !== undefined && earlier.repeats[i] >= 0;
    if (hasTime && !isReversed && !isRepeated) {
      kept[i] = 1;
      if (ends[i] !== ends[i]) open++;
    }
    if (chosen[kinds.codes[i]] === 0) fates[i] = known[kinds.codes[i]] === 1 ? Code.ignored : Code.unknown_kind;
    else if (!hasTime) fates[i] = isMissing(read, i, isOpen) ? Code.missing_time : Code.nan_time;
    else if (isReversed) fates[i] = Code.negative_duration;
    else if (isRepeated) fates[i] = Code.repeated;
    else if (isOpen) fates[i] = Code.unfinished;
    else if (earlier !== undefined && earlier.reuses[i] === 1) fates[i] = Code.reused_id;
  }

  const closed = open === 0 ? ends : closeOpen(examples, starts, ends, options.openCalls === "censor");
  const rows = flagged(kept);
  const all = rows.length === read.size;
  const names = read.maybeTexts("operation_name");
  const uuids = read.maybeTexts("uuid");
  const describe = (i: number, code: FindingCode) => {
    if (code === "ignored" || code === "unknown_kind") return kinds.at(i) ?? "SPAN";
    const bounds = `${starts[i]} to ${ends[i]}`;
    return code === "repeated" || code === "reused_id" ? `${read.maybeTextAt("uuid")(i) ?? ""}, ${bounds}` : bounds;
  };
  const operations = {
    read,
    rows,
    closing: rows,
    examples: all ? examples : takeInts(examples, rows, -1),
    kinds: all ? kinds : kinds.take(rows),
    names: all ? names : names.take(rows),
    uuids: all ? uuids : uuids.take(rows),
    starts: all ? starts : takeNumbers(starts, rows),
    ends: all ? closed : takeNumbers(closed, rows),
    statuses: all ? statuses : statuses.take(rows),
    order: undefined,
    missingTokens: NaN,
    fates,
    describe,
  };
  const { parents, stated } = toldParents(operations, earlier?.repeats);
  return { ...operations, parents, parentsStated: stated };
}

/** Whether a time that a row needs is not there at all; else it is NaN or infinite. */
function isMissing(read: Reader, i: number, isOpen: boolean): boolean {
  const lacks = (name: string) => (read.cell(name, i) ?? null) === null;
  return lacks("start_time") || (!isOpen && lacks("end_time"));
}

/** Ends with those that are missing filled in: by the last time known of the example, or by the start. */
function closeOpen(examples: Int32Array, starts: Float64Array, ends: Float64Array, censor: boolean): Float64Array {
  const known = ends.map((end, i) => Math.max(starts[i], Number.isNaN(end) ? starts[i] : end));
  const last = lastTimes(examples, known);
  return ends.map((end, i) => {
    if (!Number.isNaN(end)) return end;
    return censor ? (last.get(examples[i]) ?? starts[i]) : starts[i];
  });
}
