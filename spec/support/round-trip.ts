import type { ColumnTable } from "arquero";
import type { TableFormat } from "../../lib/files/write-table.js";
import { type WrittenFormat, writeCalls } from "../../lib/formats/write.js";
import { buildCallTreePerExample, loadTrace, type Trace } from "../../lib/index.js";
import { kindsOf } from "../../lib/tables/trace.js";

/** Every operation of a trace, of any kind. */
export const everything = (trace: Trace): ColumnTable =>
  buildCallTreePerExample(trace, { kinds: kindsOf(trace), dedupe: false });

/** Calls as a file that is read again. */
export async function throughFile(
  calls: ColumnTable,
  format: WrittenFormat,
  as: TableFormat = "csv",
  origin = 0n,
): Promise<Trace> {
  const pieces = [...(await writeCalls(calls, format, as, origin))];
  return loadTrace(new File(pieces, "calls"));
}

/** What a format can hold of the calls, as plain rows. */
export function rowsOf(calls: ColumnTable, format: WrittenFormat): object[] {
  // NAT's formats have no status but that of a call without an end, and no columns beyond their own
  const lost = format.startsWith("nat") ? ["status", "example"] : [];
  const names = [
    "example_number",
    "example",
    "uuid",
    "parent_uuid",
    "depth",
    "operation_type",
    "operation_name",
  ].concat(["start_time", "end_time", "duration", "prompt_tokens", "completion_tokens", "total_tokens", "status"]);
  const rows = (calls.objects() as Record<string, unknown>[]).map((call) =>
    Object.fromEntries(names.filter((name) => !lost.includes(name)).map((name) => [name, call[name]])),
  );
  if (format !== "otlp" && format !== "chrome") return rows;
  // these write dates: seconds since 1970, which NAT's formats have, come back as seconds since the first start
  const first = Math.min(...rows.map((row) => row.start_time as number));
  const micro = (time: unknown) => Math.round(((time as number) - first) * 1e6);
  return rows.map((row) => ({
    ...row,
    start_time: micro(row.start_time),
    end_time: micro(row.end_time),
    duration: Math.round((row.duration as number) * 1e6),
  }));
}
