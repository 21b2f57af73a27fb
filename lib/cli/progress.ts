import type { Progress } from "../files/bytes.js";
import { bar, count, seconds } from "../report/format.js";

/** Files up to this many bytes are read before a line could be. */
const LARGE = 50 * 1000 * 1000;
const EVERY_MS = 200;
/** Cells of the bar. */
const BAR = 20;

type Stream = Pick<NodeJS.WriteStream, "columns" | "isTTY"> & { write(text: string): unknown };

/**
 * A line on standard error that tells how much of a large file has been read, how fast, and how long the rest will take; only on a terminal.
 * `clear` takes it away.
 */
export function progressLine(stream: Stream, now = Date.now): { readonly progress: Progress; clear(): void } {
  let shown = false;
  let began: number | undefined;
  let last = -Infinity;
  return {
    progress(read, total) {
      const time = now();
      began ??= time;
      if (!stream.isTTY || (total ?? read) < LARGE || time - last < EVERY_MS) return;
      last = time;
      shown = true;
      stream.write(`\r\x1b[K${progressText(read, total, (time - began) / 1000).slice(0, (stream.columns || 80) - 1)}`);
    },
    clear() {
      if (shown) stream.write("\r\x1b[K");
      shown = false;
      began = undefined;
    },
  };
}

/** How far reading is, after so many seconds. */
function progressText(read: number, total: number | undefined, elapsed: number): string {
  const megabytes = count(read / 1e6);
  const rate = elapsed > 0 ? read / elapsed : 0;
  const speed = rate > 0 ? [`${count(rate / 1e6)} MB/s`] : [];
  if (total === undefined) return [`reading  ${megabytes} MB`, ...speed].join("  ");
  const share = Math.min(1, read / total);
  const left = rate > 0 ? [`${remaining((total - read) / rate)} left`] : [];
  const parts = [`${Math.floor(100 * share)} %`, `${megabytes} of ${count(total / 1e6)} MB`, ...speed, ...left];
  return `reading  ${bar(share, BAR).padEnd(BAR)}  ${parts.join("  ")}`;
}

/** A guess needs no decimals. */
const remaining = (time: number): string => (time < 60 ? `${Math.ceil(time)} s` : seconds(time));
