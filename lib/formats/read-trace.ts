import { InputError } from "../errors.js";
import { isArrow, readArrow } from "../files/arrow.js";
import type { Progress } from "../files/bytes.js";
import type { ColumnRows } from "../files/column-row.js";
import { readCsv } from "../files/csv.js";
import { brokenOff } from "../files/json.js";
import { readJsonDocuments } from "../files/json-documents.js";
import { isParquet, readParquet } from "../files/parquet.js";
import type { JsonBytes, Platform } from "../files/platform.js";
import { allBytes, isReadable, type Readable, type Source, sourcesOf } from "../files/source.js";
import { unpack } from "../files/unpack.js";
import { Findings } from "../tables/diagnostics.js";
import type { Trace } from "../tables/trace.js";
import { type ColumnMap, parseColumns } from "./columns.js";
import { detectRows, type Format, isApart, unknownFormat } from "./detect.js";
import { DocumentReading } from "./document-reading.js";
import { shownNames } from "./shown.js";
import { Sinks } from "./sinks.js";

export interface LoadOptions {
  /** which columns of a table of calls hold what, as in `--columns` */
  readonly columns?: string;
  /** told as bytes are read */
  readonly progress?: Progress;
}

/**
 * Reads a trace: the files, or a document that was parsed already. Several files are one trace.
 *
 * @param platform what reads the files
 */
export async function readTrace(
  input: Readable | readonly unknown[] | object,
  options: LoadOptions,
  platform: Platform,
): Promise<Trace> {
  const map = options.columns === undefined ? (new Map() as ColumnMap) : parseColumns(options.columns);
  const findings = new Findings();
  const sinks = new Sinks(findings);

  const inputs = isReadable(input) ? [input] : input;
  if (!areReadable(inputs)) {
    const reading = new DocumentReading(map, sinks, null);
    const documents = Array.isArray(inputs) ? (inputs as unknown[]) : [inputs];
    documents.forEach((document, i) => {
      reading.read(document, i + 1);
    });
    const format = reading.done(Array.isArray(inputs));
    if (format instanceof InputError) throw format;
    return sinks[format.yields].trace(format.name, null);
  }

  const read: (Format & { readonly source: string })[] = [];
  const sources = await sourcesOf(inputs, platform.files);
  let skipped: InputError | undefined;
  for (const source of sources) {
    const result = await readFile(source, map, sinks, platform, options.progress);
    if (!(result instanceof InputError)) read.push({ ...result, source: source.name });
    else if (source.isNamed) throw result;
    else {
      skipped = result;
      findings.add("skipped_file", source.name, NaN, null, 0);
    }
  }
  if (read.length === 0 && skipped) throw sources.length === 1 ? skipped : noTrace(sources);
  const format = oneFormat(read);
  return sinks[format.yields].trace(format.name, read.map(({ source }) => source).join(", "));
}

function areReadable(input: object): input is readonly Readable[] {
  return Array.isArray(input) && input.length > 0 && input.every(isReadable);
}

/** Reads a file into the sinks; an error that says so where it is empty, is no text, or its format is not known. */
async function readFile(
  file: Source,
  map: ColumnMap,
  sinks: Sinks,
  platform: Platform,
  progress?: Progress,
): Promise<Format | InputError> {
  const reached: Progress = (read, total) => {
    sinks.spans.reached(read, total);
    progress?.(read, total);
  };
  const bytes = unpack(file.bytes(reached), file.name, platform.gunzip);
  try {
    return await readChunks(await peek(bytes), file, map, sinks, platform.json, progress);
  } finally {
    // closes what was not read to its end
    await bytes.return(undefined);
  }
}

interface Chunks {
  readonly head: Uint8Array;
  readonly all: AsyncGenerator<Uint8Array>;
}

