import type { VegaLiteSpec } from "../../lib/index.js";

type Row = Readonly<Record<string, unknown>>;

/** The rows that a chart is drawn from. */
export const dataOf = (spec: VegaLiteSpec): readonly Row[] => (spec.data as { values: Row[] }).values;

export const subtitleOf = (spec: VegaLiteSpec): readonly string[] => (spec.title as { subtitle: string[] }).subtitle;
