import type { ColumnTable } from "arquero";
import type { VegaLiteSpec } from "../../exports/vega-lite-spec.js";
import { Reader } from "../../tables/read.js";
import { count, counted, seconds } from "../format.js";
import { emptyChart, frame } from "./frame.js";
import { levelBins } from "./level-bins.js";
import { type ChartOptions, resolveChartOptions } from "./options.js";
import { themes } from "./theme.js";
import { roundTo } from "./round.js";
import { unitFor } from "./unit.js";

const TITLE = "Latency by calls in flight";

/**
 * A chart of the mean latency at each level of concurrency, above the number of calls that it is the mean of. Where there are too many
 * levels for a bar each, a bar is the mean over the calls of several, and the subtitle says so. O(levels).
 *
 * @param latency a `latency_by_concurrency` table, its levels ascending
 * @returns a Vega-Lite specification with the data in it
 * @throws TableError if a column is missing; OptionError for a wrong option
 * @example
 * const latency = table({ concurrency: [1, 2], calls: [3, 1], mean_latency: [0.5, 0.75] });
 * latencyChart(latency).data; // { values: [{ concurrency: 1, calls: 3, latency: 500, levels: "1" }, { concurrency: 2, calls: 1, latency: 750, levels: "2" }] }
 */
export function latencyChart(latency: ColumnTable, options: ChartOptions = {}): VegaLiteSpec {
  const resolved = resolveChartOptions(options);
  const { width, height = 200, theme } = resolved;
  const read = new Reader(latency, "latencyChart");
  const levels = read.ints("concurrency");
  const counts = read.ints("calls");
  const means = read.numbers("mean_latency");
  if (levels.length === 0) return emptyChart(TITLE, "No call has a place in time.", resolved);

  const bins = levelBins(levels, width, "calls in flight at the midpoint of a call");
  const sums = new Float64Array(bins.lows.length);
  const calls = new Float64Array(bins.lows.length);
  means.forEach((mean, i) => {
    sums[bins.binOf[i]] += mean * counts[i];
    calls[bins.binOf[i]] += counts[i];
  });
  const averages = sums.map((sum, k) => sum / calls[k]);
  const most = averages.reduce((max, mean) => (Number.isFinite(mean) ? Math.max(max, mean) : max), 0);
  const unit = unitFor(most);
  const round = roundTo((most || 1) / unit.size / height / 100);
  const values = bins.lows.map((low, k) => ({
    concurrency: low,
    calls: calls[k],
    latency: Number.isFinite(averages[k]) ? round(averages[k] / unit.size) : null,
    levels: bins.label(low),
  }));

  const all = calls.reduce((sum, n) => sum + n, 0);
  const total = sums.reduce((sum, time) => sum + time, 0);
  const subtitle = [`${counted(all, "call")}, ${seconds(total / all)} on average`];
  if (bins.step > 1)
    subtitle.push(`${count(levels.length)} levels shown as ${count(values.length)} means over ${bins.step}`);

  const latencyTitle = `mean latency (${unit.name})`;
  const tooltip = [
    { field: "levels", type: "nominal", title: "calls in flight" },
    { field: "latency", type: "quantitative", title: latencyTitle },
    { field: "calls", type: "quantitative", title: "calls", format: "," },
  ];
  const ticksOf = (height: number) => Math.max(2, Math.round(height / 50));
  const panel = (field: string, title: string, height: number, color: string, x: unknown, axis: object) => ({
    width,
    height,
    transform: bins.transform,
    mark: { type: "rect", color, tooltip: true },
    encoding: {
      x,
      x2: { field: "right" },
      y: {
        field,
        type: "quantitative",
        title,
        scale: { nice: ticksOf(height) },
        axis: { tickCount: ticksOf(height), ...axis },
      },
      y2: { datum: 0 },
      tooltip,
    },
  });
  const colours = themes[theme];
  const whole = { tickMinStep: 1, format: ",d" };
  const bare = { ...bins.x, title: null, axis: { ...(bins.x.axis as object), labels: false } };
  return frame({ text: TITLE, subtitle }, resolved, {
    data: { values },
    spacing: 14,
    vconcat: [
      panel("latency", latencyTitle, height, colours.line, bare, {}),
      panel("calls", "calls", Math.ceil(height * 0.4), colours.other, bins.x, whole),
    ],
  });
}
