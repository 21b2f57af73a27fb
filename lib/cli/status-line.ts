/** Milliseconds between two looks at a line. */
const EVERY_MS = 200;

/** A terminal, or what is not one. */
export type Stream = Pick<NodeJS.WriteStream, "columns" | "isTTY"> & { write(text: string): unknown };

/** A line that is written over again and again; `clear` takes it away. */
export interface StatusLine {
  /** Writes a text, cut at the width; nothing where the last one stands for less than a moment, or on what is no terminal. */
  show(text: () => string, time: number): void;
  clear(): void;
}

/** A line of a terminal that tells how far something is. */
export function statusLine(stream: Stream): StatusLine {
  let shown = false;
  let last = -Infinity;
  return {
    show(text, time) {
      if (!stream.isTTY || time - last < EVERY_MS) return;
      last = time;
      shown = true;
      stream.write(`\r\x1b[K${text().slice(0, (stream.columns || 80) - 1)}`);
    },
    clear() {
      if (shown) stream.write("\r\x1b[K");
      shown = false;
    },
  };
}
