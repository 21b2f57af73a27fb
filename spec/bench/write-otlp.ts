import { closeSync, openSync, writeSync } from "node:fs";
import { seeded } from "../support/random.js";
import { type Operation, operationAt, rowsOf } from "./operations.js";
import { prose } from "./prose.js";
import type { Traffic } from "./traffic.js";

const SPANS_A_LINE = 40;
const BEGAN = 1_767_323_045n * 1_000_000_000n; // nanoseconds since 1970
const [INTERNAL, CLIENT] = [1, 3];

const RESOURCE = attributes({
  "service.name": "agents",
  "service.version": "2.4.1",
  "deployment.environment.name": "production",
  "telemetry.sdk.language": "python",
  "telemetry.sdk.name": "opentelemetry",
  "telemetry.sdk.version": "1.38.0",
});
const SCOPE = { name: "opentelemetry.instrumentation.openai_v2", version: "2.1b0" };

/**
 * Writes traffic as OTLP, as an exporter to a file does: a request a line. Spans have the attributes of OpenTelemetry's conventions for
 * generative AI, prompts and answers among them, a character for each of their tokens: some 2,000 bytes a span.
 */
export function writeOtlp(path: string, traffic: Traffic): void {
  const random = seeded(2);
  const n = traffic.start_time.length;
  const file = openSync(path, "w");
  for (let from = 0; from < n; from += SPANS_A_LINE) {
    const spans = Array.from({ length: Math.min(SPANS_A_LINE, n - from) }, (_, k) => spanAt(from + k, traffic, random));
    const scopeSpans = [{ scope: SCOPE, spans }];
    writeSync(file, `${JSON.stringify({ resourceSpans: [{ resource: { attributes: RESOURCE }, scopeSpans }] })}\n`);
  }
  closeSync(file);
}

/** The first call of a session stands for its agent, in which the others run. */
function spanAt(i: number, traffic: Traffic, random: () => number): object {
  const operation = operationAt(i);
  const agent = rowsOf(operation.session, i + 1)[0];
  const { name, told } = i === agent ? AGENT : toldOf(operation, traffic, i, random);
  return {
    traceId: operation.session.toString(16).padStart(32, "4bf92f3577b34da6a3ce929d0e0e4736"),
    spanId: spanId(i),
    parentSpanId: i === agent ? "" : spanId(agent),
    flags: 256,
    name,
    kind: operation.kind === "LLM" && i !== agent ? CLIENT : INTERNAL,
    startTimeUnixNano: nanoseconds(traffic.start_time[i]),
    endTimeUnixNano: nanoseconds(traffic.end_time[i]),
    attributes: attributes(told),
    status: {},
  };
}

const AGENT = {
  name: "invoke_agent researcher",
  told: { "gen_ai.operation.name": "invoke_agent", "gen_ai.agent.name": "researcher", "gen_ai.agent.id": "agent-7" },
};

type Told = Record<string, string | number>;

function toldOf({ kind, name, uuid }: Operation, traffic: Traffic, i: number, random: () => number) {
  const prompt = traffic.prompt_tokens[i];
  const completion = traffic.total_tokens[i] - prompt;
  const asked = prose(random, prompt);
  const answered = prose(random, completion);
  const told: Told =
    kind === "TOOL"
      ? {
          "gen_ai.operation.name": "execute_tool",
          "gen_ai.tool.name": name,
          "gen_ai.tool.type": "function",
          "gen_ai.tool.call.id": `call_${uuid}`,
          "gen_ai.tool.call.arguments": JSON.stringify({ query: asked }),
          "gen_ai.tool.call.result": answered,
        }
      : {
          "gen_ai.operation.name": "chat",
          "gen_ai.provider.name": "openai",
          "gen_ai.request.model": name,
          "gen_ai.request.temperature": 0.7,
          "gen_ai.request.max_tokens": 4096,
          "gen_ai.input.messages": messages("user", asked),
          "gen_ai.output.messages": messages("assistant", answered),
          "gen_ai.response.id": `chatcmpl-${uuid}`,
          "gen_ai.response.model": name,
          "gen_ai.usage.input_tokens": prompt,
          "gen_ai.usage.output_tokens": completion,
          "server.address": "api.example.com",
          "server.port": 443,
        };
  return { name: `${String(told["gen_ai.operation.name"])} ${name}`, told };
}

const messages = (role: string, content: string): string =>
  JSON.stringify([{ role, parts: [{ type: "text", content }] }]);

const spanId = (i: number): string => operationAt(i).uuid.padStart(16, "b7ad");
const nanoseconds = (seconds: number): string => String(BEGAN + BigInt(Math.round(seconds * 1e9)));

function attributes(told: Readonly<Told>): object[] {
  return Object.entries(told).map(([key, value]) => ({ key, value: valueOf(value) }));
}

function valueOf(value: string | number): object {
  if (typeof value === "string") return { stringValue: value };
  return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
}
