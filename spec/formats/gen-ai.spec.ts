import { expect } from "chai";
import { describeSpan, genAiAttributes } from "../../lib/formats/gen-ai.js";

const describeOf = (attributes: Record<string, unknown>, name: string | null = "span") =>
  describeSpan((key) => {
    expect(genAiAttributes.has(key), `${key} is among those that readers keep`).to.equal(true);
    return new Map(Object.entries(attributes)).get(key);
  }, name);

describe("describeSpan(attribute, spanName)", () => {
  it("finds the kind by the first convention that tells one", () => {
    const cases: [Record<string, unknown>, string][] = [
      [{}, "SPAN"],
      [{ "gen_ai.operation.name": "chat" }, "LLM"],
      [{ "gen_ai.operation.name": "generate_content" }, "LLM"],
      [{ "gen_ai.operation.name": "text_completion" }, "LLM"],
      [{ "gen_ai.operation.name": "llm_call" }, "LLM"],
      [{ "gen_ai.operation.name": "execute_tool" }, "TOOL"],
      [{ "gen_ai.operation.name": "tool_call" }, "TOOL"],
      [{ "gen_ai.operation.name": "invoke_agent", "openinference.span.kind": "LLM" }, "INVOKE_AGENT"],
      [{ "openinference.span.kind": "llm", "llm.request.type": "x" }, "LLM"],
      [{ "openinference.span.kind": "CHAIN", "traceloop.span.kind": "tool" }, "CHAIN"],
      [{ "llm.request.type": "chat", "traceloop.span.kind": "task" }, "LLM"],
      [{ "llm.request.type": "completion" }, "LLM"],
      [{ "llm.request.type": "embedding" }, "SPAN"],
      [{ "traceloop.span.kind": "tool" }, "TOOL"],
      [{ "traceloop.span.kind": "workflow" }, "WORKFLOW"],
      [{ "ai.operationId": "ai.generateText" }, "AI.GENERATETEXT"],
      [{ "ai.operationId": "ai.generateText.doGenerate" }, "LLM"],
      [{ "ai.operationId": "ai.streamText.doStream" }, "LLM"],
      [{ "ai.operationId": "ai.toolCall" }, "TOOL"],
      [{ "span.type": "web" }, "SPAN"],
    ];
    for (const [attributes, kind] of cases)
      expect(describeOf(attributes).kind, JSON.stringify(attributes)).to.equal(kind);
  });

  it("knows Claude Code's spans, whose prompt is told without what the cache took", () => {
    const tokens = { input_tokens: "2", cache_read_tokens: 100, cache_creation_tokens: 18, output_tokens: 30 };
    expect(
      describeOf(
        { "span.type": "llm_request", model: "claude-x", success: false, ...tokens },
        "claude_code.llm_request",
      ),
    ).to.deep.equal({
      kind: "LLM",
      name: "claude-x",
      prompt: 120,
      completion: 30,
      total: NaN,
      agent: null,
      failed: true,
    });
    expect(describeOf({ "span.type": "tool", tool_name: "Bash" }, "claude_code.tool")).to.include({
      kind: "TOOL",
      name: "Bash",
    });
    expect(describeOf({ "gen_ai.usage.input_tokens": 2, cache_read_tokens: 100 }).prompt).to.equal(2);
  });

  it("takes the newest name first, and the older ones where that is missing", () => {
    const usage = { "gen_ai.usage.prompt_tokens": 1, "llm.token_count.prompt": 2, "ai.usage.inputTokens": 3 };
    expect(describeOf({ "gen_ai.usage.input_tokens": "0", ...usage }).prompt).to.equal(0);
    expect(describeOf(usage).prompt).to.equal(1);
    expect(describeOf({ "gen_ai.usage.prompt_tokens": "many", "llm.token_count.prompt": 2 }).prompt).to.equal(2);
    expect(describeOf({ "ai.usage.completionTokens": 4 }).completion).to.equal(4);
    expect(describeOf({ "llm.usage.total_tokens": 9, ...usage }).total).to.equal(9);
    expect(describeOf({}).total).to.satisfy(Number.isNaN);
  });

  it("names a model call by its model, a tool by its name, and all else by the span", () => {
    const names = { "gen_ai.request.model": "m", "gen_ai.response.model": "m-1", "gen_ai.tool.name": "search" };
    expect(describeOf({ "gen_ai.operation.name": "chat", ...names }).name).to.equal("m");
    expect(describeOf({ "gen_ai.operation.name": "execute_tool", ...names }).name).to.equal("search");
    expect(describeOf({ "gen_ai.operation.name": "embeddings", ...names }).name).to.equal("span");
    expect(describeOf({ "gen_ai.operation.name": "chat" }, null).name).to.equal(null);
  });

  it("tells the agent and failures", () => {
    expect(describeOf({ "gen_ai.agent.id": "7", "error.type": "timeout" })).to.include({ agent: "7", failed: true });
    expect(describeOf({ "gen_ai.agent.id": "7", "gen_ai.agent.name": "planner", success: true })).to.include({
      agent: "planner",
      failed: false,
    });
  });
});
