import type { Trace } from "../tables/trace.js";
import { progressLine } from "./progress.js";

/** Loads a trace and tells how far it is, on standard error. */
export async function load(files: readonly string[], columns: string | undefined): Promise<Trace> {
  const { loadTrace } = await import("../formats/load.js");
  const line = progressLine(process.stderr);
  try {
    return await loadTrace(files, { progress: line.progress, ...(columns !== undefined && { columns }) });
  } finally {
    line.clear();
  }
}
