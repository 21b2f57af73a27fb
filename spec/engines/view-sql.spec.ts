import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import type { ColumnTable } from "arquero";
import { expect } from "chai";
import {
  concurrencySpikeAnalysis,
  fromDuckDB,
  loadTrace,
  type SpanTrace,
  type SqlTable,
  tableSql,
  viewSql,
} from "../../lib/index.js";
import { columnsOf } from "../support/columns-of.js";
import { temporaryFolder } from "../support/folder.js";
import { expectNear } from "../support/near-tables.js";
import { seeded } from "../support/random.js";

type Json = Record<string, unknown>;

const random = seeded(20261126);
const upTo = (n: number) => Math.floor(random() * n);
const oneOf = <T>(...values: readonly T[]): T => values[upTo(values.length)];

/** Times that floats of seconds since 1970 hold to the last digit. */
const startOf = (ticks: number) =>
  new Date(Date.UTC(2026, 0, 2, 3, 4, 5) + (ticks * 1000) / 8).toISOString().slice(0, -1);

const kinds: readonly Json[] = [
  { "gen_ai.operation.name": "chat", "gen_ai.request.model": "m-1", "gen_ai.usage.input_tokens": "120" },
  { "gen_ai.operation.name": "Text_Completion", "gen_ai.response.model": "m-2", "gen_ai.usage.output_tokens": "30" },
  { "gen_ai.operation.name": "generate_content", "gen_ai.request.model": "", model: "m-3" },
  { "gen_ai.operation.name": "execute_tool", "gen_ai.tool.name": "search" },
  { "gen_ai.operation.name": "tool_call", tool_name: "grep", success: "false" },
  { "gen_ai.operation.name": "invoke_agent" },
  {
    "openinference.span.kind": "llm",
    "llm.model_name": "m-4",
    "llm.token_count.prompt": "12.0",
    "llm.token_count.total": "20",
  },
  { "openinference.span.kind": "TOOL", "tool.name": "read" },
  { "openinference.span.kind": "chain" },
  { "llm.request.type": "completion", "gen_ai.usage.prompt_tokens": "", "llm.usage.total_tokens": "7" },
  { "traceloop.span.kind": "tool", "error.type": "timeout" },
  { "ai.operationId": "ai.generateText.doGenerate", "ai.model.id": "m-5", "ai.usage.promptTokens": "5" },
  { "ai.operationId": "ai.toolCall", "ai.toolCall.name": "write" },
  { "ai.operationId": "ai.generateText", "gen_ai.operation.name": "" },
  {},
];
const claude: Json = { "span.type": "llm_request", input_tokens: "3", cache_read_tokens: "40", output_tokens: "2" };

const otelRows: readonly Json[] = Array.from({ length: 400 }, (_, i) => {
  const isClaude = i % 20 === 0;
  return {
    Timestamp: startOf(upTo(400)),
    TraceId: `trace ${i % 7}`,
    SpanId: `span ${1000 + i}`,
    ParentSpanId: i < 7 ? "" : `span ${1000 + (i % 7)}`,
    SpanName: isClaude ? "claude_code.llm_request" : "it's a span",
    SpanAttributes: isClaude ? claude : kinds[i % kinds.length],
    Duration: upTo(80) * 125_000_000,
    StatusCode: oneOf("Unset", "Ok", "Error", "STATUS_CODE_ERROR"),
  };
});

