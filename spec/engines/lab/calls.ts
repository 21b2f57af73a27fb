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
  readonly origin: number;
  /** seconds from the first start to the last end, at most */
  readonly span: number;
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
    const bytes = parquetWriteBuffer({ columnData: [column(starts, "start"), column(ends, "end")] });
    writeFileSync(join(folder, `${part}.parquet`), new Uint8Array(bytes));
  }
  const table = `${catalogs.files}.lab.${name}`;
  await client.query(`CREATE SCHEMA IF NOT EXISTS ${catalogs.files}.lab`);
  await client.query(`DROP TABLE IF EXISTS ${table}`);
  await client.query(
    `CREATE TABLE ${table} ("start" double, "end" double) WITH (format = 'PARQUET', external_location = 'local:///${name}')`,
  );
  return { table, starts, ends, origin: ORIGIN, span: span + 60 };
}

export async function dropCalls(client: TrinoClient, name: string): Promise<void> {
  await client.query(`DROP TABLE IF EXISTS ${catalogs.files}.lab.${name}`);
  rmSync(join(warehouse, name), { recursive: true, force: true });
}

/** The seconds at each level of concurrency, swept in buckets of time, so that no node has to sort all. */
export function levelsOf({ table, origin, span }: LabCalls, buckets = 1024): string {
  const bucket = (time: string) =>
    `CAST(floor((${time} - DOUBLE '${origin}') / DOUBLE '${span / buckets}') AS BIGINT) AS bucket, ${time} AS t`;
  return `
    WITH change AS (
      SELECT ${bucket('"start"')}, CAST(1 AS BIGINT) AS step FROM ${table}
      UNION ALL
      SELECT ${bucket('"end"')}, CAST(-1 AS BIGINT) AS step FROM ${table}
    ),
    net AS (SELECT bucket, CAST(sum(step) AS BIGINT) AS net, min(t) AS first FROM change GROUP BY bucket),
    -- what is in flight where a bucket begins, and when the next one does
    carry AS (
      SELECT bucket, lead(first) OVER (ORDER BY bucket) AS next,
        CAST(coalesce(sum(net) OVER (ORDER BY bucket ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS BIGINT) AS carry
      FROM net
    ),
    instant AS (SELECT bucket, t, CAST(sum(step) AS BIGINT) AS step FROM change GROUP BY bucket, t),
    swept AS (
      SELECT bucket, t, lead(t) OVER (PARTITION BY bucket ORDER BY t) AS until,
        CAST(sum(step) OVER (PARTITION BY bucket ORDER BY t ROWS UNBOUNDED PRECEDING) AS BIGINT) AS level
      FROM instant
    ),
    level AS (
      SELECT bucket, level, sum(until - t) AS seconds, max(CASE WHEN until IS NULL THEN t END) AS last
      FROM swept GROUP BY bucket, level
    )
    SELECT carry + level, sum(coalesce(seconds, 0) + coalesce(next - last, 0))
    FROM level JOIN carry ON level.bucket = carry.bucket
    WHERE seconds IS NOT NULL OR next IS NOT NULL
    GROUP BY carry + level ORDER BY 1`;
}
