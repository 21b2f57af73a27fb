import type { Progress } from "../files/bytes.js";
import { bar, count, seconds } from "../report/format.js";
import { statusLine, type Stream } from "./status-line.js";

/** Files up to this many bytes are read before a line could be. */
const LARGE = 50 * 1000 * 1000;
/** Cells of the bar. */
const BAR = 20;

/**
 * A line on standard error that tells how much of a large file has been read, how fast, and how long the rest will take; only on a terminal.
 * `clear` takes it away.
 */
export function progressLine(stream: Stream, now = Date.now): { readonly progress: Progress; clear(): void } {
  const line = statusLine(stream);
  let began: number | undefined;
  return {
    progress(read, total) {
      const time = now();
      const start = (began ??= time);
      if ((total ?? read) >= LARGE) line.show(() => progressText(read, total, (time - start) / 1000), time);
    },
    clear() {
      line.clear();
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
