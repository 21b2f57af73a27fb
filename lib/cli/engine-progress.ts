import type { EngineProgress } from "../engines/engine.js";
import { bar, count } from "../report/format.js";
import { statusLine, type Stream } from "./status-line.js";

/** Queries that take less than so many seconds are not told of. */
const SHORT = 1;
const BAR = 20;

/** A line on standard error that tells which table is being made and how far it is; only on a terminal. `clear` takes it away. */
export function engineProgressLine(
  stream: Stream,
  now = Date.now,
): { readonly progress: (progress: EngineProgress) => void; clear(): void } {
  const line = statusLine(stream);
  return {
    progress(progress) {
      if (progress.elapsed >= SHORT) line.show(() => progressText(progress), now());
    },
    clear() {
      line.clear();
    },
  };
}

function progressText({ table, share, rows, bytes, elapsed }: EngineProgress): string {
  const done = share === undefined ? [] : [bar(share, BAR).padEnd(BAR), `${Math.floor(100 * share)} %`];
  const read = [
    ...(rows === undefined || rows === 0 ? [] : [`${count(rows)} rows`]),
    ...(bytes === undefined || bytes === 0 ? [] : [`${count(bytes / 1e6)} MB`]),
  ];
  return [table, ...done, ...read, `${Math.floor(elapsed)} s`].join("  ");
}
