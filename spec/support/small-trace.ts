import { table } from "arquero";
import { concurrencySpikeAnalysis, type Trace } from "../../lib/index.js";

/** Two calls that overlap from 1 to 3, idle time from 4 to 6, and a third call: 2 s idle, 4 s with one, 2 s with two in flight. */
export const smallEvents = table({
  example_number: [0, 0, 0, 0, 0, 0],
  event_type: ["LLM_START", "TOOL_START", "TOOL_END", "LLM_END", "LLM_START", "LLM_END"],
  event_timestamp: [0, 1, 3, 4, 6, 8],
  uuid: ["b", "a", "a", "b", "c", "c"],
  operation_name: ["m", "search", "search", "m", "m", "m"],
  prompt_tokens: [null, null, null, 10, null, 20],
  completion_tokens: [null, null, null, 5, null, 10],
  total_tokens: [null, null, null, 15, null, 30],
});

/** The same as a trace of a file. */
export const smallTrace: Trace = {
  events: smallEvents,
  format: "nat-json",
  source: "traces.json",
  origin: 0n,
  diagnostics: concurrencySpikeAnalysis(table({ start_time: [], end_time: [] })).diagnostics,
};
