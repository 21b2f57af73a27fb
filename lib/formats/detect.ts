import { InputError } from "../errors.js";
import { chrome } from "./chrome.js";
import { clickhouse } from "./clickhouse.js";
import type { ColumnMap } from "./columns.js";
import { detectNatCsv, natCsvReader } from "./nat-csv.js";
import { isRecord } from "./json-value.js";
import { jaeger } from "./jaeger.js";
import { langfuse } from "./langfuse.js";
import { langsmith } from "./langsmith.js";
import { natJson } from "./nat-json.js";
import { otelObjects } from "./otel-objects.js";
import { otlp } from "./otlp.js";
import { phoenix } from "./phoenix.js";
import { emptyRecord, recordRows } from "./record-rows.js";
import type { Row } from "./row.js";
import type { Sinks } from "./sinks.js";
import { detectTidy, tidyColumns, tidyReader } from "./tidy.js";
import { tidyDocuments } from "./tidy-documents.js";
import { zipkin } from "./zipkin.js";

/** Reads one row; rows count from 1. */
export type RowReader = (row: Row, number: number) => void;

/** What a file turned out to be. */
export interface Format {
  readonly name: string;
  readonly yields: "events" | "spans";
}

/** A format that is a table of rows. */
export interface RowFormat extends Format {
  reader(
    sinks: Sinks,
    source: string | null,
  ): {
    readonly read: RowReader;
    readonly done?: () => void;
    /** the columns that are looked at; all where it is missing */
    readonly columns?: ReadonlySet<number>;
  };
}

/** Reads the documents of one file, one after the other. */
export interface DocumentReader {
  read(document: unknown, number: number): void;
  /** when all have been read */
  done?(): void;
}

/** A format of JSON documents: one or several in a file, or the entries of a list. */
export interface DocumentFormat extends Format {
  /** what people call it */
  readonly title: string;
  /** Whether a document is of this format. */
  detect(document: unknown): boolean;
  reader(sinks: Sinks, source: string | null): DocumentReader;
  /** What a document of another signal is, which may stand among those of spans; undefined for any other document. */
  signalOf?(document: unknown): string | undefined;
  /** whether a list may lack its end */
  readonly mayBreakOff?: boolean;
  /** The lists in a long document whose entries can be read apart, each with what stands round the list: the keys to them, with dots between. */
  readonly apart?: RegExp;
}

/** All formats of documents; the first that detects one has it. */
const documentFormats: readonly DocumentFormat[] = [
  otlp,
  jaeger,
  zipkin,
  chrome,
  natJson,
  langfuse,
  langsmith,
  phoenix,
  otelObjects,
  clickhouse,
];

/** The format of rows with these columns, by their names; undefined where no format has them. */
export function detectRows(header: readonly string[], map: ColumnMap): RowFormat | undefined {
  if (map.size === 0 && detectNatCsv(header)) {
    const reader: RowFormat["reader"] = (sinks, source) => ({ read: natCsvReader(header, sinks.events, source) });
    return { name: "nat-csv", yields: "events", reader };
  }
  const columns = emptyRecord(header);
  const known = map.size === 0 ? documentFormats.find((format) => format.detect(columns)) : undefined;
  if (known) return recordRows(known, header);
  if (detectTidy(header, map)) {
    const reader: RowFormat["reader"] = (sinks, source) => ({
      read: tidyReader(header, map, sinks.spans, source),
      columns: tidyColumns(header, map),
    });
    return { name: "tidy", yields: "spans", reader };
  }
  return undefined;
}

/** The format of a JSON document, by what is in it; undefined where it is none that is known. */
export function detectDocument(document: unknown, map: ColumnMap): DocumentFormat | undefined {
  const known = map.size === 0 ? documentFormats.find((format) => format.detect(document)) : undefined;
  if (known) return known;
  const rows = tidyDocuments(map);
  if (rows.detect(document)) return rows;
  const entries = entriesOf(document);
  if (!entries) return undefined;
  for (const entry of entries.slice(0, FIRST_ENTRIES)) {
    const format = detectDocument(entry, map);
    if (format) return unwrapping(format);
  }
  return undefined;
}

/** What a document is that surely holds no spans, but logs or metrics; undefined for any other. */
export function signalOf(document: unknown): string | undefined {
  for (const format of documentFormats) {
    const signal = format.signalOf?.(document);
    if (signal !== undefined) return signal;
  }
  return undefined;
}

/** So many entries of a page are looked at to find out its format. */
const FIRST_ENTRIES = 100;

/** Where the pages of interfaces hold their rows. */
const WRAPPERS = ["data", "traces", "runs", "events", "spans", "observations", "items"];

/**
 * Whether the entries of a list in a long document can be read apart, whatever the format is.
 *
 * @param path the keys to the list, with dots between; nothing for a document that is a list
 */
export const isApart = (path: string): boolean =>
  // not `events`, which single spans hold too
  (path !== "events" && WRAPPERS.includes(path)) || documentFormats.some(({ apart }) => apart?.test(path));

/** The rows that a page holds; undefined where it is none. */
function entriesOf(document: unknown): readonly unknown[] | undefined {
  if (!isRecord(document)) return undefined;
  const wrapper = WRAPPERS.find((name) => Object.hasOwn(document, name) && Array.isArray(document[name]));
  return wrapper === undefined ? undefined : (document[wrapper] as unknown[]);
}

/** The same format, of pages that hold its documents. */
function unwrapping(format: DocumentFormat): DocumentFormat {
  return {
    ...format,
    reader: (sinks, source) => {
      const reader = format.reader(sinks, source);
      let number = 0;
      return {
        read: (page) => {
          for (const entry of entriesOf(page) ?? [page]) reader.read(entry, ++number);
        },
        done: () => reader.done?.(),
      };
    },
  };
}

/** Says what was expected where no format fits. */
export function unknownFormat(what: string, file: string | undefined): InputError {
  const titles = documentFormats.map(({ title }) => title).join(", ");
  return new InputError(
    `${what} is no trace that is known. Read are ${titles}, NAT's CSV, and tables of calls with start_time and end_time or duration; ` +
      `for other names of columns: --columns start_time=NAME:UNIT,duration=NAME:UNIT.`,
    { file },
  );
}
