/** Writes pieces to a stream, waiting where it is full; stops where the reader has gone. */
export async function write(stream: NodeJS.WriteStream, pieces: Iterable<string | Uint8Array>): Promise<void> {
  for (const piece of pieces) {
    if (stream.destroyed || stream.errored) return;
    if (!stream.write(piece)) {
      await new Promise<void>((resolve) => {
        const done = () => {
          stream.off("drain", done).off("close", done).off("error", done);
          resolve();
        };
        stream.on("drain", done).on("close", done).on("error", done);
      });
    }
  }
}
