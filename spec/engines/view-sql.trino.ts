import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { trinoClient } from "../../lib/engines/trino-client.js";
import { viewSql } from "../../lib/index.js";
import { type Json, observations, otelRows, tempoAsOtlp, writeTempoBlock } from "../support/product-rows.js";
import { expectSameCalls } from "../support/same-calls.js";
import { catalogs, server, warehouse } from "./lab/config.js";
import { onCluster } from "./lab/on-cluster.js";
import { labTables } from "./lab/put-table.js";
import { tableOfRows } from "./lab/table-of-rows.js";

const SCHEMA = "views";
const client = trinoClient({
  server,
  catalog: catalogs.memory,
  schema: SCHEMA,
  credentials: { user: "lab" },
  session: { retry_policy: "NONE" },
});
const run = async (sql: string) => {
  const { columns, rows } = await client.query(sql.replace(/;\s*$/, ""));
  return tableOfRows(columns, rows);
};

/** The columns as ClickHouse's types come through Trino; what JSON has as texts is cast. */
const TYPES: Readonly<Record<"clickhouse" | "langfuse", Readonly<Record<string, string>>>> = {
  clickhouse: {
    Timestamp: "timestamp(9)",
    TraceId: "varchar",
    SpanId: "varchar",
    ParentSpanId: "varchar",
    SpanName: "varchar",
    SpanAttributes: "map(varchar, varchar)",
    Duration: "decimal(20, 0)",
    StatusCode: "varchar",
  },
  langfuse: {
    id: "varchar",
    trace_id: "varchar",
    parent_observation_id: "varchar",
    type: "varchar",
    name: "varchar",
    provided_model_name: "varchar",
    level: "varchar",
    start_time: "timestamp(3)",
    end_time: "timestamp(3)",
    usage_details: "map(varchar, decimal(20, 0))",
    event_ts: "timestamp(3)",
    is_deleted: "smallint",
  },
};

onCluster("a view that is printed for Trino gives the calls that the same rows are as JSON:", () => {
  const tables = labTables(client, "views");
  before(() => client.query(`CREATE SCHEMA IF NOT EXISTS ${SCHEMA}`));
  afterEach(async () => {
    await client.query("DROP VIEW IF EXISTS calls");
    await client.query("DROP TABLE IF EXISTS spans");
    await tables.dropAll();
  });
  after(() => client.query(`DROP SCHEMA IF EXISTS ${SCHEMA}`));

  const put = async (name: "clickhouse" | "langfuse", rows: readonly Json[]) => {
    const columns = Object.entries(TYPES[name]);
    const isTime = (type: string) => type.startsWith("timestamp");
    const read = columns.map(([column, type]) => `"${column}" ${isTime(type) ? "varchar" : type}`);
    const taken = columns.map(([column, type]) =>
      isTime(type) ? `CAST(replace("${column}", 'T', ' ') AS ${type}) AS "${column}"` : `"${column}"`,
    );
    // by their places: names are matched in lower case
    const values = rows.map((row) => columns.map(([column]) => row[column]));
    const json = JSON.stringify(values).replaceAll("'", "''");
    const unnested = `UNNEST(CAST(json_parse('${json}') AS array(row(${read.join(", ")}))))`;
    await client.query(`CREATE TABLE spans AS SELECT ${taken.join(", ")} FROM ${unnested}`);
  };

  it("clickhouse", async () => {
    await put("clickhouse", otelRows);
    await run(viewSql("clickhouse", { dialect: "trino", from: "spans" }));
    await expectSameCalls(run, "trino", otelRows);
  });

  it("langfuse", async () => {
    await put("langfuse", observations);
    await run(viewSql("langfuse", { dialect: "trino", from: "spans" }));
    await expectSameCalls(run, "trino", observations);
  });

  it("tempo", async () => {
    const from = tables.name();
    const name = from.slice(from.lastIndexOf(".") + 1);
    mkdirSync(join(warehouse, name), { recursive: true });
    const connection = await (await DuckDBInstance.create()).connect();
    await writeTempoBlock(connection, join(warehouse, name, "data.parquet"));
    connection.closeSync();
    const list = (type: string) => `array(${type})`;
    const attribute = `row("Key" varchar, "Value" ${list("varchar")}, "ValueInt" ${list("bigint")}, "ValueDouble" ${list("double")}, "ValueBool" ${list("boolean")})`;
    const span = `row("SpanID" varbinary, "ParentSpanID" varbinary, "Name" varchar, "StartTimeUnixNano" bigint, "DurationNano" bigint, "StatusCode" integer, "Attrs" ${list(attribute)})`;
    const scope = `row("Spans" ${list(span)})`;
    await client.query(`CREATE SCHEMA IF NOT EXISTS ${catalogs.files}.lab`);
    await client.query(
      `CREATE TABLE ${from} ("TraceIDText" varchar, rs ${list(`row(ss ${list(scope)})`)}) WITH (format = 'PARQUET', external_location = 'local:///${name}')`,
    );
    await run(viewSql("tempo", { dialect: "trino", from }));
    await expectSameCalls(run, "trino", [tempoAsOtlp]);
  });
});
