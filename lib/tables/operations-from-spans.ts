import type { ColumnTable } from "arquero";
import type { Findings } from "./diagnostics.js";
import type { Operations } from "./operations.js";
import { parentsById } from "./operations-from-events.js";
import type { ResolvedOptions } from "./options.js";
import { Reader } from "./read.js";

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
  const ends = read.numbers("end_time").slice();
  const kinds = read.texts("operation_type").map((kind) => (kind ?? "SPAN").toUpperCase());
  const statuses = read.maybeTexts("status");
  const sources = read.maybeTexts("source");
  const rowNumbers = read.maybeNumbers("row");

  const last = new Map<number, number>();
  for (let i = 0; i < read.size; i++) {
    const latest = Math.max(starts[i], Number.isNaN(ends[i]) ? starts[i] : ends[i]);
    if (latest > (last.get(examples[i]) ?? -Infinity)) last.set(examples[i], latest);
  }

  const kept: number[] = [];
  for (let i = 0; i < read.size; i++) {
    const open = Number.isNaN(ends[i]) && statuses[i] === "unfinished";
    const place = [sources[i], Number.isNaN(rowNumbers[i]) ? i + 1 : rowNumbers[i]] as const;
    const stretch = `${starts[i]} to ${ends[i]}`;
    if (!options.kinds.includes(kinds[i])) findings.add("ignored", ...place, kinds[i]);
    else if (Number.isNaN(starts[i]) || (Number.isNaN(ends[i]) && !open))
      findings.add("missing_time", ...place, stretch);
    else if (ends[i] < starts[i]) findings.add("negative_duration", ...place, stretch);
    else findings.add(statuses[i] === "unfinished" ? "unfinished" : "counted", ...place, stretch);
    if (Number.isNaN(starts[i]) || ends[i] < starts[i] || (Number.isNaN(ends[i]) && !open)) continue;
    if (open) ends[i] = options.openCalls === "censor" ? (last.get(examples[i]) ?? starts[i]) : starts[i];
    kept.push(i);
  }

  const rows = Int32Array.from(kept);
  const uuids = read.maybeTexts("uuid");
  const names = read.maybeTexts("operation_name");
  const operations = {
    read,
    rows,
    closing: rows,
    examples: rows.map((row) => examples[row]),
    kinds: kept.map((row) => kinds[row]),
    names: kept.map((row) => names[row]),
    uuids: kept.map((row) => uuids[row]),
    starts: Float64Array.from(kept, (row) => starts[row]),
    ends: Float64Array.from(kept, (row) => ends[row]),
    statuses: kept.map((row) => statuses[row] ?? "ok"),
    order: undefined,
    missingTokens: NaN,
  };
  return {
    ...operations,
    parents: statedParents(read, rows) ?? parentsById(operations, read.maybeTexts("parent_uuid")),
  };
}

/** Parents as a table of calls states them, by call_id and parent_call_id; undefined where it has no such columns. */
function statedParents(read: Reader, rows: Int32Array): Int32Array | undefined {
  if (!read.has("call_id") || !read.has("parent_call_id")) return undefined;
  const ids = read.numbers("call_id");
  const parents = read.numbers("parent_call_id");
  const position = new Map<number, number>();
  rows.forEach((row, i) => position.set(ids[row], i));
  return rows.map((row) => position.get(parents[row]) ?? -1);
}
