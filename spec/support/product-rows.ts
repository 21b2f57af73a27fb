// The same rows of products' own tables for all who read them: as a database has them, and as the product's JSON.
import type { DuckDBConnection } from "@duckdb/node-api";
import { seeded } from "./random.js";

export type Json = Record<string, unknown>;

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

/** Spans as the collector writes them into ClickHouse. */
export const otelRows: readonly Json[] = Array.from({ length: 400 }, (_, i) => {
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

/** Observations of Langfuse, of which some have a version more, some of these deleted. */
export const observations: readonly Json[] = Array.from({ length: 300 }, (_, i) => {
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

/** Some of the spans as Tempo has them, with attributes of every type. */
const tempoSpans = otelRows.slice(0, 60).map((row, i) => ({
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

/** The same spans as OTLP. */
export const tempoAsOtlp: Json = {
  resourceSpans: [
    {
      scopeSpans: [
        {
          spans: tempoSpans.map(({ id, parent, start, duration, failed, attributes }) => ({
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

type TempoSpan = (typeof tempoSpans)[number];

/** Writes them as a block of Tempo's: Parquet with a row a trace. */
export async function writeTempoBlock(connection: DuckDBConnection, path: string): Promise<void> {
  const list = (value: string | undefined, type: string) =>
    value === undefined ? `[]::${type}[]` : `['${value}'::${type}]`;
  const attribute = (of: TempoSpan["attributes"][number]) =>
    `{'Key': '${of.key}', 'Value': ${list(of.text, "VARCHAR")}, 'ValueInt': ${list(of.int, "BIGINT")}, 'ValueDouble': ${list(of.double, "DOUBLE")}, 'ValueBool': ${list(of.bool, "BOOLEAN")}}`;
  const span = (of: TempoSpan) =>
    `{'SpanID': unhex('${of.id}'), 'ParentSpanID': unhex('${of.parent}'), 'Name': 'work', 'StartTimeUnixNano': ${of.start}::UBIGINT, 'DurationNano': ${of.duration}::UBIGINT, 'StatusCode': ${of.failed ? 2 : 0}, 'Attrs': [${of.attributes.map(attribute).join(", ")}]}`;
  // two resources, the second with two scopes
  const parts = [tempoSpans.slice(0, 20), tempoSpans.slice(20, 21), tempoSpans.slice(21)].map(
    (part) => `{'Spans': [${part.map(span).join(", ")}]}`,
  );
  const row = `SELECT 'abc' AS "TraceIDText", [{'ss': [${parts[0]}]}, {'ss': [${parts[1]}, ${parts[2]}]}] AS rs`;
  await connection.run(`COPY (${row}) TO '${path}' (FORMAT parquet)`);
}
