import { duckdb, duckdbSpeaking } from "../../lib/engines/duckdb.js";
import type { Engine } from "../../lib/engines/engine.js";
import { duckdbDialect } from "../../lib/engines/sql/duckdb-dialect.js";

/** The engines that this machine has without a server: DuckDB with plain windows, and with those that many machines share. */
export const engines: Readonly<Record<string, () => Engine>> = {
  duckdb: () => duckdb(),
  "duckdb in buckets": () => duckdbSpeaking({ ...duckdbDialect, spreads: true }),
};
