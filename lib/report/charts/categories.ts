import type { Reader } from "../../tables/read.js";
import type { Theme } from "./theme.js";

const OTHER = "other";
/** These have the same colour in every chart. */
const KINDS: readonly string[] = ["LLM", "TOOL"];

/** Which colour a call has, and how Vega-Lite is told. */
export interface Categories {
  readonly of: (call: number) => string;
  /** whether any call has a kind or name */
  readonly known: boolean;
  readonly scale: { readonly domain: readonly string[]; readonly range: readonly string[] };
}

/**
 * A colour for each kind, or each name, of calls; the rarest share one where there are more than colours. LLM and TOOL have the same colour
 * in every chart.
 *
 * @param calls positions of the rows that are drawn
 */
export function categories(by: "kind" | "name", calls: Int32Array, read: Reader, theme: Theme): Categories {
  const textOf = read.maybeTextAt(by === "kind" ? "operation_type" : "operation_name");
  const counts = new Map<string, number>(by === "kind" ? KINDS.map((kind) => [kind, 0]) : []);
  for (const call of calls) {
    const text = textOf(call);
    if (text !== null) counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const rank = (text: string) => (by === "kind" && KINDS.includes(text) ? KINDS.indexOf(text) : KINDS.length);
  const sorted = [...counts].sort(([a, m], [b, n]) => rank(a) - rank(b) || n - m || (a < b ? -1 : 1));
  const colours = new Map(sorted.slice(0, theme.categories.length).map(([text], k) => [text, theme.categories[k]]));
  const of = (call: number): string => {
    const text = textOf(call);
    return text !== null && colours.has(text) ? text : OTHER;
  };
  const used = new Set(Array.from(calls, of));
  const domain = [...colours.keys(), OTHER].filter((text, k, all) => used.has(text) && all.indexOf(text) === k);
  return {
    of,
    known: domain.some((text) => colours.has(text)),
    scale: { domain, range: domain.map((text) => colours.get(text) ?? theme.other) },
  };
}
