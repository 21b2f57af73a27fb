import { InputError } from "../errors.js";
import { type Progress, readBytes } from "../files/bytes.js";
import { readCsv } from "../files/csv.js";
import { findFiles } from "../files/find.js";
import { brokenOff } from "../files/json.js";
import { readJsonDocuments } from "../files/json-documents.js";
import { Findings } from "../tables/diagnostics.js";
import type { Trace } from "../tables/trace.js";
import { type ColumnMap, parseColumns } from "./columns.js";
import {
  detectDocument,
  detectRows,
  type DocumentFormat,
  type DocumentReader,
  type Format,
  type Sinks,
  unknownFormat,
} from "./detect.js";
import { EventSink } from "./event-sink.js";
import { natJson } from "./nat-json.js";
import { SpanSink } from "./span-sink.js";

export interface LoadOptions {
  /** which columns of a table of calls hold what, as in `--columns` */
  readonly columns?: string;
  /** told as bytes are read */
  readonly progress?: Progress;
}

/**
 * Loads a trace: a file, several, or a folder of them; or a document that was parsed already. The format is found out from the content.
 * Several files are one trace.
 *
 * @param input paths (`-` is standard input), or a parsed JSON document
 * @returns the trace, with what could not be used in `diagnostics`
 * @throws InputError, with file, row and field, if a file cannot be read or used; OptionError for a wrong mapping
 * @example
 * const trace = await loadTrace([{ start_time: 0, end_time: 2 }, { start_time: 1, end_time: 3 }]);
 * concurrencySpikeAnalysis(trace).summary.get("peak"); // 2
 */
export async function loadTrace(
  input: string | readonly unknown[] | object,
  options: LoadOptions = {},
): Promise<Trace> {
  const map = options.columns === undefined ? (new Map() as ColumnMap) : parseColumns(options.columns);
  const findings = new Findings();
  const sinks: Sinks = { events: new EventSink(findings), spans: new SpanSink(findings) };

  const paths = typeof input === "string" ? [input] : input;
  if (!isPaths(paths)) {
    const reading = new DocumentReading(map, sinks, null);
    const documents = Array.isArray(paths) ? (paths as unknown[]) : [paths];
    documents.forEach((document, i) => {
      reading.read(document, i + 1);
    });
    const format = reading.done(Array.isArray(paths));
    if (format instanceof InputError) throw format;
    return sinks[format.yields].trace(format.name, null);
  }

  const read: (Format & { readonly source: string })[] = [];
  for (const { path, inFolder } of await findFiles(paths)) {
    const source = path === "-" ? "standard input" : path;
    const result = await readFile(path, source, map, sinks, options.progress);
    if (!(result instanceof InputError)) read.push({ ...result, source });
    else if (inFolder) findings.add("skipped_file", source, NaN, null, 0);
    else throw result;
  }
  return sinks[oneFormat(read, paths).yields].trace(read[0].name, read.map(({ source }) => source).join(", "));
}

function isPaths(input: object): input is readonly string[] {
  return Array.isArray(input) && input.length > 0 && input.every((entry) => typeof entry === "string");
}

/** Reads a file into the sinks; an error that says so where its format is not known. */
async function readFile(
  path: string,
  source: string,
  map: ColumnMap,
  sinks: Sinks,
  progress?: Progress,
): Promise<Format | InputError> {
  const chunks = await peek(readBytes(path, progress));
  if (!isText(chunks.head)) {
    throw new InputError(
      "this is not text in UTF-8: binary, packed, or in another encoding. Unpack it, or save it as UTF-8.",
      { file: source },
    );
  }
  const mark = firstMark(chunks.head);
  if (mark === "{" || mark === "[") {
    const reading = new DocumentReading(map, sinks, source);
    const { isList, brokeOff } = await readJsonDocuments(chunks.all, source, (document, number) => {
      reading.read(document, number);
    });
    const format = reading.done(isList);
    if (brokeOff && !(format instanceof InputError) && format.mayBreakOff !== true) throw brokenOff(source);
    return format;
  }

  const { header, rows } = await readCsv(chunks.all, source);
  const format = detectRows(header, map);
  if (!format) return unknownFormat(`a table with the columns ${shorten(header.join(", "))}`, source);
  begin(sinks, source);
  const { read, done } = format.reader(sinks, source);
  await rows(read);
  done?.();
  return format;
}

function begin(sinks: Sinks, source: string | null): void {
  sinks.events.begin(source);
  sinks.spans.begin(source);
}

/** So many documents may come before one that tells the format. */
const FIRST_DOCUMENTS = 1000;

/** Reads the documents of a file; the first one that tells the format gives it to all. */
class DocumentReading {
  readonly #map: ColumnMap;
  readonly #sinks: Sinks;
  readonly #source: string | null;
  readonly #waiting: unknown[] = [];
  #format: DocumentFormat | undefined;
  #reader: DocumentReader | undefined;

  constructor(map: ColumnMap, sinks: Sinks, source: string | null) {
    this.#map = map;
    this.#sinks = sinks;
    this.#source = source;
  }

  read(document: unknown, number: number): void {
    if (this.#reader) {
      this.#reader.read(document, number);
      return;
    }
    if (this.#waiting.length === FIRST_DOCUMENTS) return;
    this.#waiting.push(document);
    this.#format = detectDocument(document, this.#map);
    if (this.#format) this.#begin(this.#format);
  }

  #begin(format: DocumentFormat): void {
    begin(this.#sinks, this.#source);
    const reader = format.reader(this.#sinks, this.#source);
    this.#reader = reader;
    this.#waiting.forEach((waiting, i) => {
      reader.read(waiting, i + 1);
    });
  }

  /** The format, when all have been read; an error where none tells it. Lists of nothing are what NAT writes of no requests. */
  done(isList: boolean): DocumentFormat | InputError {
    const isEmpty = this.#waiting.every((document) => Array.isArray(document) && document.length === 0);
    if (!this.#format && isList && isEmpty) this.#begin((this.#format = natJson));
    this.#reader?.done?.();
    return this.#format ?? unknownFormat("this JSON", this.#source ?? undefined);
  }
}

/** The format that all files have. */
function oneFormat(read: readonly (Format & { readonly source: string })[], paths: readonly string[]): Format {
  if (read.length === 0)
    throw new InputError("no file of the folder is a trace. Name the file itself to see why.", {
      file: paths.join(", "),
    });
  const other = read.find(({ name }) => name !== read[0].name);
  if (!other) return read[0];
  throw new InputError(
    `${read[0].source} is ${read[0].name}, ${other.source} is ${other.name}. Analyse files of one format together: others may hold the same calls once more.`,
  );
}

/** The first bytes that are not all blank, and all of them from the start. */
async function peek(chunks: AsyncGenerator<Uint8Array>): Promise<{ head: Uint8Array; all: AsyncIterable<Uint8Array> }> {
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

const shorten = (text: string): string => (text.length > 400 ? `${text.slice(0, 400)} …` : text);
