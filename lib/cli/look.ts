import type { ReportLook } from "../report/text.js";

/** What a stream is taken to hold that is no terminal; wider ones get no longer lines, so that a pipe and a terminal read the same. */
const WIDEST = 80;

type Stream = Pick<NodeJS.WriteStream, "columns" | "isTTY" | "hasColors">;

/** How a report looks on a stream: in colour on a terminal that has it, or where FORCE_COLOR says so, but never under NO_COLOR. */
export function lookOf(stream: Stream, env: NodeJS.ProcessEnv = process.env): Required<ReportLook> {
  return { width: widthOf(stream), colour: coloured(stream, env) };
}

/** How many characters a line on a stream may have. */
export const widthOf = ({ columns }: Pick<Stream, "columns">): number => Math.min(columns || WIDEST, WIDEST);

function coloured(stream: Stream, env: NodeJS.ProcessEnv): boolean {
  if ((env.NO_COLOR ?? "") !== "") return false;
  if (env.FORCE_COLOR !== undefined) return !["0", "false"].includes(env.FORCE_COLOR);
  return stream.isTTY && stream.hasColors(env);
}
