import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import type { ColumnTable } from "arquero";
import { fromDuckDB } from "../../lib/index.js";
import { engines } from "../support/engines.js";
import { conform } from "./conformance.js";

describe("the engines of this machine", () => {
  const folder = mkdtempSync(join(tmpdir(), "spikeline-"));
  after(() => {
    rmSync(folder, { recursive: true });
  });

  let written = 0;
  const segments = () => {
    const into = join(folder, `${++written}.parquet`);
    const read = async (): Promise<ColumnTable> => {
      const connection = await (await DuckDBInstance.create()).connect();
      return fromDuckDB(await connection.runAndReadAll(`SELECT * FROM '${into}' ORDER BY start_time`));
    };
    return { into, read };
  };
  for (const [name, engine] of Object.entries(engines)) conform({ name, engine, put: (calls) => calls, segments });
});
