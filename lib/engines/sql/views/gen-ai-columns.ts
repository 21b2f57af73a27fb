import { executionSpan } from "../../../formats/claude-code.js";
import { attributeNames, operationKinds } from "../../../formats/gen-ai.js";
import { textLiteral } from "../literals.js";

/** What attributes tell of a span, each as an expression. */
interface GenAiColumns {
  /** LLM, TOOL, or the source's own name, in upper case */
  readonly kind: string;
  readonly model: string;
  readonly tool: string;
  readonly prompt: string;
  readonly completion: string;
  readonly total: string;
  readonly failed: string;
}

/**
 * What the attributes of a span tell about a call, by the names and in the order in which they are read from files. Otherwise than there, a tool of
 * Claude Code counts by its execution only, also where it has none: what is round it is not looked at.
 *
 * @param attribute the SQL of the attribute of a name, a text, NULL where there is none
 * @param spanName the SQL of the name of the span
 */
export function genAiColumns(attribute: (name: string) => string, spanName: string): GenAiColumns {
  const text = (names: readonly string[]) =>
    `coalesce(${names.map((name) => `NULLIF(${attribute(name)}, '')`).join(", ")})`;
  const number = (name: string) => `TRY_CAST(${attribute(name)} AS DOUBLE)`;
  const first = (names: readonly string[], other: readonly string[] = []) =>
    `coalesce(${[...names.map(number), ...other].join(", ")})`;
  const [uncached, ...cached] = attributeNames.promptParts;
  const parts = [number(uncached), ...cached.map((name) => `coalesce(${number(name)}, 0e0)`)].join(" + ");
  return {
    kind: kindOf(attribute, spanName),
    model: text(attributeNames.model),
    tool: text(attributeNames.tool),
    prompt: first(attributeNames.prompt, [parts]),
    completion: first(attributeNames.completion),
    total: first(attributeNames.total),
    failed: `${attribute("error.type")} <> '' OR ${attribute("success")} = 'false'`,
  };
}

/** The kind by the first of the conventions that tells one. */
function kindOf(attribute: (name: string) => string, spanName: string): string {
  const [operation, openInference, request, traceloop, aiSdk, type] = [
    "gen_ai.operation.name",
    "openinference.span.kind",
    "llm.request.type",
    "traceloop.span.kind",
    "ai.operationId",
    "span.type",
  ].map(attribute);
  const operations = (kind: string) =>
    Array.from(operationKinds)
      .filter(([, of]) => of === kind)
      .map(([name]) => textLiteral(name))
      .join(", ");
  return [
    "CASE",
    `WHEN ${spanName} = ${textLiteral(executionSpan)} THEN 'TOOL'`,
    `WHEN ${spanName} = 'claude_code.tool' THEN 'CLAUDE_CODE.TOOL'`,
    ...["LLM", "TOOL"].map((kind) => `WHEN lower(${operation}) IN (${operations(kind)}) THEN '${kind}'`),
    `WHEN ${operation} <> '' THEN upper(${operation})`,
    `WHEN ${openInference} <> '' THEN upper(${openInference})`,
    `WHEN ${request} IN ('chat', 'completion') THEN 'LLM'`,
    `WHEN ${traceloop} <> '' THEN upper(${traceloop})`,
    `WHEN ${aiSdk} LIKE '%.doGenerate' OR ${aiSdk} LIKE '%.doStream' THEN 'LLM'`,
    `WHEN ${aiSdk} = 'ai.toolCall' THEN 'TOOL'`,
    `WHEN ${aiSdk} <> '' THEN upper(${aiSdk})`,
    `WHEN starts_with(${spanName}, 'claude_code.') AND ${type} = 'llm_request' THEN 'LLM'`,
    `WHEN starts_with(${spanName}, 'claude_code.') AND ${type} <> '' THEN upper(${type})`,
    "ELSE 'SPAN' END",
  ].join(" ");
}

/** What spans of such columns select as calls, from `described`. */
export const describedCalls = `SELECT
  example, uuid, parent_uuid, operation_type,
  coalesce(CASE operation_type WHEN 'LLM' THEN model WHEN 'TOOL' THEN tool END, span_name) AS operation_name,
  start_time, end_time, prompt_tokens, completion_tokens, total_tokens,
  CASE WHEN end_time IS NULL THEN 'unfinished' WHEN failed THEN 'error' ELSE 'ok' END AS status
FROM described`;

/** The CTE `described` of spans: what their attributes tell, and what is told beside them. */
export function describedCte(
  from: string,
  attribute: (name: string) => string,
  span: Readonly<Record<"example" | "uuid" | "parent" | "name" | "start" | "end" | "failed", string>>,
): string {
  const told = genAiColumns(attribute, span.name);
  const columns = {
    example: span.example,
    uuid: span.uuid,
    parent_uuid: span.parent,
    span_name: span.name,
    operation_type: told.kind,
    model: told.model,
    tool: told.tool,
    start_time: span.start,
    end_time: span.end,
    prompt_tokens: told.prompt,
    completion_tokens: told.completion,
    total_tokens: told.total,
    failed: `${span.failed} OR ${told.failed}`,
  };
  const selected = Object.entries(columns).map(([name, sql]) => `${sql} AS ${name}`);
  return `described AS (SELECT ${selected.join(", ")} FROM ${from})`;
}
