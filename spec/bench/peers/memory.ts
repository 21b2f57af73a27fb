// Bytes a call that an analysis takes on top of its input and of what it returns: `memory FOLDER`, in a fresh process, one run.
//
// The most that was ever resident, less what was resident with the input loaded, less the columns that the result holds. A column of the
// result that is one of the input is not counted, nor is a buffer twice that several columns share. So what is left is what the kernels
// needed meanwhile and what they hold beyond the columns, with the garbage that the engine had not yet taken away.
import type { ColumnTable } from "arquero";
import { built, callsIn, peakMb, print, residentMb } from "./protocol.js";

const { concurrencySpikeAnalysis } = await built<typeof import("../../../lib/index.js")>("index.js");

const calls = callsIn(process.argv[2]);
const loaded = residentMb() * 1e6;
const result = concurrencySpikeAnalysis(calls);
const peak = peakMb() * 1e6;

const given = buffersOf(calls);
let returned = 0;
for (const buffer of new Set(Object.values(result.tables).flatMap((table: ColumnTable) => [...buffersOf(table)]))) {
  if (!given.has(buffer)) returned += buffer.byteLength;
}
const n = calls.numRows();
print({
  calls: n,
  loaded_mb: loaded / 1e6,
  returned_mb: returned / 1e6,
  peak_mb: peak / 1e6,
  bytes_a_call: (peak - loaded - returned) / n,
});

function buffersOf(table: ColumnTable): Set<ArrayBufferLike> {
  const columns = table.columnNames().map((name: string) => table.column(name) as unknown);
  return new Set(columns.filter((column) => ArrayBuffer.isView(column)).map((column) => column.buffer));
}
