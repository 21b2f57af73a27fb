import { InputError } from "../errors.js";
import type { ColumnMap } from "./columns.js";
import { detectNatCsv, natCsvReader } from "./nat-csv.js";
import { detectNatJson, readNatJson } from "./nat-json.js";
import type { EventSink } from "./event-sink.js";
import { type Row, ValueRow } from "./row.js";
import type { SpanSink } from "./span-sink.js";
import { detectTidy, tidyReader } from "./tidy.js";

export interface Sinks {
  readonly events: EventSink;
  readonly spans: SpanSink;
}

/** Reads one row; rows count from 1. */
export type RowReader = (row: Row, number: number) => void;

/** What a file turned out to be. */
export interface Format {
  readonly name: string;
  readonly yields: keyof Sinks;
}

/** A format that is a table of rows, in CSV or as a JSON list of objects. */
export interface RowFormat extends Format {
  reader(sinks: Sinks, source: string | null): RowReader;
}

/** A format that is one JSON document, at hand. */
export interface DocumentFormat extends Format {
  read(sinks: Sinks, source: string | null): void;
}

/** The format of rows with these columns, by their names; undefined where no format has them. */
export function detectRows(header: readonly string[], map: ColumnMap): RowFormat | undefined {
  if (map.size === 0 && detectNatCsv(header)) {
    return { name: "nat-csv", yields: "events", reader: (sinks, source) => natCsvReader(header, sinks.events, source) };
  }
  if (detectTidy(header, map)) {
    return { name: "tidy", yields: "spans", reader: (sinks, source) => tidyReader(header, map, sinks.spans, source) };
  }
  return undefined;
}

/** The format of a JSON document, by what is in it; undefined where it is none that is known. */
export function detectDocument(document: unknown, map: ColumnMap): DocumentFormat | undefined {
  if (detectNatJson(document)) {
    return {
      name: "nat-json",
      yields: "events",
      read: (sinks, source) => {
        readNatJson(document, sinks.events, source);
      },
    };
  }
  if (!Array.isArray(document) || !document.some(isRecord)) return undefined;
  const names = new Set<string>();
  for (const row of document as unknown[]) if (isRecord(row)) for (const name of Object.keys(row)) names.add(name);
  const header = [...names];
  const rows = detectRows(header, map);
  if (!rows) return undefined;
  return {
    ...rows,
    read: (sinks, source) => {
      const read = rows.reader(sinks, source);
      document.forEach((row: unknown, i) => {
        const cells = isRecord(row)
          ? header.map((name) => (Object.hasOwn(row, name) ? row[name] : undefined))
          : undefined;
        if (cells) read(new ValueRow(cells), i + 1);
        else sinks[rows.yields].findings.add("malformed", source, i + 1, JSON.stringify(row));
      });
    },
  };
}

/** Says what was expected where no format fits. */
export function unknownFormat(what: string, file: string | undefined): InputError {
  return new InputError(
    `${what} is no trace that is known. Read are NAT's all_requests_profiler_traces.json (a list of {request_number, intermediate_steps}), ` +
      `NAT's standardized_data_all.csv (event_type, event_timestamp, example_number, UUID) and tables of calls (start_time, and end_time or duration); ` +
      `--columns start_time=NAME:UNIT,duration=NAME:UNIT maps other names.`,
    { file },
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
