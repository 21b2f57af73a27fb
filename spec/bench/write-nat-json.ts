import { closeSync, openSync, writeSync } from "node:fs";
import { seeded } from "../support/random.js";
import { operationAt, rowsOf, sessionsOf } from "./operations.js";
import { prose } from "./prose.js";
import type { Traffic } from "./traffic.js";

const BEGAN = 1_767_323_045; // seconds since 1970

/**
 * Writes traffic as NAT's `all_requests_profiler_traces.json`: a request for each session, laid out by two blanks and in ASCII, as Python
 * writes it. Steps hold prompts and answers, a character for each of their tokens: some 2,000 bytes a step.
 */
export function writeNatJson(path: string, traffic: Traffic): void {
  const random = seeded(3);
  const n = traffic.start_time.length;
  const file = openSync(path, "w");
  writeSync(file, "[");
  for (let session = 0; session < sessionsOf(n); session++) {
    const request = { request_number: session, intermediate_steps: stepsOf(session, traffic, random) };
    const text = JSON.stringify([request], null, 2).slice(1, -2); // without the brackets of the list
    writeSync(file, (session === 0 ? "" : ",") + text.replace(/[\u0080-\uffff]/g, escaped));
  }
  writeSync(file, "\n]\n");
  closeSync(file);
}

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

function stepsOf(session: number, traffic: Traffic, random: () => number): object[] {
  const steps = rowsOf(session, traffic.start_time.length).flatMap((i) => {
    const { kind, name, uuid } = operationAt(i);
    const start = BEGAN + traffic.start_time[i];
    const end = BEGAN + traffic.end_time[i];
    const prompt = traffic.prompt_tokens[i];
    const total = traffic.total_tokens[i];
    const input = prose(random, prompt);
    const output = prose(random, total - prompt);
    const common = { framework: "langchain", name, tags: null };
    const tokens = { prompt_tokens: prompt, completion_tokens: total - prompt, total_tokens: total };
    const started = { event_type: `${kind}_START`, event_timestamp: start, span_event_timestamp: null, ...common };
    const ended = { event_type: `${kind}_END`, event_timestamp: end, span_event_timestamp: start, ...common };
    return [
      stepOf(session, start, { ...started, metadata: null, data: dataOf(input, null), usage_info: null, UUID: uuid }),
      stepOf(session, end, {
        ...ended,
        metadata: null,
        data: dataOf(input, output),
        usage_info: {
          token_usage: { ...tokens, cached_tokens: 0, reasoning_tokens: 0 },
          num_llm_calls: 1,
          seconds_between_calls: 0,
        },
        UUID: uuid,
      }),
    ];
  });
  return steps.sort((a, b) => a.time - b.time).map(({ step }) => step);
}

const dataOf = (input: string, output: string | null): object => ({ input, output, chunk: null });

function stepOf(session: number, time: number, payload: object): { time: number; step: object } {
  const parent = `session-${session}`;
  const above = { function_id: parent, function_name: "researcher", parent_id: "root", parent_name: "root" };
  return { time, step: { parent_id: parent, function_ancestry: above, payload } };
}
