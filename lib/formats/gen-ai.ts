// What the attributes of a span tell about a call. Read are OpenTelemetry's conventions and their older names
// (github.com/open-telemetry/semantic-conventions-genai), OpenInference's (github.com/Arize-ai/openinference, spec), OpenLLMetry's
// (github.com/traceloop/openllmetry), those of the AI SDK before it took up OpenTelemetry's (github.com/vercel/ai), of Gemini CLI and of
// Claude Code. Not read: prompts and answers, sessions, parts of the token counts, the time of the first token.
import { executionKind, executionSpan } from "./claude-code.js";
import { readNumber, readText } from "./numbers.js";

/** What a span is. */
export interface SpanDescription {
  /** LLM, TOOL, or the source's own name */
  readonly kind: string;
  /** of the model or tool, else of the span */
  readonly name: string | null;
  /** NaN where it is not told, as the other counts */
  readonly prompt: number;
  readonly completion: number;
  /** only as the source has it */
  readonly total: number;
  readonly agent: string | null;
  /** whether the attributes say so; the status of the span may too */
  readonly failed: boolean;
}

/** The value of an attribute; undefined where the span has none of this name. */
export type Attribute = (name: string) => unknown;

/** Operations by their kind; others are a kind of their own. The last of each are Gemini CLI's. */
export const operationKinds: ReadonlyMap<string, string> = new Map([
  ["chat", "LLM"],
  ["generate_content", "LLM"],
  ["text_completion", "LLM"],
  ["llm_call", "LLM"],
  ["execute_tool", "TOOL"],
  ["tool_call", "TOOL"],
]);

/** Attributes that tell one thing, the newest name first. */
export const attributeNames = {
  model: [
    "gen_ai.request.model",
    "gen_ai.response.model",
    "llm.model_name",
    "llm.request.model_name",
    "llm.response.model_name",
    "ai.model.id",
    "model",
  ],
  tool: ["gen_ai.tool.name", "tool.name", "ai.toolCall.name", "tool_name"],
  agent: [
    "gen_ai.agent.name",
    "gen_ai.agent.id",
    "agent.name",
    "gen_ai.workflow.name",
    "traceloop.entity.path",
    "agent_id",
  ],
  prompt: [
    "gen_ai.usage.input_tokens",
    "gen_ai.usage.prompt_tokens",
    "llm.token_count.prompt",
    "ai.usage.inputTokens",
    "ai.usage.promptTokens",
    "ai.usage.tokens",
  ],
  /** Claude Code's, without what came from the cache or went into it */
  promptParts: ["input_tokens", "cache_read_tokens", "cache_creation_tokens"],
  completion: [
    "gen_ai.usage.output_tokens",
    "gen_ai.usage.completion_tokens",
    "llm.token_count.completion",
    "ai.usage.outputTokens",
    "ai.usage.completionTokens",
    "output_tokens",
  ],
  total: ["gen_ai.usage.total_tokens", "llm.usage.total_tokens", "llm.token_count.total", "ai.usage.totalTokens"],
} as const;

/** All attributes that are looked at: a reader need keep no others. */
export const genAiAttributes: ReadonlySet<string> = new Set([
  "gen_ai.operation.name",
  "openinference.span.kind",
  "llm.request.type",
  "traceloop.span.kind",
  "ai.operationId",
  "span.type",
  "error.type",
  "success",
  ...Object.values(attributeNames).flat(),
]);

/** Tells what a span is from its attributes. */
export function describeSpan(attribute: Attribute, spanName: string | null): SpanDescription {
  const kind = kindOf(attribute, spanName);
  const named =
    kind === "LLM"
      ? firstText(attribute, attributeNames.model)
      : kind === "TOOL" || kind === executionKind
        ? firstText(attribute, attributeNames.tool)
        : null;
  const prompt = firstNumber(attribute, attributeNames.prompt);
  return {
    kind,
    name: named ?? spanName,
    prompt: Number.isNaN(prompt) ? sumOf(attribute, attributeNames.promptParts) : prompt,
    completion: firstNumber(attribute, attributeNames.completion),
    total: firstNumber(attribute, attributeNames.total),
    agent: firstText(attribute, attributeNames.agent),
    failed: readText(attribute("error.type")) !== null || isFalse(attribute("success")),
  };
}

/** The kind by the first of the conventions that tells one. */
function kindOf(attribute: Attribute, spanName: string | null): string {
  if (spanName === executionSpan) return executionKind;
  const operation = readText(attribute("gen_ai.operation.name"));
  if (operation !== null) return operationKinds.get(operation.toLowerCase()) ?? operation.toUpperCase();
  const openInference = readText(attribute("openinference.span.kind"));
  if (openInference !== null) return openInference.toUpperCase();
  const request = attribute("llm.request.type");
  if (request === "chat" || request === "completion") return "LLM";
  const traceloop = readText(attribute("traceloop.span.kind"));
  if (traceloop !== null) return traceloop.toUpperCase();
  const aiSdk = readText(attribute("ai.operationId"));
  if (aiSdk !== null) return aiSdkKind(aiSdk);
  if (spanName?.startsWith("claude_code.")) {
    const type = readText(attribute("span.type"));
    if (type !== null) return type === "llm_request" ? "LLM" : type.toUpperCase();
  }
  return "SPAN";
}

/** A model call is what goes to the provider, not what holds the steps. */
function aiSdkKind(operation: string): string {
  if (operation.endsWith(".doGenerate") || operation.endsWith(".doStream")) return "LLM";
  return operation === "ai.toolCall" ? "TOOL" : operation.toUpperCase();
}

function firstText(attribute: Attribute, names: readonly string[]): string | null {
  for (const name of names) {
    const text = readText(attribute(name));
    if (text !== null) return text;
  }
  return null;
}

function firstNumber(attribute: Attribute, names: readonly string[]): number {
  for (const name of names) {
    const number = readNumber(attribute(name));
    if (number !== undefined && !Number.isNaN(number)) return number;
  }
  return NaN;
}

/** The sum of those that are there, if the first is. */
function sumOf(attribute: Attribute, names: readonly string[]): number {
  let sum = firstNumber(attribute, names.slice(0, 1));
  if (Number.isNaN(sum)) return NaN;
  for (const name of names.slice(1)) {
    const number = firstNumber(attribute, [name]);
    if (!Number.isNaN(number)) sum += number;
  }
  return sum;
}

const isFalse = (value: unknown): boolean => value === false || value === "false";
