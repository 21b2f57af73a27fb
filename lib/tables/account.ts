import { type Findings, type FindingCode } from "./diagnostics.js";
import type { Operations } from "./operations.js";
import { outsideParent } from "./outside-parents.js";

/** Adds what became of every row to the findings. O(rows). */
export function account(operations: Operations, findings: Findings): void {
  const { read, fates } = operations;
  findings.addRows(fates, (row, code) => ({ ...read.placeOf(row), example: exampleOf(operations, row, code) }));
}

function exampleOf(operations: Operations, row: number, code: FindingCode): string {
  if (code !== "folded" && code !== "outside_parent") return operations.describe(row, code);
  const { rows, closing, names, starts, ends } = operations;
  const opened = rows.indexOf(row);
  const i = opened >= 0 ? opened : closing.indexOf(row);
  const call = `${names.at(i) ?? "no name"}, ${starts[i]} to ${ends[i]}`;
  return code === "folded" ? call : `${call}, ${outsideParent(operations, i)}`;
}
