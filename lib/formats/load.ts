import { InputError } from "../errors.js";
import { type Progress, readBytes } from "../files/bytes.js";
import { readCsv } from "../files/csv.js";
import { findFiles } from "../files/find.js";
import { parseJson } from "../files/json.js";
import { Findings } from "../tables/diagnostics.js";
import type { Trace } from "../tables/trace.js";
import { type ColumnMap, parseColumns } from "./columns.js";
import { detectDocument, detectRows, type Format, type Sinks, unknownFormat } from "./detect.js";
import { EventSink } from "./event-sink.js";
import { SpanSink } from "./span-sink.js";

export interface LoadOptions {
  /** which columns of a table of calls hold what, as in `--columns` */
  readonly columns?: string;
  /** told as bytes are read */
  readonly progress?: Progress;
}

/** The most bytes that can become one text in V8, less some room. */
const LONGEST_TEXT = 500 * 1024 * 1024;

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
    const format = readDocument(paths, map, sinks, null);
    if (!format) throw unknownFormat("this JSON", undefined);
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
    const document = parseJson(await decode(chunks.all, source), source);
    return readDocument(document, map, sinks, source) ?? unknownFormat("this JSON", source);
  }

  const { header, rows } = await readCsv(chunks.all, source);
  const format = detectRows(header, map);
  if (!format) return unknownFormat(`a table with the columns ${shorten(header.join(", "))}`, source);
  await rows(format.reader(sinks, source));
  return format;
}

function readDocument(document: unknown, map: ColumnMap, sinks: Sinks, source: string | null): Format | undefined {
  const format = detectDocument(document, map);
  format?.read(sinks, source);
  return format;
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

async function decode(chunks: AsyncIterable<Uint8Array>, source: string): Promise<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const pieces: string[] = [];
  let length = 0;
  try {
    for await (const chunk of chunks) {
      length += chunk.length;
      if (length > LONGEST_TEXT) {
        throw new InputError(
          `the JSON is longer than ${LONGEST_TEXT >> 20} MiB, more than can be parsed at once. Split it, or write it as CSV.`,
          { file: source },
        );
      }
      pieces.push(decoder.decode(chunk, { stream: true }));
    }
    pieces.push(decoder.decode());
  } catch (error) {
    if (error instanceof TypeError)
      throw new InputError("this is not text in UTF-8. Save the file as UTF-8.", { file: source });
    throw error;
  }
  return pieces.join("");
}

const shorten = (text: string): string => (text.length > 400 ? `${text.slice(0, 400)} …` : text);
