import type { TextColumn } from "../tables/text-column.js";

/** The span of Claude Code in which a tool runs. Round it stands the span of the tool, which waits for permission too. */
export const executionSpan = "claude_code.tool.execution";
/** The kind of such spans until all spans are there. */
export const executionKind = executionSpan.toUpperCase();
/** The kind of a tool's span that is not counted, since what runs in it is. */
const ROUND_EXECUTION = "CLAUDE_CODE.TOOL";

interface Spans {
  readonly example_number: Int32Array;
  readonly uuid: TextColumn;
  readonly parent_uuid: TextColumn;
  readonly operation_type: TextColumn;
  readonly operation_name: TextColumn;
}

/**
 * Makes executions the tools that count, in place: with the name that the span of the tool has, where they have none. A tool's span without
 * an execution in it stays a tool. They may stand in any order, and in several files. O(n).
 *
 * @param executions where they stand
 */
export function countExecutions(spans: Spans, executions: readonly number[]): void {
  if (executions.length === 0) return;
  const { operation_type: kinds, operation_name: names } = spans;
  const [tool, round] = ["TOOL", ROUND_EXECUTION].map((kind) => kinds.dictionary.addText(kind));
  const unnamed = names.dictionary.addText(executionSpan);
  const key = (row: number, id: TextColumn) => `${spans.example_number[row]} ${id.at(row)}`;

  const wanted = new Set(executions.map((row) => key(row, spans.parent_uuid)));
  const tools = new Map<string, number>();
  for (let row = 0; row < kinds.length; row++) {
    if (kinds.codes[row] !== tool) continue;
    const own = key(row, spans.uuid);
    if (wanted.has(own)) tools.set(own, row);
  }
  for (const row of executions) {
    kinds.codes[row] = tool;
    const above = tools.get(key(row, spans.parent_uuid));
    if (above === undefined) continue;
    kinds.codes[above] = round;
    if (names.codes[row] === unnamed) names.codes[row] = names.codes[above];
  }
}
