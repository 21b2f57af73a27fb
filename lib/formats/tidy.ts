// Tidy calls: one operation a row, CSV or JSON, with the columns of `calls`; what spikeline itself writes. `duration` may stand for
// `end_time`, and a mapping brings other names and units. Columns beyond those of `calls` are kept as text.
import { closest } from "fastest-levenshtein";
import { InputError } from "../errors.js";
import type { ColumnMap } from "./columns.js";
import { numberAt, type Row, tokensAt } from "./row.js";
import { shownNames } from "./shown.js";
import type { SpanSink } from "./span-sink.js";
import { shownTime, timeFinding } from "./time-finding.js";
import { isIso, PER_SECOND, readDuration, type TimeUnit } from "./times.js";

const TEXTS = ["uuid", "parent_uuid", "operation_type", "operation_name", "status"];
/** Columns that are no further texts: those with a meaning of their own … */
const READ = [
  "example",
  "example_number",
  "start_time",
  "end_time",
  "duration",
  "prompt_tokens",
  "completion_tokens",
  "total_tokens",
];
/** … and those that are made anew from the others, with a name that no Arquero table can hold. */
const DERIVED = new Set([...READ, "depth", "source", "row", "__proto__"]);

/** Whether columns are those of calls, with the help of a mapping. */
export function detectTidy(header: readonly string[], map: ColumnMap): boolean {
  const has = (name: string) => header.includes(map.get(name)?.from ?? name);
  return map.size > 0 || (has("start_time") && (has("end_time") || has("duration")));
}

/** The columns that are read: those of calls that are not made anew, those of the mapping, and all that calls do not have. */
export function tidyColumns(header: readonly string[], map: ColumnMap): ReadonlySet<number> {
  const mapped = new Set(Array.from(map.values(), ({ from }) => from));
  const names = new Set([...TEXTS, ...READ].map((name) => map.get(name)?.from ?? name));
  const columns = header.map((_, column) => column);
  return new Set(columns.filter((column) => names.has(header[column]) || isFurther(header[column], mapped)));
}

/** Whether a column is one that calls do not have. */
const isFurther = (name: string, mapped: ReadonlySet<string>): boolean =>
  !DERIVED.has(name) && !TEXTS.includes(name) && !mapped.has(name);

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
): (row: Row, number: number) => void {
  const at = (name: string) => header.indexOf(map.get(name)?.from ?? name);
  const fail = (message: string) =>
    new InputError(`${message} The file has ${shownNames(header)}.`, { file: source ?? undefined });
  for (const [name, { from }] of map) {
    if (!header.includes(from))
      throw fail(`there is no column ${from}, which --columns names for ${name}. Is it ${closest(from, header)}?`);
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
  const kind = at("operation_type");
  const texts = TEXTS.map((name) => ({ column: at(name), texts: sink.texts(name) })).filter(
    ({ column }) => column >= 0 && column !== kind,
  );
  header.forEach((name, column) => {
    if (isFurther(name, mapped)) texts.push({ column, texts: sink.texts(name) });
  });
  const kinds = sink.texts("operation_type");
  const usual = kinds.dictionary.addText("LLM");
  const statuses = sink.texts("status");
  const status = at("status");
  const unfinished = statuses.dictionary.addText("unfinished");
  const examples = sink.texts("example").dictionary;
  let units: { start: TimeUnit; end: TimeUnit } | undefined;
  const durationsPerSecond = PER_SECOND[map.get("duration")?.unit ?? "s"];
  const { clock, findings } = sink;

  const unusable = (row: Row, column: number, number: number) => {
    const found = row.cell(column);
    const code = timeFinding(found);
    findings.add(code, source, number, `${header[column]} is ${code === "missing_time" ? "empty" : shownTime(found)}`);
  };

  return (row, number) => {
    if (!units) {
      // the first start that is a time tells the unit
      if (!isIso(row.cell(columns.start)) && !Number.isFinite(numberAt(row, columns.start))) {
        unusable(row, columns.start, number);
        return;
      }
      const start = map.get("start_time")?.unit ?? (isIso(row.cell(columns.start)) ? "iso" : "s");
      units = {
        start,
        end: map.get("end_time")?.unit ?? (isIso(row.cell(columns.end)) ? "iso" : start === "iso" ? "iso" : "s"),
      };
      clock.choose(units.start, units.end);
    }
    const start = clock.read(row, columns.start, units.start);
    const end = columns.end < 0 ? NaN : clock.read(row, columns.end, units.end);
    const duration = columns.duration < 0 ? NaN : readDuration(row, columns.duration, durationsPerSecond);
    if (start === undefined || Number.isNaN(start)) {
      unusable(row, columns.start, number);
      return;
    }
    if (end === undefined || (duration === undefined && Number.isNaN(end))) {
      unusable(row, end === undefined ? columns.end : columns.duration, number);
      return;
    }
    if (Number.isNaN(end) && Number.isNaN(duration) && row.code(status, statuses.dictionary) !== unfinished) {
      unusable(row, columns.end >= 0 ? columns.end : columns.duration, number);
      return;
    }
    const example = row.code(columns.example, examples);
    const place = sink.add(
      example >= 0 ? example : row.code(columns.exampleNumber, examples),
      start,
      end,
      duration ?? NaN,
      tokensAt(row, columns.prompt),
      tokensAt(row, columns.completion),
      tokensAt(row, columns.total),
      number,
    );
    for (const { column, texts: into } of texts) into.put(place, row.code(column, into.dictionary));
    const named = row.code(kind, kinds.dictionary);
    kinds.put(place, named < 0 ? usual : named);
  };
}
