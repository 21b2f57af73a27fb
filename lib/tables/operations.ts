import type { FindingCode } from "./diagnostics.js";
import type { Reader } from "./read.js";
import type { TextColumn } from "./text-column.js";

/** Operations of every kind, by columns, before the chosen ones become calls. */
export interface Operations {
  /** the table they come from */
  readonly read: Reader;
  /** the row of each in that table: of its START where there are two */
  readonly rows: Int32Array;
  /** the row that closes each, −1 where it never ended; its tokens are those of the operation */
  readonly closing: Int32Array;
  readonly examples: Int32Array;
  readonly kinds: TextColumn;
  readonly names: TextColumn;
  readonly uuids: TextColumn;
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  readonly statuses: TextColumn;
  /** the parent of each as the source tells it, −1 for none; undefined where it has to be guessed */
  readonly parents: Int32Array | undefined;
  /** whether the source is a table of calls, where one without a parent has none */
  readonly parentsStated?: boolean;
  /** the order of siblings where the pairing fixes it; undefined: by time */
  readonly order: Int32Array | undefined;
  /** the reference's zero for tokens that an END does not tell */
  readonly missingTokens: number;
  /** what became of each row of the table, a `Code` each; what comes later may change it */
  readonly fates: Uint8Array;
  /** what stands in a row, for who is told of its fate */
  readonly describe: (row: number, code: FindingCode) => string;
}
