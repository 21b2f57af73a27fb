/** Writes pieces to a stream, each when the last has gone out; stops where the reader has gone. */
export async function write(stream: NodeJS.WriteStream, pieces: Iterable<string | Uint8Array>): Promise<void> {
  // standard output is never destroyed, so that only what becomes of each piece tells of a closed pipe
  const taken = (piece: string | Uint8Array) =>
    new Promise<boolean>((resolve) => {
      stream.write(piece, (error) => {
        resolve(!error);
      });
    });
  for (const piece of pieces) if (!(await taken(piece))) return;
}
