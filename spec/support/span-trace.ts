import { loadTrace, type SpanTrace } from "../../lib/index.js";

/** A file, or documents, in a format of spans. */
export const spanTrace = async (input: string | object): Promise<SpanTrace> => (await loadTrace(input)) as SpanTrace;
