import { existsSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";

/**
 * Writes calls as Parquet, the same each time: a thousand a second on an even course, but half of all in one burst that takes a tenth of the time; of one
 * second in the mean, exponential.
 *
 * @returns the path of the file
 */
export async function writeCalls(folder: string, calls: number): Promise<string> {
  const path = join(folder, `${calls}.parquet`);
  if (existsSync(path)) return path;
  const span = calls / 1000;
  const instance = await DuckDBInstance.create(":memory:", { threads: "1", preserve_insertion_order: "false" });
  const connection = await instance.connect();
  // random numbers of a hash, since those of a seed hang on how the work is cut up
  const uniform = (salt: number) => `((hash(i * 8 + ${salt}) >> 11)::DOUBLE / 9007199254740992)`;
  const start = `CASE WHEN i % 2 = 0 THEN ${span} * ${uniform(1)} ELSE ${0.45 * span} + ${0.1 * span} * ${uniform(2)} END`;
  await connection.run(`COPY (
    SELECT 1.76e9 + ${start} AS start_time, 1.76e9 + ${start} - ln(1 - ${uniform(3)}) AS end_time,
      CASE WHEN i % 5 = 0 THEN 'TOOL' ELSE 'LLM' END AS operation_type, concat('team', i % 7) AS team, concat('s', i // 50) AS example,
      (4000 * ${uniform(4)})::DOUBLE AS prompt_tokens, (4800 * ${uniform(4)})::DOUBLE AS total_tokens
    FROM range(${calls}) AS t (i)
  ) TO '${path}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
  return path;
}
