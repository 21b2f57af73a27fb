import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import type { ColumnTable } from "arquero";
import { expect } from "chai";
import { fromDuckDB, loadTrace, type SpanTrace, viewSql } from "../../lib/index.js";
import { columnsOf } from "../support/columns-of.js";
import { temporaryFolder } from "../support/folder.js";
import { type Json, observations, otelRows, tempoAsOtlp, writeTempoBlock } from "../support/product-rows.js";
import { expectSameCalls } from "../support/same-calls.js";

const TYPES: Readonly<Record<"clickhouse" | "langfuse", string>> = {
  clickhouse:
    "{Timestamp: 'TIMESTAMP_NS', TraceId: 'VARCHAR', SpanId: 'VARCHAR', ParentSpanId: 'VARCHAR', SpanName: 'VARCHAR', SpanAttributes: 'MAP(VARCHAR, VARCHAR)', Duration: 'UBIGINT', StatusCode: 'VARCHAR'}",
  langfuse:
    "{id: 'VARCHAR', trace_id: 'VARCHAR', parent_observation_id: 'VARCHAR', type: 'VARCHAR', name: 'VARCHAR', provided_model_name: 'VARCHAR', level: 'VARCHAR', start_time: 'TIMESTAMP_MS', end_time: 'TIMESTAMP_MS', usage_details: 'MAP(VARCHAR, UBIGINT)', event_ts: 'TIMESTAMP_MS', is_deleted: 'UTINYINT'}",
};

describe("viewSql(name, options)", () => {
  const folder = temporaryFolder();
  let connection: DuckDBConnection;
  beforeEach(async () => {
    connection = await (await DuckDBInstance.create()).connect();
  });
  afterEach(() => {
    connection.closeSync();
  });
  const run = async (sql: string): Promise<ColumnTable> => fromDuckDB(await connection.runAndReadAll(sql));

  /** a table of rows as they are in a product's JSON */
  const put = async (name: "clickhouse" | "langfuse", rows: readonly Json[]): Promise<void> => {
    const path = folder.put(`${name}.ndjson`, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
    await connection.run(`CREATE TABLE "my spans" AS SELECT * FROM read_json('${path}', columns = ${TYPES[name]})`);
  };

  const compare = (rows: readonly Json[]) => expectSameCalls(run, "duckdb", rows);

  it("clickhouse: gives the calls that the same rows are as JSON", async () => {
    await put("clickhouse", otelRows);
    await connection.run(viewSql("clickhouse", { dialect: "duckdb", from: "my spans" }));
    const calls = await compare(otelRows);
    const found = new Set(columnsOf(calls).operation_type);
    expect([...found]).to.include.members(["LLM", "TOOL", "INVOKE_AGENT", "CHAIN", "AI.GENERATETEXT", "SPAN"]);
    expect(viewSql("otel", { dialect: "duckdb" })).to.equal(viewSql("clickhouse", { dialect: "duckdb" }));
  });

  it("clickhouse: counts a tool of Claude Code while it executes, without the wait before", async () => {
    const spans = ["claude_code.tool", "claude_code.tool.execution"];
    const rows = spans.map((SpanName, i) => ({
      ...otelRows[0],
      SpanName,
      SpanId: SpanName,
      ParentSpanId: i === 0 ? "" : spans[0],
      SpanAttributes: { "gen_ai.operation.name": "execute_tool", tool_name: "Bash" },
    }));
    await put("clickhouse", rows);
    await connection.run(viewSql("clickhouse", { dialect: "duckdb", from: "my spans" }));
    const calls = await run("SELECT uuid, operation_type, operation_name FROM calls ORDER BY uuid");
    expect(columnsOf(calls)).to.deep.include({ uuid: spans, operation_type: ["CLAUDE_CODE.TOOL", "TOOL"] });
    const read = ((await loadTrace(rows)) as SpanTrace).spans;
    expect(columnsOf(read).operation_type).to.deep.equal(columnsOf(calls).operation_type);
  });

  it("langfuse: gives the newest version of each observation that is not deleted", async () => {
    await put("langfuse", observations);
    await connection.run(viewSql("langfuse", { dialect: "duckdb", from: "my spans" }));
    const calls = await compare(observations);
    // 20 of 250 have a deleted version, which for 6 of them is not the newest
    expect(calls.numRows()).to.equal(236);
    expect(new Set(columnsOf(calls).status)).to.have.keys("ok", "error", "unfinished");
  });

  it("tempo: gives the calls that the same spans are as OTLP", async () => {
    const path = `${folder.path}/data.parquet`;
    await writeTempoBlock(connection, path);
    await connection.run(viewSql("tempo", { dialect: "duckdb", from: path }));
    await compare([tempoAsOtlp]);
  });

  it("reads an attribute that is there twice: the first", async () => {
    const attribute = (text: string) =>
      `{'Key': 'gen_ai.operation.name', 'Value': ['${text}'], 'ValueInt': []::BIGINT[], 'ValueDouble': []::DOUBLE[], 'ValueBool': []::BOOLEAN[]}`;
    await connection.run(
      `CREATE TABLE traces AS SELECT 'abc' AS "TraceIDText", [{'ss': [{'Spans': [{'SpanID': unhex('0a'), 'ParentSpanID': ''::BLOB, 'Name': 'work', 'StartTimeUnixNano': 1::UBIGINT, 'DurationNano': 1::UBIGINT, 'StatusCode': 0, 'Attrs': [${attribute("chat")}, ${attribute("plan")}]}]}]}] AS rs`,
    );
    await connection.run(viewSql("tempo", { dialect: "duckdb" }));
    expect(columnsOf(await run("SELECT operation_type, parent_uuid FROM calls"))).to.deep.equal({
      operation_type: ["LLM"],
      parent_uuid: [null],
    });
  });

  it("says what is wrong", () => {
    const told = (name: string, options: object) => {
      try {
        return viewSql(name as never, options as never);
      } catch (error) {
        return String(error);
      }
    };
    expect(told("jaeger", { dialect: "trino" })).to.equal(
      'OptionError: `view` must be clickhouse, otel, tempo, langfuse, not "jaeger".',
    );
    expect(told("otel", { dialect: "mysql" })).to.include("`dialect` must be trino or duckdb");
    expect(told("otel", { dialect: "trino", from: "spans.parquet" })).to.include("must be a table of trino");
  });
});
