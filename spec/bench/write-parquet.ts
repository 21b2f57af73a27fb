import { fileWriter, ParquetWriter, schemaFromColumnData } from "hyparquet-writer";
import { operationAt } from "./operations.js";
import type { Traffic } from "./traffic.js";

const ROWS_A_GROUP = 100_000;

/** Writes traffic as a Parquet file of tidy calls, with the types and row groups that spikeline writes: some 45 bytes a row. */
export function writeParquet(path: string, traffic: Traffic): void {
  const n = traffic.start_time.length;
  const schema = schemaFromColumnData({ columnData: columnsOf(traffic, 0, 1) });
  const file = new ParquetWriter({ writer: fileWriter(path), schema });
  for (let from = 0; from < n; from += ROWS_A_GROUP) {
    const columnData = columnsOf(traffic, from, Math.min(n, from + ROWS_A_GROUP)).map(({ name, data }) => ({
      name,
      data,
    }));
    void file.write({ columnData, rowGroupSize: ROWS_A_GROUP });
  }
  void file.finish();
}

function columnsOf({ start_time, end_time, prompt_tokens, total_tokens }: Traffic, from: number, to: number) {
  const operations = Array.from({ length: to - from }, (_, k) => operationAt(from + k));
  const numbers = (name: string, valueAt: (i: number) => number) => ({
    name,
    type: "DOUBLE" as const,
    nullable: true,
    data: operations.map((_, k) => valueAt(from + k)),
  });
  const texts = (name: string, textOf: (operation: (typeof operations)[number]) => string) => ({
    name,
    type: "STRING" as const,
    nullable: true,
    data: operations.map(textOf),
  });
  return [
    texts("example", ({ session }) => `session-${session}`),
    texts("uuid", ({ uuid }) => `c${uuid}`),
    texts("operation_type", ({ kind }) => kind),
    texts("operation_name", ({ name }) => name),
    numbers("start_time", (i) => start_time[i]),
    numbers("end_time", (i) => end_time[i]),
    numbers("prompt_tokens", (i) => prompt_tokens[i]),
    numbers("completion_tokens", (i) => total_tokens[i] - prompt_tokens[i]),
    numbers("total_tokens", (i) => total_tokens[i]),
    texts("status", () => "ok"),
  ];
}
