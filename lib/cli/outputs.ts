import { join } from "node:path";
import type { ColumnTable } from "arquero";
import type { ConcurrencySpikeResult } from "../analyze.js";
import { OptionError } from "../errors.js";
import { type TableFormat, tableContent } from "../files/write-table.js";
import { writeFilesWhole } from "../files/write-files.js";
import { isoNanoseconds } from "../formats/times.js";
import { jsonText } from "../report/json.js";
import { count } from "../report/format.js";
import { type FindingCode, findings } from "../tables/diagnostics.js";
import { isKnownKind } from "../tables/kinds.js";
import { resultTables } from "../tables/tables.js";
import { kindsOf, type Trace } from "../tables/trace.js";

const onDemand = ["bins", "spike_calls", "tokens_in_flight", "events", "spans"];

/**
 * The names of the tables to write.
 *
 * @throws OptionError for a table that is not known, and for several without a folder to write them to
 */
export function tableNames(given: readonly string[] | undefined, out: string | undefined): readonly string[] {
  const known: readonly string[] = [...resultTables, ...onDemand];
  const unknown = given?.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new OptionError("--tables", `names ${unknown}; there are ${known.join(", ")}.`);
  if (given && given.length > 1 && out === undefined) {
    throw new OptionError("--tables", "names several tables, and only one can go to standard output. Add --out DIR.");
  }
  return given ?? resultTables;
}

/** @throws OptionError for a kind that the trace has not and that is not known either */
export function checkKinds(kinds: readonly string[] | undefined, trace: Trace): void {
  const there = kindsOf(trace);
  const unknown = kinds?.find((kind) => !there.includes(kind.toUpperCase()) && !isKnownKind(kind.toUpperCase()));
  if (unknown !== undefined)
    throw new OptionError("--kinds", `names ${unknown}; the trace has ${there.join(", ") || "none"}.`);
}

/**
 * A window in seconds since the origin of the trace.
 *
 * @throws OptionError if an end is neither a number nor a date
 */
export function windowOf([from, to]: readonly [string, string], { origin }: Trace): readonly [number, number] {
  const read = (text: string, open: number) => {
    if (text === "") return open;
    const date = isoNanoseconds(text);
    const value = date === undefined ? Number(text) : Number(date - origin) / 1e9;
    if (Number.isNaN(value))
      throw new OptionError("--window", `has ${text}, which is neither seconds nor a date like 2026-01-31T12:00:00Z.`);
    return value;
  };
  return [read(from, -Infinity), read(to, Infinity)];
}

/** What could not be used as it stands, and that nothing counts, as lines; empty where all could. */
export function warnings(result: ConcurrencySpikeResult, trace: Trace): string {
  const lines = problemLines(result.diagnostics, "events" in trace ? "events" : "rows");
  if (result.calls.numRows() > 0 || kindsOf(trace).length === 0) return lines;
  return `${lines}spikeline: counted are ${result.options.kinds.join(", ")}; the trace has ${kindsOf(trace).join(", ")} (see --kinds)\n`;
}

/**
 * What could not be used as it stands, as lines; empty where all could.
 *
 * @param of what `diagnostics` counts
 */
export function problemLines(diagnostics: ColumnTable, of: "events" | "rows"): string {
  const rows = diagnostics.objects() as {
    code: FindingCode;
    events: number;
    first_source: string | null;
    first_row: number;
    example: string | null;
  }[];
  const sum = (counted: typeof rows) => counted.reduce((total, { events }) => total + events, 0);
  const problems = rows.filter(({ code }) => findings[code].problem);
  const counted = problems.filter(({ events }) => events > 0);
  const lines = problems
    .filter(({ events }) => events === 0)
    .map(({ code, first_source }) => `spikeline: ${first_source ?? "the input"}: ${findings[code].meaning}\n`);
  if (counted.length > 0) lines.push(`spikeline: ${count(sum(counted))} of ${count(sum(rows))} ${of} with problems\n`);
  for (const { code, events, first_source, first_row, example } of counted) {
    const place = [first_source, Number.isNaN(first_row) ? undefined : `row ${first_row}`].filter(Boolean).join(", ");
    const first = [place, example].filter(Boolean).join(": ");
    lines.push(`  ${count(events)} ${code}: ${findings[code].meaning}${first === "" ? "" : ` (first: ${first})`}\n`);
  }
  return lines.join("");
}

/** The result as JSON text, in pieces. */
export const json = (result: ConcurrencySpikeResult): Iterable<string> =>
  jsonText(result.tables, result.options.listActive);

/** A table as the content of a file, in pieces. */
export const content = (result: ConcurrencySpikeResult, trace: Trace, name: string, format: TableFormat) =>
  tableContent(tableOf(result, trace, name), format);

/** Writes a file for each table, all of them or none. */
export async function writeTables(
  result: ConcurrencySpikeResult,
  trace: Trace,
  names: readonly string[],
  folder: string,
  format: TableFormat,
): Promise<void> {
  await writeFilesWhole(
    names.map((name) => ({
      path: join(folder, `${name}.${format}`),
      content: () => content(result, trace, name, format),
    })),
  );
}

function tableOf(result: ConcurrencySpikeResult, trace: Trace, name: string): ColumnTable {
  if (name === "bins") return result.bins();
  if (name === "spike_calls") return result.spikeCalls();
  if (name === "tokens_in_flight") return result.tokensInFlight();
  if (name === "events" || name === "spans") {
    const table =
      name === "events" && "events" in trace
        ? trace.events
        : name === "spans" && "spans" in trace
          ? trace.spans
          : undefined;
    if (table) return table;
    throw new OptionError(
      "--tables",
      `names ${name}, but a trace in ${trace.format} has ${"events" in trace ? "events" : "spans"}.`,
    );
  }
  return result.tables[name as keyof typeof result.tables];
}
