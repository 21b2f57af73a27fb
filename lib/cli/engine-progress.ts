import type { EngineProgress } from "../engines/engine.js";
import { bar, count } from "../report/format.js";

const EVERY_MS = 200;
/** Queries that take less than so many seconds are not told of. */
const SHORT = 1;
const BAR = 20;

type Stream = Pick<NodeJS.WriteStream, "columns" | "isTTY"> & { write(text: string): unknown };

/** A line on standard error that tells which table is being made and how far it is; only on a terminal. `clear` takes it away. */
export function engineProgressLine(
  stream: Stream,
  now = Date.now,
): { readonly progress: (progress: EngineProgress) => void; clear(): void } {
  let shown = false;
  let last = -Infinity;
  return {
    progress(progress) {
      const time = now();
      if (!stream.isTTY || progress.elapsed < SHORT || time - last < EVERY_MS) return;
      last = time;
      shown = true;
      stream.write(`\r\x1b[K${progressText(progress).slice(0, (stream.columns || 80) - 1)}`);
    },
    clear() {
      if (shown) stream.write("\r\x1b[K");
      shown = false;
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
