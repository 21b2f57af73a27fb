/** Ctrl-C: what ran was stopped. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";

  constructor() {
    super("stopped; nothing was written.");
  }
}
