import {
  type Batch,
  CompressionType,
  type DataType,
  type ExtractionOptions,
  getCompressionCodec,
  setCompressionCodec,
  type Table,
  tableFromIPC,
  Type,
} from "@uwdata/flechette";
import { decompress } from "fzstd";
import { ColumnRow, type ColumnRows, damaged, plainValues, visitRows } from "./column-row.js";
import { decompressLz4Frame } from "./lz4.js";

/** Whether a file is Arrow IPC (also known as Feather, version 2), as a file or as a stream, by its first bytes. */
export const isArrow = (head: Uint8Array): boolean =>
  String.fromCharCode(...head.subarray(0, 6)) === "ARROW1" ||
  (head.length >= 4 && head.subarray(0, 4).every((byte) => byte === 0xff));

const DAY = 86_400_000;
/** Nanoseconds per second, millisecond, microsecond and nanosecond, as Arrow numbers its units. */
const NANOSECONDS = [1_000_000_000n, 1_000_000n, 1000n, 1n];

/**
 * Reads Arrow IPC, batch by batch. Timestamps and durations keep every digit. The file is held in memory.
 *
 * @param bytes the file
 * @param file its name, for messages
 * @throws InputError if it is damaged
 */
export function readArrow(bytes: Uint8Array, file: string | undefined): ColumnRows {
  const table = decodeArrow(bytes, file, { useBigInt: true, useBigIntTimestamp: true });
  const header = table.names.map(String);
  const columns = header.map((_, i) => table.getChildAt(i));
  const types = columns.map(({ type }) => type);
  const isTime = types.map(({ typeId }) => typeId === Type.Timestamp || typeId === Type.Date);

  async function rows(visit: (row: ColumnRow, number: number) => void, timesAs: "nanoseconds" | "text"): Promise<void> {
    const row = new ColumnRow(isTime, timesAs === "text");
    let before = 0;
    for (let batch = 0; batch < (columns.at(0)?.data.length ?? 0); batch++) {
      const { length } = columns[0].data[batch];
      let values: ArrayLike<unknown>[];
      try {
        values = columns.map((column, i) => valuesOf(column.data[batch] as Batch<unknown>, types[i]));
      } catch (error) {
        throw damaged("Arrow", error, file);
      }
      visitRows(row, values, length, before, visit);
      before += length;
      await Promise.resolve();
    }
  }
  const exact = header.filter((_, i) => isTime[i] || types[i].typeId === Type.Duration);
  const roughly = Math.min(table.numRows, bytes.length);
  return { header, roughly, nanoseconds: new Set(exact), rows };
}

/**
 * Decodes Arrow IPC, a file or a stream, also one that is packed.
 *
 * @throws InputError if it is damaged
 */
export function decodeArrow(bytes: Uint8Array, file: string | undefined, options: ExtractionOptions): Table {
  addCodec(CompressionType.ZSTD, (packed, length) => decompress(packed, new Uint8Array(length)));
  addCodec(CompressionType.LZ4_FRAME, decompressLz4Frame);
  try {
    return tableFromIPC(bytes, options);
  } catch (error) {
    throw damaged("Arrow", error, file);
  }
}

/** The values of a batch; times and lengths of time as nanoseconds. */
function valuesOf(batch: Batch<unknown>, type: DataType): ArrayLike<unknown> {
  const values = batch.slice(0, batch.length) as ArrayLike<unknown>;
  if (type.typeId === Type.Date)
    return Array.from(values, (time) =>
      time === null ? null : BigInt(Math.floor(Number(time) / DAY) * DAY) * 1_000_000n,
    );
  if (type.typeId !== Type.Timestamp && type.typeId !== Type.Duration) return plainValues(values);
  const factor = NANOSECONDS[(type as { unit: number }).unit];
  if (factor === 1n) return values;
  return Array.from(values, (time) => (typeof time === "bigint" ? time * factor : null));
}

/** Flechette keeps its codecs for all who use it: one that is there stays. */
function addCodec(
  type: (typeof CompressionType)["ZSTD" | "LZ4_FRAME"],
  decode: (packed: Uint8Array, length: number) => Uint8Array,
) {
  if (getCompressionCodec(type)) return;
  const encode = () => {
    throw new Error("spikeline brings what unpacks Arrow only");
  };
  setCompressionCodec(type, { decode, encode });
}
