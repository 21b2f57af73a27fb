import { node } from "../files/node.js";
import type { Readable } from "../files/source.js";
import type { Trace } from "../tables/trace.js";
import { type LoadOptions, readTrace } from "./read-trace.js";

/**
 * Loads a trace: a file, several, a folder of them, or what a glob matches; or a document that was parsed already. JSON, CSV, Parquet or
 * Arrow, packed (gzip, zstd) or not: all is found out from the content. Several files are one trace.
 *
 * @param input paths (`-` is standard input), addresses (`http:`, `https:`), URLs, Files, Blobs, Responses, streams of bytes or
 *   Observable's FileAttachments, one or a list; or a parsed JSON document
 * @returns the trace, with what could not be used in `diagnostics`
 * @throws InputError, with file, row and field, if a file cannot be read or used; OptionError for a wrong mapping
 * @example
 * const trace = await loadTrace([{ start_time: 0, end_time: 2 }, { start_time: 1, end_time: 3 }]);
 * concurrencySpikeAnalysis(trace).summary.get("peak"); // 2
 */
export function loadTrace(input: Readable | readonly unknown[] | object, options: LoadOptions = {}): Promise<Trace> {
  return readTrace(input, options, node);
}
