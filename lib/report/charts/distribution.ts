import type { ColumnTable } from "arquero";
import type { VegaLiteSpec } from "../../exports/vega-lite-spec.js";
import { computePercentiles } from "../../tables/percentiles.js";
import { Reader } from "../../tables/read.js";
import { count, percent, seconds } from "../format.js";
import { emptyChart, frame } from "./frame.js";
import { levelBins } from "./level-bins.js";
import { type ChartOptions, resolveChartOptions } from "./options.js";
import { type Marker, placeMarkers } from "./percentile-markers.js";
import { themes } from "./theme.js";
import { roundTo } from "./round.js";
import { unitFor } from "./unit.js";

const TITLE = "Time by calls in flight";

/**
 * A chart of the time at each level of concurrency, idle time included, with p50, p90, p95 and p99 of it marked. Where there are too many
 * levels for a bar each, a bar is the sum over several, and the subtitle says so. Endless time, which has no bar, is left out. O(levels).
 *
 * @param distribution a `distribution` table, its levels ascending
 * @returns a Vega-Lite specification with the data in it
 * @throws TableError if a column is missing; OptionError for a wrong option
 * @example
 * const distribution = computeConcurrencyDistribution(table({ start_time: [0, 1], end_time: [2, 3] }));
 * distributionChart(distribution).data; // { values: [{ concurrency: 1, time: 2, levels: "1", share: "66.7 %" }, { concurrency: 2, time: 1, levels: "2", share: "33.3 %" }] }
 */
export function distributionChart(distribution: ColumnTable, options: ChartOptions = {}): VegaLiteSpec {
  const resolved = resolveChartOptions(options);
  const { width, height = 240, theme } = resolved;
  const read = new Reader(distribution, "distributionChart");
  const levels = read.ints("concurrency");
  const totals = read.numbers("total_time").map((time) => (Number.isFinite(time) ? time : 0));
  if (levels.length === 0) return emptyChart(TITLE, "No call has a place in time.", resolved);

  const bins = levelBins(levels, width, "calls in flight");
  const times = new Float64Array(bins.lows.length);
  totals.forEach((time, i) => (times[bins.binOf[i]] += time));
  const all = times.reduce((sum, time) => sum + time, 0);
  const most = times.reduce((max, time) => Math.max(max, time), 0);
  const unit = unitFor(most);
  const round = roundTo((most || 1) / unit.size / height / 100);
  const values = bins.lows.map((low, k) => ({
    concurrency: low,
    time: round(times[k] / unit.size),
    levels: bins.label(low),
    share: percent(all > 0 ? times[k] / all : 0),
  }));
  const markers = markersOf(distribution, bins.x.scale as { domain: [number, number] }, width);
  const colours = themes[theme];

  const subtitle = [`${seconds(all)} in all; percentiles of all time, idle time included`];
  if (bins.step > 1)
    subtitle.push(`${count(levels.length)} levels shown as ${count(values.length)} sums of ${bins.step}`);
  return frame({ text: TITLE, subtitle }, resolved, {
    width,
    height,
    data: { values },
    layer: [
      {
        transform: bins.transform,
        mark: { type: "rect", color: colours.line, tooltip: true },
        encoding: {
          x: bins.x,
          x2: { field: "right" },
          y: {
            field: "time",
            type: "quantitative",
            title: `time (${unit.name})`,
            axis: { tickCount: Math.round(height / 50) },
          },
          y2: { datum: 0 },
          tooltip: [
            { field: "levels", type: "nominal", title: "calls in flight" },
            { field: "time", type: "quantitative", title: `time (${unit.name})` },
            { field: "share", type: "nominal", title: "share of the time" },
          ],
        },
      },
      {
        data: { values: markers },
        encoding: { x: { field: "concurrency", type: "quantitative" } },
        layer: [
          {
            mark: { type: "rule", color: colours.mark, strokeDash: [4, 3] },
            encoding: { y: { field: "top", type: "quantitative", scale: null }, y2: { value: height } },
          },
          {
            mark: { type: "text", color: colours.text, fontSize: 11, baseline: "bottom", align: "left", dx: -3 },
            encoding: {
              y: { field: "top", type: "quantitative", scale: null },
              text: { field: "label", type: "nominal" },
            },
          },
        ],
      },
    ],
  });
}

function markersOf(
  distribution: ColumnTable,
  { domain: [from, to] }: { readonly domain: readonly [number, number] },
  width: number,
): readonly Marker[] {
  const read = new Reader(computePercentiles(distribution), "distributionChart");
  return placeMarkers(
    read.numbers("percentile"),
    read.ints("concurrency"),
    (level) => ((level - from) / (to - from)) * width,
  );
}