const observations: readonly Json[] = Array.from({ length: 300 }, (_, i) => {
  const start = upTo(400);
  const row: Json = {
    id: `obs ${1000 + (i % 250)}`,
    trace_id: `trace ${(i % 250) % 5}`,
    parent_observation_id: oneOf(null, "obs 1000"),
    type: ["GENERATION", "TOOL", "SPAN", "EVENT", "AGENT", "GENERATION"][(i % 250) % 6],
    name: oneOf("step", "", null),
    provided_model_name: oneOf("m-1", null, ""),
    level: oneOf("DEFAULT", "ERROR"),
    start_time: startOf(start),
    end_time: oneOf(null, startOf(start + upTo(80)), startOf(start + upTo(80))),
    usage_details: oneOf({}, { input: 12, output: 3, total: 15 }, { input: 7, output: 1 }),
    // a version of its own for each row of an id
    event_ts: startOf(i < 250 ? (i % 3) * 1000 : 1000 + i),
    is_deleted: i >= 280 ? 1 : 0,
  };
  return row;
});

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

  const COLUMNS = [
    "uuid",
    "example",
    "parent_uuid",
    "operation_type",
    "operation_name",
    "start_time",
    "end_time",
    "prompt_tokens",
    "completion_tokens",
    "total_tokens",
    "status",
  ];
  const numbers = (values: readonly unknown[], shift = 0) =>
    values.map((value) => (value === null || Number.isNaN(value) ? null : Number(value) + shift));
  const plain = (table: ColumnTable, shift: number): Json => {
    const columns = columnsOf(
      table
        .select(...COLUMNS)
        .orderby("uuid")
        .reify(),
    );
    for (const name of COLUMNS.slice(5, 10)) columns[name] = numbers(columns[name], name.endsWith("_time") ? shift : 0);
    return columns;
  };
  /** compares the calls of a view, and tables of them, with the same rows read from JSON */
  const compare = async (rows: readonly Json[]) => {
    const trace = (await loadTrace(rows)) as SpanTrace;
    const origin = Number(trace.origin) / 1e9;
    const calls = await run("SELECT * FROM calls");
    expect(calls.columnNames()).to.have.members(COLUMNS);
    expect(plain(calls, 0)).to.deep.equal(plain(trace.spans, origin));

    const { tables } = concurrencySpikeAnalysis(trace, { dedupe: false, openCalls: "drop", threshold: 3 });
    expect(tables.distribution.numRows()).to.be.greaterThan(3);
    for (const name of [
      "distribution",
      "spikes",
      "spike_tokens",
      "latency_by_concurrency",
    ] as const satisfies SqlTable[]) {
      const threshold = name.startsWith("spike") ? { threshold: 3 } : {};
      const since = ["first_time", "start_time", "end_time"];
      const found = await run(tableSql(name, { dialect: "duckdb", ...threshold }));
      expectNear(found, tables[name], name, since);
      for (const column of since.filter((column) => found.columnNames().includes(column)))
        expect(columnsOf(found)[column], column).to.deep.equal(numbers(columnsOf(tables[name])[column], origin));
    }
    return calls;
  };

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
    const spans = otelRows.slice(0, 60).map((row, i) => ({
      id: (0xa000 + i).toString(16).padStart(16, "0"),
      parent: i < 5 ? "" : (0xa000 + (i % 5)).toString(16).padStart(16, "0"),
      start: BigInt(Date.parse(`${row.Timestamp as string}Z`)) * 1_000_000n,
      duration: BigInt(row.Duration as number),
      failed: i % 4 === 0,
      // of every type that an attribute can have
      attributes: [
        ...Object.entries(row.SpanAttributes as Record<string, string>).map(([key, text]) =>
          /^\d+$/.test(text)
            ? { key, int: text }
            : /^\d+\.\d+$/.test(text)
              ? { key, double: text }
              : text === "false"
                ? { key, bool: text }
                : { key, text },
        ),
        { key: "twice", text: "a" },
      ] as { key: string; text?: string; int?: string; double?: string; bool?: string }[],
    }));
    const list = (value: string | undefined, type: string) =>
      value === undefined ? `[]::${type}[]` : `['${value}'::${type}]`;
    const attribute = (of: (typeof spans)[number]["attributes"][number]) =>
      `{'Key': '${of.key}', 'Value': ${list(of.text, "VARCHAR")}, 'ValueInt': ${list(of.int, "BIGINT")}, 'ValueDouble': ${list(of.double, "DOUBLE")}, 'ValueBool': ${list(of.bool, "BOOLEAN")}}`;
    const span = (of: (typeof spans)[number]) =>
      `{'SpanID': unhex('${of.id}'), 'ParentSpanID': unhex('${of.parent}'), 'Name': 'work', 'StartTimeUnixNano': ${of.start}::UBIGINT, 'DurationNano': ${of.duration}::UBIGINT, 'StatusCode': ${of.failed ? 2 : 0}, 'Attrs': [${of.attributes.map(attribute).join(", ")}]}`;
    // two resources, the second with two scopes
    const parts = [spans.slice(0, 20), spans.slice(20, 21), spans.slice(21)].map(
      (part) => `{'Spans': [${part.map(span).join(", ")}]}`,
    );
    await connection.run(
      `CREATE TABLE traces AS SELECT 'abc' AS "TraceIDText", [{'ss': [${parts[0]}]}, {'ss': [${parts[1]}, ${parts[2]}]}] AS rs`,
    );
    const path = `${folder.path}/data.parquet`;
    await connection.run(`COPY traces TO '${path}' (FORMAT parquet)`);
    await connection.run(viewSql("tempo", { dialect: "duckdb", from: path }));

    const otlp = {
      resourceSpans: [
        {
          scopeSpans: [
            {
              spans: spans.map(({ id, parent, start, duration, failed, attributes }) => ({
                traceId: "abc",
                spanId: id,
                parentSpanId: parent,
                name: "work",
                startTimeUnixNano: String(start),
                endTimeUnixNano: String(start + duration),
                status: { code: failed ? 2 : 0 },
                attributes: attributes.map(({ key, text, int, double, bool }) => ({
                  key,
                  value:
                    text !== undefined
                      ? { stringValue: text }
                      : int !== undefined
                        ? { intValue: int }
                        : double !== undefined
                          ? { doubleValue: Number(double) }
                          : { boolValue: bool === "true" },
                })),
              })),
            },
          ],
        },
      ],
    };
    await compare([otlp]);
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
