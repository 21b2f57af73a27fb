// hyparquet alone: each column of each row group decoded, and one of them looked at.
import { join } from "node:path";
import { asyncBufferFromFile, parquetScan } from "hyparquet";
import { serve, type Work } from "./protocol.js";

interface Read {
  readonly calls: number;
  readonly tokens: number;
}

const COLUMNS = [
  "example",
  "uuid",
  "operation_type",
  "operation_name",
  "start_time",
  "end_time",
  "prompt_tokens",
  "completion_tokens",
  "total_tokens",
  "status",
];

const parquet: Work<string, Read> = {
  load: (folder) => join(folder, "calls.parquet"),
  run: async (path) => {
    const file = await asyncBufferFromFile(path);
    const scan = await parquetScan({ file, columns: COLUMNS, useOffsetIndex: false });
    let calls = 0;
    let tokens = 0;
    for (const range of scan.ranges) {
      const columns = await Promise.all(COLUMNS.map((column) => scan.readColumn({ ...range, column })));
      calls += columns[0].length;
      for (const count of columns[COLUMNS.indexOf("total_tokens")] as Float64Array) tokens += count;
    }
    return { calls, tokens };
  },
  digest: ({ calls, tokens }) => ({ calls, tokens }),
};

await serve({ parquet });
