import type { VegaLiteSpec } from "../../exports/vega-lite-spec.js";
import type { ReportTables } from "../../tables/tables.js";
import { chart } from "../charts/chart.js";
import { count, decimal, percent, seconds } from "../format.js";
import { headline, overview } from "../text.js";
import { svgIfAny, VEGA_LITE } from "./chart.js";
import { escaped, htmlImage, htmlTable } from "./html.js";
import type { MimeBundle } from "./mime-bundle.js";

/**
 * A result in a notebook: what ran, its summary, and calls in flight over time. JupyterLab and nbconvert take the HTML, which has all of it; what takes
 * Vega-Lite or SVG before that has what ran above the chart.
 */
export async function resultBundle(tables: ReportTables): Promise<MimeBundle> {
  const timeline = chart(tables, "timeline");
  const told = headline(tables);
  const text = overview(tables, {});
  const spec = withHeadline(timeline, told);
  // two pictures: in HTML what ran stands above, not in it
  const [svg, plain] = [await svgIfAny(spec), await svgIfAny(timeline)];
  const picture = plain === undefined ? `<pre>${escaped(text)}</pre>` : htmlImage(plain, "Calls in flight over time");
  return {
    [VEGA_LITE]: spec,
    ...(svg !== undefined && { "image/svg+xml": svg }),
    "text/html": [topOf(told), summaryOf(tables), picture].join("\n"),
    "text/plain": text,
  };
}

type Headline = ReturnType<typeof headline>;

function withHeadline(timeline: VegaLiteSpec, { title, sentences }: Headline): VegaLiteSpec {
  const own = timeline.title as { readonly subtitle: readonly string[] };
  return { ...timeline, title: { text: title, subtitle: [...sentences, ...own.subtitle] } };
}

const topOf = ({ title, sentences }: Headline): string =>
  `<p><strong>${escaped(title)}</strong><br>${escaped(sentences[0])}</p>`;

function summaryOf(tables: ReportTables): string {
  const figures = figuresOf(tables);
  return htmlTable([...figures.keys()], [[...figures.values()]]);
}

/** What the summary says, in the order of the question: how much ran, how much of it at once, what that cost. */
function figuresOf({ summary }: ReportTables): Map<string, string> {
  const s = summary.object() as Record<string, number>;
  return new Map([
    ["calls", count(s.calls)],
    ["time", seconds(s.makespan)],
    ["busy", percent(s.makespan > 0 ? s.busy_time / s.makespan : 0)],
    ["peak", count(s.peak)],
    ["mean", decimal(s.mean)],
    ["p50", count(s.p50)],
    ["p90", count(s.p90)],
    ["p99", count(s.p99)],
    [`spikes of ${count(s.threshold)} or more`, count(s.spikes)],
    ["time in spikes", seconds(s.spike_time)],
    ["mean latency", seconds(s.mean_latency)],
    ["tokens", count(s.total_tokens)],
  ]);
}
