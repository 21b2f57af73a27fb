import type { DocumentFormat, RowFormat } from "./detect.js";
import type { Row } from "./row.js";

/**
 * A format of documents, of which each row of a table is one: an object with the columns as its keys. An empty cell is null.
 *
 * @param header the names of the columns
 */
export function recordRows(format: DocumentFormat, header: readonly string[]): RowFormat {
  return {
    name: format.name,
    yields: format.yields,
    reader: (sinks, source) => {
      const reader = format.reader(sinks, source);
      return {
        read: (row, number) => {
          reader.read(recordOf(header, row), number);
        },
        done: () => reader.done?.(),
      };
    },
  };
}

/** What a format can know a table by: an object with the columns as its keys, and empty texts in them. */
export const emptyRecord = (header: readonly string[]): object => record(header, () => "");

const recordOf = (header: readonly string[], row: Row): object =>
  record(header, (column) => {
    const cell = row.cell(column);
    return cell === "" ? null : (cell ?? null);
  });

function record(header: readonly string[], cell: (column: number) => unknown): object {
  const record = Object.create(null) as Record<string, unknown>; // so that a column may have any name
  header.forEach((name, column) => (record[name] = cell(column)));
  return record;
}
