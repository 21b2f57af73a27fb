// Tidy calls as JSON: a list of objects, or one a line.
import type { ColumnMap } from "./columns.js";
import type { DocumentFormat, DocumentReader } from "./detect.js";
import { isRecord, type JsonObject } from "./json-value.js";
import { ValueRow } from "./row.js";
import type { Sinks } from "./sinks.js";
import { detectTidy, tidyReader } from "./tidy.js";

/** So many objects are looked at for the names of columns, before the first is read. */
const FIRST = 1000;

/** The format of objects with the columns of calls, with the help of a mapping. */
export function tidyDocuments(map: ColumnMap): DocumentFormat {
  return {
    name: "tidy",
    title: "tables of calls",
    yields: "spans",
    detect: (document) =>
      isRecord(document) && Object.keys(document).length > 0 && detectTidy(Object.keys(document), map),
    reader: (sinks, source) => rowReader(map, sinks, source),
  };
}

function rowReader(map: ColumnMap, sinks: Sinks, source: string | null): DocumentReader {
  const header = new Set<string>();
  let names: readonly string[] = [];
  let waiting: [row: JsonObject, number: number][] | undefined = [];
  let readRow: ReturnType<typeof tidyReader> | undefined;

  const read = (row: JsonObject, number: number) => {
    if (!readRow) {
      names = [...header];
      readRow = tidyReader(names, map, sinks.spans, source);
    }
    readRow(new ValueRow(names.map((name) => (Object.hasOwn(row, name) ? row[name] : undefined))), number);
  };
  const readWaiting = () => {
    const rows = waiting ?? [];
    waiting = undefined;
    for (const [row, number] of rows) read(row, number);
  };

  return {
    read: (row, number) => {
      if (!isRecord(row)) {
        sinks.spans.findings.add("malformed", source, number, JSON.stringify(row));
        return;
      }
      const before = header.size;
      for (const name of Object.keys(row)) header.add(name);
      if (waiting) {
        waiting.push([row, number]);
        if (waiting.length === FIRST) readWaiting();
        return;
      }
      if (header.size > before) readRow = undefined; // a column that no row had before
      read(row, number);
    },
    done: readWaiting,
  };
}
