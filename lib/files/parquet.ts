import { decompress } from "fzstd";
import type { Compressors, FileMetaData, SchemaElement } from "hyparquet";
import { InputError } from "../errors.js";
import { isoDate } from "../tables/iso-date.js";
import type { Ranges } from "./bytes.js";
import { ColumnRow, type ColumnRows, damaged, plainValues, visitRows } from "./column-row.js";
import { decompressLz4Block } from "./lz4.js";

/** Whether a file is Parquet, by its first bytes. */
export const isParquet = (head: Uint8Array): boolean => String.fromCharCode(...head.subarray(0, 4)) === "PAR1";

/**
 * Reads Parquet, row group by row group, each column by column. Timestamps keep every digit. Memory is that of a row group.
 *
 * @param bytes the file
 * @param file its name, for messages
 * @throws InputError if it is damaged, packed by a method that needs a further package, or if `hyparquet` is not installed
 */
export async function readParquet(bytes: Ranges, file: string | undefined): Promise<ColumnRows> {
  const { parquetMetadataAsync, parquetScan, parquetSchema } = await hyparquet(file);
  let metadata: FileMetaData;
  try {
    metadata = await parquetMetadataAsync(bytes, { geoparquet: false });
  } catch (error) {
    throw damaged("Parquet", error, file);
  }
  const columns = parquetSchema(metadata).children;
  const header = columns.map(({ element }) => element.name);
  const isTime = columns.map(({ element, children }) => children.length === 0 && isTimestamp(element));
  const compressors = await compressorsFor(metadata, file);

  async function rows(visit: (row: ColumnRow, number: number) => void, timesAs: "nanoseconds" | "text"): Promise<void> {
    const row = new ColumnRow(isTime, timesAs === "text");
    const options = { file: bytes, metadata, compressors, geoparquet: false, useOffsetIndex: false };
    const [exact, plain] = await Promise.all([
      parquetScan({ ...options, parsers: nanoseconds }),
      parquetScan({ ...options, parsers: dates }),
    ]);
    for (const range of plain.ranges) {
      const length = range.rowEnd - range.rowStart;
      let values: ArrayLike<unknown>[];
      try {
        values = await Promise.all(
          header.map(async (column, i) =>
            isTime[i]
              ? await exact.readColumn({ ...range, column })
              : plainValues(await plain.readColumn({ ...range, column })),
          ),
        );
      } catch (error) {
        throw damaged("Parquet", error, file);
      }
      visitRows(row, values, length, range.rowStart, visit);
    }
  }
  return { header, nanoseconds: new Set(header.filter((_, i) => isTime[i])), rows };
}

async function hyparquet(file: string | undefined): Promise<typeof import("hyparquet")> {
  try {
    return await import("hyparquet");
  } catch {
    throw new InputError("reading Parquet needs the package hyparquet: npm install hyparquet.", { file });
  }
}

const isTimestamp = ({ type, converted_type, logical_type, repetition_type }: SchemaElement): boolean =>
  repetition_type !== "REPEATED" &&
  (type === "INT96" ||
    logical_type?.type === "TIMESTAMP" ||
    ["TIMESTAMP_MILLIS", "TIMESTAMP_MICROS", "DATE"].includes(converted_type ?? ""));

/** What becomes of times: nanoseconds since 1970. */
const nanoseconds = {
  timestampFromMilliseconds: (time: bigint) => time * 1_000_000n,
  timestampFromMicroseconds: (time: bigint) => time * 1000n,
  timestampFromNanoseconds: (time: bigint) => time,
  dateFromDays: (days: number) => BigInt(days) * 86_400_000_000_000n,
};
/** Times within lists and objects become texts. */
const dates = {
  timestampFromMilliseconds: (time: bigint) => isoDate(time * 1_000_000n),
  timestampFromMicroseconds: (time: bigint) => isoDate(time * 1000n),
  timestampFromNanoseconds: isoDate,
  dateFromDays: (days: number) => isoDate(nanoseconds.dateFromDays(days)),
};

/** Snappy comes with hyparquet; gzip and Brotli, which few files use, with a package of their own. */
async function compressorsFor(metadata: FileMetaData, file: string | undefined): Promise<Compressors> {
  const own: Compressors = { ZSTD: decompressZstd, LZ4_RAW: lz4 };
  const used = new Set(metadata.row_groups.flatMap(({ columns }) => columns.map((column) => column.meta_data?.codec)));
  const others = [...used].filter((codec) => codec && !["UNCOMPRESSED", "SNAPPY", "ZSTD", "LZ4_RAW"].includes(codec));
  if (others.length === 0) return own;
  try {
    return { ...(await import("hyparquet-compressors")).compressors, ...own };
  } catch {
    throw new InputError(
      `its pages are packed with ${others.join(", ")}, which needs the package hyparquet-compressors: npm install hyparquet-compressors.`,
      { file },
    );
  }
}

const decompressZstd = (input: Uint8Array, length: number): Uint8Array => decompress(input, new Uint8Array(length));
function lz4(input: Uint8Array, length: number): Uint8Array {
  const output = new Uint8Array(length);
  decompressLz4Block(input, output, 0);
  return output;
}
