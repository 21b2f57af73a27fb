import type { ColumnTable } from "arquero";
import { Reader } from "../tables/read.js";
import type { Text } from "../tables/text-column.js";

/** An operation with the operation that it runs in. */
export interface NatOperation {
  readonly kind: string;
  readonly name: Text;
  readonly uuid: Text;
  readonly parent: NatOperation | undefined;
  readonly start: number;
  /** NaN where it never ended */
  readonly end: number;
  readonly prompt: number;
  readonly completion: number;
  readonly total: number;
}

/** A START or an END, as NAT writes down what happens. */
export interface NatStep {
  readonly operation: NatOperation;
  readonly ended: boolean;
  readonly time: number;
}

/**
 * The steps of each example of a table of spans or calls, examples ascending, steps in the order of time. At one instant what ends comes
 * before what starts, the inner before the outer; what starts, in the order of the rows. Rows without a start are left out. O(n log n).
 *
 * @param spans a table that holds its examples whole
 * @throws TableError if a needed column is missing
 */
export function* natSteps(spans: ColumnTable, caller: string): Generator<[example: number, steps: NatStep[]]> {
  const read = new Reader(spans, caller);
  const examples = read.ints("example_number");
  const starts = read.numbers("start_time");
  const rows = new Map<number, number[]>();
  examples.forEach((example, row) => {
    if (!Number.isFinite(starts[row])) return;
    const known = rows.get(example);
    if (known) known.push(row);
    else rows.set(example, [row]);
  });
  const operationsOf = operationReader(read);
  // one by one: the steps of one example are gone before those of the next are made
  for (const [example, of] of [...rows].sort(([a], [b]) => a - b)) yield [example, inOrder(operationsOf(of))];
}

/** Reads the operations in some rows of a table, all of one example. */
function operationReader(read: Reader): (rows: readonly number[]) => NatOperation[] {
  const kindAt = read.textAt("operation_type");
  const nameAt = read.maybeTextAt("operation_name");
  const uuidAt = read.maybeTextAt("uuid");
  const parentAt = read.maybeTextAt("parent_uuid");
  const starts = read.numbers("start_time");
  const ends = read.numbers("end_time");
  const statusAt = read.maybeTextAt("status");
  const prompts = read.maybeNumbers("prompt_tokens");
  const completions = read.maybeNumbers("completion_tokens");
  const totals = read.maybeNumbers("total_tokens");
  return (rows) => {
    const known = new Map<Text, NatOperation>();
    const operations = rows.map((i) => {
      const operation = {
        kind: (kindAt(i) ?? "SPAN").toUpperCase(),
        name: nameAt(i),
        uuid: uuidAt(i),
        parent: undefined as NatOperation | undefined,
        start: starts[i],
        end: statusAt(i) === "unfinished" ? NaN : ends[i],
        prompt: prompts[i],
        completion: completions[i],
        total: totals[i],
      };
      if (operation.uuid !== null && !known.has(operation.uuid)) known.set(operation.uuid, operation);
      return operation;
    });
    // a parent may stand below its children
    operations.forEach((operation, k) => (operation.parent = known.get(parentAt(rows[k]))));
    return operations;
  };
}

function inOrder(operations: readonly NatOperation[]): NatStep[] {
  const steps: (NatStep & { readonly rank: number })[] = [];
  operations.forEach((operation, i) => {
    const { start, end } = operation;
    steps.push({ operation, ended: false, time: start, rank: i });
    // what takes no time ends after its own start, before the next one's
    if (Number.isFinite(end)) steps.push({ operation, ended: true, time: end, rank: end > start ? -1 - i : i + 0.5 });
  });
  return steps.sort((a, b) => a.time - b.time || a.rank - b.rank);
}
