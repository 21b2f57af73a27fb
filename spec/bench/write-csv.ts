import { closeSync, openSync, writeSync } from "node:fs";
import type { Traffic } from "./traffic.js";

const HEADER =
  "example,uuid,operation_type,operation_name,start_time,end_time,prompt_tokens,completion_tokens,total_tokens,status";
const NAMES = [
  "gpt-4o-2024-08-06",
  "gpt-4o-mini",
  "claude-sonnet-4-5",
  "llama-3.3-70b-instruct",
  "web_search",
  "run_python",
];
const SESSIONS = 50; // at a time, each with 10 calls
const ROWS_AT_ONCE = 10_000;

/** Writes traffic as a CSV file of tidy calls, about 86 bytes a row. */
export function writeCsv(path: string, { start_time, end_time, prompt_tokens, total_tokens }: Traffic): void {
  const n = start_time.length;
  const file = openSync(path, "w");
  let text = `${HEADER}\n`;
  for (let i = 0; i < n; i++) {
    const name = NAMES[(i * 7) % NAMES.length];
    const session = Math.floor(i / (10 * SESSIONS)) * SESSIONS + (i % SESSIONS);
    text += `session-${session},c${(0x100000000000 + i).toString(16)},${name.includes("_") ? "TOOL" : "LLM"},${name},`;
    text += `${start_time[i].toFixed(6)},${end_time[i].toFixed(6)},`;
    text += `${prompt_tokens[i]},${total_tokens[i] - prompt_tokens[i]},${total_tokens[i]},ok\n`;
    if (i % ROWS_AT_ONCE === ROWS_AT_ONCE - 1 || i === n - 1) {
      writeSync(file, text);
      text = "";
    }
  }
  closeSync(file);
}