async function readChunks(
  chunks: Chunks,
  file: Source,
  map: ColumnMap,
  sinks: Sinks,
  json: JsonBytes,
  progress?: Progress,
): Promise<Format | InputError> {
  const source = file.name;
  if (isArrow(chunks.head)) return await readColumns(readArrow(await allBytes(chunks.all), source), source, map, sinks);
  if (isParquet(chunks.head)) {
    // by its places, so that it need not be in memory; not where it is packed
    const ranges = await file.ranges?.(progress);
    try {
      const isPlain = ranges && isParquet(new Uint8Array(await ranges.slice(0, 4)));
      const bytes = isPlain ? ranges : (await allBytes(chunks.all)).buffer;
      return await readColumns(await readParquet(bytes, source), source, map, sinks);
    } finally {
      await ranges?.close?.();
    }
  }
  if (!isText(chunks.head)) {
    return new InputError(
      "this is not text in UTF-8: binary, packed, or in another encoding. Unpack it, or save it as UTF-8.",
      { file: source },
    );
  }
  const mark = firstMark(chunks.head);
  if (mark === undefined && new TextDecoder().decode(chunks.head).trim() === "")
    return new InputError("the file is empty. Give a file that holds a trace.", { file: source });
  if (mark === "{" || mark === "[") {
    const reading = new DocumentReading(map, sinks, source);
    const read = (document: unknown, number: number) => {
      reading.read(document, number);
    };
    const { isList, brokeOff } = await readJsonDocuments(chunks.all, source, read, json, { isApart });
    const format = reading.done(isList);
    if (brokeOff && !(format instanceof InputError) && format.mayBreakOff !== true) throw brokenOff(source);
    return format;
  }

  const { header, rows } = await readCsv(chunks.all, source);
  const format = detectRows(header, map);
  if (!format) return unknownFormat(`a table with the columns ${shownNames(header)}`, source);
  sinks.begin(source);
  const { read, done } = format.reader(sinks, source);
  await rows(read);
  done?.();
  return format;
}

/** Reads the rows of a file of columns into the sinks. */
async function readColumns(
  columns: ColumnRows,
  source: string,
  map: ColumnMap,
  sinks: Sinks,
): Promise<Format | InputError> {
  const { header, nanoseconds } = columns;
  const found = detectRows(header, map);
  if (!found) return unknownFormat(`a table with the columns ${shownNames(header)}`, source);
  const isTidy = found.name === "tidy";
  const format = isTidy ? (detectRows(header, withOwnUnits(map, nanoseconds)) ?? found) : found;
  sinks.begin(source);
  const { read, done, columns: wanted } = format.reader(sinks, source);
  if (isTidy) sinks.spans.reserve(columns.roughly);
  await columns.rows(read, isTidy ? "nanoseconds" : "text", wanted);
  done?.();
  return format;
}

/** A mapping with the units of columns that state their own; tables of calls only, which are known by their columns with a mapping too. */
function withOwnUnits(map: ColumnMap, nanoseconds: ReadonlySet<string>): ColumnMap {
  const units = new Map(map);
  for (const name of ["start_time", "end_time", "duration"] as const) {
    const from = map.get(name)?.from ?? name;
    if (nanoseconds.has(from)) units.set(name, { from, unit: "ns" });
  }
  return units;
}

/** Says that none of the files that were found is a trace. */
const noTrace = (found: readonly Source[]): InputError =>
  new InputError(
    `none of the ${found.length} files that were found is a trace: ${shownNames(found.map(({ name }) => name))}. Name one itself to see why.`,
  );

/** The format that all files have. */
function oneFormat(read: readonly (Format & { readonly source: string })[]): Format {
  const other = read.find(({ name }) => name !== read[0].name);
  if (!other) return read[0];
  throw new InputError(
    `${read[0].source} is ${read[0].name}, ${other.source} is ${other.name}. Analyse files of one format together: others may hold the same calls once more.`,
  );
}

/** The first bytes that are not all blank, and all of them from the start. */
async function peek(chunks: AsyncGenerator<Uint8Array>): Promise<Chunks> {
  const passed: Uint8Array[] = [];
  for (let next = await chunks.next(); !next.done; next = await chunks.next()) {
    const isBlank = firstMark(next.value) === undefined;
    passed.push(isBlank ? next.value.slice() : next.value); // the next chunk takes its place
    if (!isBlank) break;
  }
  async function* all(): AsyncGenerator<Uint8Array> {
    yield* passed;
    yield* chunks;
  }
  return { head: passed.at(-1) ?? new Uint8Array(0), all: all() };
}

/** Whether bytes are UTF-8 without control characters that no text has; the last character may be cut off. */
function isText(head: Uint8Array): boolean {
  try {
    // eslint-disable-next-line no-control-regex
    return !/[\0-\x08\x0e-\x1a\x1c-\x1f]/.test(
      new TextDecoder("utf-8", { fatal: true }).decode(head.subarray(0, 65536), { stream: true }),
    );
  } catch {
    return false;
  }
}

/** The first character that is neither blank nor a byte order mark. */
function firstMark(head: Uint8Array): string | undefined {
  return /[^\s\ufeff]/.exec(new TextDecoder().decode(head.subarray(0, 4096)))?.[0];
}
