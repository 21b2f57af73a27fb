import { closeSync, openSync, writeSync } from "node:fs";
import { operationAt } from "./operations.js";
import type { Traffic } from "./traffic.js";

const HEADER =
  "example,uuid,operation_type,operation_name,start_time,end_time,prompt_tokens,completion_tokens,total_tokens,status";
const ROWS_AT_ONCE = 10_000;

/** Writes traffic as a CSV file of tidy calls, about 86 bytes a row. */
export function writeCsv(path: string, { start_time, end_time, prompt_tokens, total_tokens }: Traffic): void {
  const n = start_time.length;
  const file = openSync(path, "w");
  let text = `${HEADER}\n`;
  for (let i = 0; i < n; i++) {
    const { session, uuid, kind, name } = operationAt(i);
    text += `session-${session},c${uuid},${kind},${name},`;
    text += `${start_time[i].toFixed(6)},${end_time[i].toFixed(6)},`;
    text += `${prompt_tokens[i]},${total_tokens[i] - prompt_tokens[i]},${total_tokens[i]},ok\n`;
    if (i % ROWS_AT_ONCE === ROWS_AT_ONCE - 1 || i === n - 1) {
      writeSync(file, text);
      text = "";
    }
  }
  closeSync(file);
}
