import type { ColumnTable } from "arquero";
import { type TableFormat, tableContent } from "../files/write-table.js";

/** The formats that calls can be written in. A tidy table is written as any of the kinds of table. */
export type WrittenFormat = "tidy" | "nat-json" | "nat-csv" | "otlp" | "chrome";

/**
 * Calls as the content of a file, in pieces. The code of a format is loaded when it is asked for.
 *
 * @param calls a `calls` table
 * @param format NAT's formats cannot hold a status
 * @param as the kind of table, of a tidy one
 * @param origin what time 0 is, in nanoseconds since 1970; formats that write dates add it
 */
export async function writeCalls(
  calls: ColumnTable,
  format: WrittenFormat,
  as: TableFormat,
  origin: bigint,
): Promise<Iterable<string | Uint8Array>> {
  if (format === "tidy") return tableContent(calls, as);
  if (format === "nat-json") return (await import("./nat-json.js")).writeNatJson([calls]);
  if (format === "nat-csv") return (await import("./nat-csv.js")).writeNatCsv([calls]);
  if (format === "otlp") return (await import("./write-otlp.js")).writeOtlp([calls], origin);
  return (await import("./write-chrome.js")).writeChrome([calls]);
}
