/** What NAT's steps are of, besides models and tools. */
const NAT = ["WORKFLOW", "TASK", "FUNCTION", "CUSTOM", "SPAN", "TTC"];

/** Kinds of OpenInference (github.com/Arize-ai/openinference, spec), and with them most of those of Langfuse and LangSmith. */
const OPEN_INFERENCE = [
  "CHAIN",
  "RETRIEVER",
  "EMBEDDING",
  "AGENT",
  "RERANKER",
  "GUARDRAIL",
  "EVALUATOR",
  "PROMPT",
  "UNKNOWN",
];

/** Operations of OpenTelemetry's conventions that are neither of a model nor of a tool (semantic-conventions-genai, docs/gen-ai). */
const OPERATIONS = [
  "EMBEDDINGS",
  "RETRIEVAL",
  "CREATE_AGENT",
  "INVOKE_AGENT",
  "INVOKE_WORKFLOW",
  "PLAN",
  ...["CREATE", "UPDATE", "UPSERT", "DELETE", "SEARCH"].map((verb) => `${verb}_MEMORY`),
  ...["CREATE", "DELETE"].map((verb) => `${verb}_MEMORY_STORE`),
];

const known: ReadonlySet<string> = new Set([
  ...["LLM", "TOOL"],
  ...NAT,
  ...OPEN_INFERENCE,
  ...OPERATIONS,
  ...["EVENT", "PARSER"], // of Langfuse and of LangSmith
  ...["AGENT_CALL", "SCHEDULE_TOOL_CALLS", "USER_PROMPT"], // of Gemini CLI
  ...["INTERACTION", "TOOL.EXECUTION", "TOOL.BLOCKED_ON_USER"], // of Claude Code
]);

/** Those that are known by how they begin: the AI SDK's own. */
const KNOWN_START = "AI.";

/** The kinds that are known, in upper case, and how further ones begin. */
export const knownKinds: { readonly names: readonly string[]; readonly start: string } = {
  names: [...known],
  start: KNOWN_START,
};

/** Formats whose kinds are categories that every program names as it likes. */
const FREE: ReadonlySet<string> = new Set(["chrome"]);

/**
 * Whether a kind of operation, in upper case, is one that some format that is read is known to have. The AI SDK's own are known by how they
 * begin: `AI.GENERATETEXT`.
 *
 * @param format of the trace; in some any kind is known
 */
export const isKnownKind = (kind: string, format?: string): boolean =>
  known.has(kind) || kind.startsWith(KNOWN_START) || (format !== undefined && FREE.has(format));
