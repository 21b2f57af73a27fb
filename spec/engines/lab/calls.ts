import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parquetWriteBuffer } from "hyparquet-writer";
import type { TrinoClient } from "../../../lib/engines/trino-client.js";
import { seeded } from "../../support/random.js";
import { catalogs, warehouse } from "./config.js";

export interface LabCalls {
  /** the table of the cluster */
  readonly table: string;
  readonly starts: Float64Array;
  readonly ends: Float64Array;
}

const ORIGIN = 1_760_000_000;
/** Times have this grid: of one binade, so that sums of differences are exact in any order. */
const GRID = 1024;

/** So many calls as Parquet in the warehouse, and as a table of the cluster: 400 a second, of 2 s in the mean. */
export async function putCalls(client: TrinoClient, name: string, n: number): Promise<LabCalls> {
  const random = seeded(n);
  const span = n / 400;
  const onGrid = (seconds: number) => Math.round(GRID * seconds) / GRID;
  const starts = Float64Array.from({ length: n }, () => ORIGIN + onGrid(random() * span));
  const ends = starts.map((start) => start + onGrid(-2 * Math.log(1 - random())));
  const folder = join(warehouse, name);
  mkdirSync(folder, { recursive: true });
  // several files, for several tasks
  for (let part = 0, size = Math.ceil(n / 8); part < 8; part++) {
    const column = (data: Float64Array, column: string) => ({
      name: column,
      type: "DOUBLE" as const,
      data: data.subarray(part * size, (part + 1) * size),
    });
    const bytes = parquetWriteBuffer({ columnData: [column(starts, "start_time"), column(ends, "end_time")] });
    writeFileSync(join(folder, `${part}.parquet`), new Uint8Array(bytes));
  }
  const table = `${catalogs.files}.lab.${name}`;
  await client.query(`CREATE SCHEMA IF NOT EXISTS ${catalogs.files}.lab`);
  await client.query(`DROP TABLE IF EXISTS ${table}`);
  await client.query(
    `CREATE TABLE ${table} (start_time double, end_time double) WITH (format = 'PARQUET', external_location = 'local:///${name}')`,
  );
  return { table, starts, ends };
}

export async function dropCalls(client: TrinoClient, name: string): Promise<void> {
  await client.query(`DROP TABLE IF EXISTS ${catalogs.files}.lab.${name}`);
  rmSync(join(warehouse, name), { recursive: true, force: true });
}
