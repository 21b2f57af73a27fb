import type { Progress } from "../files/bytes.js";

/** Files up to this many bytes are read before a line could be. */
const LARGE = 50 * 1000 * 1000;
const EVERY_MS = 200;

/** A line on standard error that tells how much of a large file has been read; only on a terminal. `clear` takes it away. */
export function progressLine(stream: NodeJS.WriteStream): { readonly progress: Progress; clear(): void } {
  let shown = false;
  let last = 0;
  return {
    progress(read, total) {
      const now = Date.now();
      if (!stream.isTTY || (total ?? read) < LARGE || now - last < EVERY_MS) return;
      last = now;
      shown = true;
      const megabytes = (bytes: number) => `${Math.round(bytes / 1e6).toLocaleString("en")} MB`;
      const share = total === undefined ? "" : ` of ${megabytes(total)} (${Math.floor((100 * read) / total)} %)`;
      stream.write(`\r\x1b[Kreading ${megabytes(read)}${share}`);
    },
    clear() {
      if (shown) stream.write("\r\x1b[K");
      shown = false;
    },
  };
}
