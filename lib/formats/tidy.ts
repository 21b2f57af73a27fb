// Tidy calls: one operation a row, CSV or JSON, with the columns of `calls`; what spikeline itself writes. `duration` may stand for
// `end_time`, and a mapping brings other names and units. Columns beyond those of `calls` are kept as text.
import { InputError } from "../errors.js";
import type { ColumnMap } from "./columns.js";
import { readNumber, readText, readTokens } from "./numbers.js";
import type { SpanSink } from "./sinks.js";
import { isIso, type TimeUnit } from "./times.js";

const TEXTS = ["uuid", "parent_uuid", "operation_type", "operation_name", "status"];
/** Columns that are made anew from the others, and a name that no Arquero table can hold. */
const DERIVED = new Set([
  "depth",
  "source",
  "row",
  "example",
  "example_number",
  "start_time",
  "end_time",
  "duration",
  "prompt_tokens",
  "completion_tokens",
  "total_tokens",
  "__proto__",
]);

/** Whether columns are those of calls, with the help of a mapping. */
export function detectTidy(header: readonly string[], map: ColumnMap): boolean {
  const has = (name: string) => header.includes(map.get(name)?.from ?? name);
  return map.size > 0 || (has("start_time") && (has("end_time") || has("duration")));
}

/**
 * A reader of rows with these columns.
 *
 * @throws InputError if a column that is needed, or that the mapping names, is missing
 */
export function tidyReader(
  header: readonly string[],
  map: ColumnMap,
  sink: SpanSink,
  source: string | null,
): (row: readonly unknown[], number: number) => void {
  const at = (name: string) => header.indexOf(map.get(name)?.from ?? name);
  const fail = (message: string) =>
    new InputError(`${message} The file has ${header.join(", ")}.`, { file: source ?? undefined });
  for (const [name, { from }] of map) {
    if (!header.includes(from)) throw fail(`there is no column ${from}, which --columns names for ${name}.`);
  }
  if (at("start_time") < 0)
    throw fail("there is no column start_time. Name the one that holds it: --columns start_time=NAME:UNIT.");
  if (at("end_time") < 0 && at("duration") < 0) {
    throw fail("there is no column end_time and none with the duration. Name one: --columns duration=NAME:UNIT.");
  }

  const columns = {
    start: at("start_time"),
    end: at("end_time"),
    duration: at("duration"),
    example: at("example"),
    exampleNumber: at("example_number"),
    prompt: at("prompt_tokens"),
    completion: at("completion_tokens"),
    total: at("total_tokens"),
  };
  const mapped = new Set(Array.from(map.values(), ({ from }) => from));
  const texts = TEXTS.map((name) => [name, at(name)] as const).filter(([, column]) => column >= 0);
  const further = header
    .map((name, column) => [name, column] as const)
    .filter(([name]) => !DERIVED.has(name) && !TEXTS.includes(name) && !mapped.has(name));
  let units: { start: TimeUnit; end: TimeUnit } | undefined;
  const durationUnit = map.get("duration")?.unit ?? "s";
  const { clock, findings } = sink;

  return (row, number) => {
    const cell = (column: number) => (column < 0 ? undefined : row[column]);
    const missing = (column: number) => {
      findings.add("missing_time", source, number, `${header[column]} is empty`);
    };
    // the first start tells the unit
    if (Number.isNaN(readNumber(cell(columns.start)))) {
      missing(columns.start);
      return;
    }
    if (!units) {
      const start = map.get("start_time")?.unit ?? (isIso(cell(columns.start)) ? "iso" : "s");
      units = {
        start,
        end: map.get("end_time")?.unit ?? (isIso(cell(columns.end)) ? "iso" : start === "iso" ? "iso" : "s"),
      };
      clock.choose(units.start, units.end);
    }
    const start = clock.read(cell(columns.start), units.start);
    const end = columns.end < 0 ? NaN : clock.read(cell(columns.end), units.end);
    const duration = columns.duration < 0 ? NaN : clock.readDuration(cell(columns.duration), durationUnit);
    const unreadable =
      start === undefined
        ? columns.start
        : end === undefined
          ? columns.end
          : duration === undefined && Number.isNaN(end)
            ? columns.duration
            : -1;
    if (unreadable >= 0) {
      findings.add("unreadable_time", source, number, `${header[unreadable]} is ${JSON.stringify(row[unreadable])}`);
      return;
    }
    const values = Object.create(null) as Record<string, string | null>; // a column may be named constructor
    for (const [name, column] of texts) values[name] = readText(row[column]);
    for (const [name, column] of further) values[name] = readText(row[column]);
    values.operation_type ??= "LLM";
    if (Number.isNaN(end) && Number.isNaN(duration) && values.status !== "unfinished") {
      missing(columns.end >= 0 ? columns.end : columns.duration);
      return;
    }
    sink.add(
      {
        example: readText(cell(columns.example)) ?? readText(cell(columns.exampleNumber)),
        start: start as number,
        end: end as number,
        duration: duration ?? NaN,
        prompt: readTokens(cell(columns.prompt)),
        completion: readTokens(cell(columns.completion)),
        total: readTokens(cell(columns.total)),
        texts: values,
      },
      source,
      number,
    );
  };
}
