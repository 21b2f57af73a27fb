import { browser } from "../files/browser.js";
import type { Readable } from "../files/source.js";
import type { Trace } from "../tables/trace.js";
import { type LoadOptions, readTrace } from "./read-trace.js";

/**
 * Loads a trace in a browser: a File, a Blob, what is fetched from an address, or a document that was parsed already. JSON, CSV, Parquet or
 * Arrow, packed (gzip of one member, zstd) or not: all is found out from the content. Several files are one trace.
 *
 * @param input addresses (a path is one, beside that of the page), URLs, Files, Blobs, Responses, streams of bytes or Observable's
 *   FileAttachments, one or a list; or a parsed JSON document
 * @returns the trace, with what could not be used in `diagnostics`
 * @throws InputError, with file, row and field, if a file cannot be read or used; OptionError for a wrong mapping
 */
export function loadTrace(input: Readable | readonly unknown[] | object, options: LoadOptions = {}): Promise<Trace> {
  return readTrace(input, options, browser);
}
