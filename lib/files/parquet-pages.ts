import type { FileMetaData, PageHeader } from "hyparquet";
import type { Ranges } from "./bytes.js";

/** The pages of a column in a row group. */
interface Chunk {
  readonly from: number;
  readonly to: number;
  /** how many values there are */
  readonly values: number;
}

/**
 * The bytes of a Parquet file, with every page looked at before it is handed out: the decoder believes a page, and for one that is damaged
 * makes room for, and fills in, up to two thousand million values that are not there. O(bytes).
 *
 * @returns ranges that throw a RangeError for a page that says to hold more values than its column, and for what lies outside the file
 */
export async function checkedPages(bytes: Ranges, { row_groups }: FileMetaData): Promise<Ranges> {
  const { parquetHeader } = await import("hyparquet/src/column.js");
  const chunks = row_groups
    .flatMap(({ columns }) => columns.flatMap(({ meta_data }) => (meta_data ? [meta_data] : [])))
    .map(({ dictionary_page_offset, data_page_offset, total_compressed_size, num_values }): Chunk => {
      // 0 stands for no dictionary, too: there the file says what it is
      const from = Number(dictionary_page_offset || data_page_offset);
      return { from, to: from + Number(total_compressed_size), values: Number(num_values) };
    })
    .sort((a, b) => a.from - b.from);

  const check = (buffer: ArrayBuffer, { from, to, values }: Chunk, begin: number) => {
    const reader = { view: new DataView(buffer, from - begin, to - from), offset: 0 };
    while (reader.offset < reader.view.byteLength - 1) {
      const header = parquetHeader(reader);
      if (!(valuesIn(header) <= values)) throw new RangeError("a page holds more values than its column");
      if (!(header.compressed_page_size >= 0)) throw new RangeError("a page is less than empty");
      reader.offset += header.compressed_page_size;
    }
  };
  return {
    byteLength: bytes.byteLength,
    async slice(start, end = bytes.byteLength) {
      if (!(0 <= start && start <= end && end <= bytes.byteLength))
        throw new RangeError("a column lies outside the file");
      const buffer = await bytes.slice(start, end);
      for (let k = firstFrom(chunks, start); k < chunks.length && chunks[k].from < end; k++)
        if (chunks[k].to <= end) check(buffer, chunks[k], start);
      return buffer;
    },
  };
}

/** Of chunks in their order the first one that begins at a place or behind it. O(log chunks). */
function firstFrom(chunks: readonly Chunk[], start: number): number {
  let low = 0;
  let high = chunks.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (chunks[middle].from < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

const valuesIn = ({ data_page_header, data_page_header_v2, dictionary_page_header }: PageHeader): number =>
  (data_page_header ?? data_page_header_v2 ?? dictionary_page_header)?.num_values ?? 0;
