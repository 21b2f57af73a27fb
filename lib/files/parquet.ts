import { decompress } from "fzstd";
import type { Compressors, FileMetaData, SchemaElement } from "hyparquet";
import { InputError } from "../errors.js";
import { isoDate } from "../tables/iso-date.js";
import type { Ranges } from "./bytes.js";
import { ByteTexts } from "./byte-texts.js";
import { ColumnRow, type ColumnRows, damaged, plainValues, visitRows } from "./column-row.js";
import { decompressLz4Block } from "./lz4.js";
import { checkPages } from "./parquet-pages.js";

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

  const isText = columns.map(({ element, children }) => children.length === 0 && isString(element));
  const isPlain = columns.map(({ element, children }) => children.length === 0 && PLAIN.has(element.type));

  const rows: ColumnRows["rows"] = async (visit, timesAs, wanted) => {
    try {
      await checkPages(bytes, metadata);
    } catch (error) {
      throw damaged("Parquet", error, file);
    }
    const row = new ColumnRow(isTime, timesAs === "text");
    const options = { file: bytes, metadata, compressors, geoparquet: false, useOffsetIndex: false };
    const isWanted = header.map((_, i) => wanted === undefined || wanted.has(i));
    row.texts = isText.map((isText, i) => (isText && isWanted[i] ? new ByteTexts() : undefined));
    const scans = await Promise.all(
      header.map((column, i) => {
        const stringFromBytes = (text: Uint8Array) => row.texts[i]?.add(text);
        const parsers = isTime[i] ? nanoseconds : isText[i] ? { stringFromBytes } : dates;
        return parquetScan({ ...options, columns: [column], parsers });
      }),
    );
    for (const range of scans.at(0)?.ranges ?? []) {
      for (const texts of row.texts) texts?.clear();
      const read = async (column: string, i: number): Promise<ArrayLike<unknown>> => {
        if (!isWanted[i]) return [];
        const values = await scans[i].readColumn({ ...range, column });
        const texts = row.texts[i];
        if (texts) {
          texts.setRows(values, range.rowEnd - range.rowStart);
          return [];
        }
        return isTime[i] || isPlain[i] ? values : plainValues(values);
      };
      let values: ArrayLike<unknown>[];
      try {
        values = await Promise.all(header.map(read));
      } catch (error) {
        throw damaged("Parquet", error, file);
      }
      visitRows(row, values, range.rowEnd - range.rowStart, range.rowStart, visit);
    }
  };
  const roughly = Math.min(Number(metadata.num_rows), bytes.byteLength);
  return { header, roughly, nanoseconds: new Set(header.filter((_, i) => isTime[i])), rows };
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

/** Texts at the top, which stay bytes until they are asked for. */
const isString = ({ type, converted_type, logical_type, repetition_type }: SchemaElement): boolean =>
  repetition_type !== "REPEATED" &&
  type === "BYTE_ARRAY" &&
  (converted_type === "UTF8" || (converted_type === undefined && logical_type?.type === "STRING"));

/** Types whose values are as JSON could hold them, whatever they stand for. */
const PLAIN: ReadonlySet<unknown> = new Set(["BOOLEAN", "FLOAT", "DOUBLE"]);

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
