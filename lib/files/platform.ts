import type { Source } from "./source.js";

/** What reading asks of the machine: `node.ts` has it for Node and Deno, `browser.ts` for browsers. */
export interface Platform {
  /** The files that a path stands for. */
  readonly files: (path: string | URL) => Promise<Source[]>;
  /** Unpacks gzip; a chunk need only be there until the next one is asked for. */
  readonly gunzip: (chunks: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;
  readonly json: JsonBytes;
}

/** How JSON is held and parsed. */
export interface JsonBytes {
  /** So many bytes, all 0, of the kind that is searched fastest. */
  readonly alloc: (length: number) => Uint8Array;
  /** The value of JSON in UTF-8; undefined where it is no JSON, or no UTF-8. */
  readonly parse: (bytes: Uint8Array, from: number, to: number) => unknown;
}
