import type { ColumnTable } from "arquero";
import { flagged, takeInts, takeNumbers } from "../kernels/take.js";
import type { Findings } from "./diagnostics.js";
import { lastTimes } from "./last-times.js";
import type { Operations } from "./operations.js";
import type { ResolvedOptions } from "./options.js";
import { Reader } from "./read.js";
import { toldParents } from "./told-parents.js";

/**
 * The spans as operations: those that never ended are closed at the last time known of their example; spans without a time, or that end
 * before they start, are counted and left out.
 *
 * @param spans a table with example_number, operation_type, start_time, end_time; the other columns of `calls` where it has them
 */
export function operationsFromSpans(
  spans: ColumnTable,
  options: ResolvedOptions,
  findings: Findings,
  caller: string,
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
  const unfinished = statuses.flags((status) => status === "unfinished");
  const describe = describer(read, starts, ends);

  const kept = new Uint8Array(read.size);
  let open = 0;
  let counted = 0; // nearly all rows are, so these are counted here
  let firstCounted = -1;
  for (let i = 0; i < read.size; i++) {
    const isOpen = unfinished[statuses.codes[i]] === 1;
    const lacksTime = starts[i] !== starts[i] || (ends[i] !== ends[i] && !isOpen);
    const isReversed = ends[i] < starts[i];
    if (!lacksTime && !isReversed) {
      kept[i] = 1;
      if (ends[i] !== ends[i]) open++;
    }
    if (chosen[kinds.codes[i]] === 0)
      findings.count("ignored", i, (row) => ({ ...describe(row), example: kinds.at(row) }));
    else if (lacksTime) findings.count("missing_time", i, describe);
    else if (isReversed) findings.count("negative_duration", i, describe);
    else if (isOpen) findings.count("unfinished", i, describe);
    else if (counted++ === 0) firstCounted = i;
  }
  if (counted > 0) findings.count("counted", firstCounted, describe, counted);

  const closed = open === 0 ? ends : closeOpen(examples, starts, ends, options.openCalls === "censor");
  const rows = flagged(kept);
  const all = rows.length === read.size;
  const names = read.maybeTexts("operation_name");
  const uuids = read.maybeTexts("uuid");
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
  };
  const { parents, stated } = toldParents(operations);
  return { ...operations, parents, parentsStated: stated };
}

/** What there is to tell of a row. */
const describer = (read: Reader, starts: Float64Array, ends: Float64Array) => (i: number) => ({
  ...read.placeOf(i),
  example: `${starts[i]} to ${ends[i]}`,
});

/** Ends with those that are missing filled in: by the last time known of the example, or by the start. */
function closeOpen(examples: Int32Array, starts: Float64Array, ends: Float64Array, censor: boolean): Float64Array {
  const known = ends.map((end, i) => Math.max(starts[i], Number.isNaN(end) ? starts[i] : end));
  const last = lastTimes(examples, known);
  return ends.map((end, i) => {
    if (!Number.isNaN(end)) return end;
    return censor ? (last.get(examples[i]) ?? starts[i]) : starts[i];
  });
}
