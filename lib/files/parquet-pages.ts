import type { FileMetaData, PageHeader } from "hyparquet";
import type { Ranges } from "./bytes.js";

/**
 * Checks that no page says to hold more values than its column: the decoder believes a page, and for one that is damaged makes room for, and
 * fills in, up to two thousand million values that are not there. O(bytes).
 *
 * @throws RangeError for a page that does, and for a column that lies outside the file
 */
export async function checkPages(bytes: Ranges, { row_groups, num_rows }: FileMetaData): Promise<void> {
  const { parquetHeader } = await import("hyparquet/src/column.js");
  if (row_groups.reduce((sum, group) => sum + group.num_rows, 0n) !== num_rows)
    throw new RangeError("its row groups hold other rows than it says");
  for (const { columns } of row_groups) {
    for (const { meta_data } of columns) {
      if (meta_data === undefined) continue;
      const { dictionary_page_offset, data_page_offset, total_compressed_size } = meta_data;
      const from = Number(dictionary_page_offset ?? data_page_offset);
      const to = from + Number(total_compressed_size);
      if (!(0 <= from && from <= to && to <= bytes.byteLength)) throw new RangeError("a column lies outside the file");
      const buffer = await bytes.slice(from, to);
      const most = Number(meta_data.num_values);
      const reader = { view: new DataView(buffer), offset: 0 };
      while (reader.offset < buffer.byteLength - 1) {
        const header = parquetHeader(reader);
        if (!(valuesIn(header) <= most)) throw new RangeError("a page holds more values than its column");
        if (!(header.compressed_page_size >= 0)) throw new RangeError("a page is less than empty");
        reader.offset += header.compressed_page_size;
      }
    }
  }
}

const valuesIn = ({ data_page_header, data_page_header_v2, dictionary_page_header }: PageHeader): number =>
  (data_page_header ?? data_page_header_v2 ?? dictionary_page_header)?.num_values ?? 0;
