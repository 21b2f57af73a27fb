import type { ColumnTable } from "arquero";
import type { VegaLiteSpec } from "../../exports/vega-lite-spec.js";
import { foldBins } from "../fold-bins.js";
import { count, counted } from "../format.js";
import { emptyChart, frame } from "./frame.js";
import { levelAxis } from "./level-axis.js";
import { resolveChartOptions } from "./options.js";
import { roundTo } from "./round.js";
import { themes } from "./theme.js";
import { thresholdLayers } from "./threshold-layers.js";
import { timeAxis } from "./time-axis.js";
import { TITLE, type TimelineOptions } from "./timeline.js";

/** Means are kept to this part of a pixel. */
const PIXEL_PART = 0.01;

/**
 * A chart of the calls in flight over time where there are no segments but bins: the most in each stretch of time as a step, those at or
 * above the threshold filled, and the mean as a line. Where there are more than two stretches for a pixel column, neighbours are one.
 * O(bins).
 *
 * @param bins a `bins` table
 * @returns a Vega-Lite specification with the data in it
 * @throws TableError if a column is missing; OptionError for a wrong option
 * @example
 * const segments = buildConcurrencySegments(table({ start_time: [0, 1], end_time: [4, 2] }));
 * binsTimelineChart(timeBins(segments, 2)).data.values[0]; // { time: 0, concurrency: 2, mean: 1.5 }
 */
export function binsTimelineChart(bins: ColumnTable, options: TimelineOptions = {}): VegaLiteSpec {
  const resolved = resolveChartOptions(options);
  const { width, height = 240, theme, threshold } = resolved;
  const { starts, end, means, peaks } = foldBins(bins, 2 * width, "binsTimelineChart");
  const size = peaks.length;
  if (size === 0) return emptyChart(TITLE, "No call lasts, or one lasts forever.", resolved);

  const colours = themes[theme];
  const peak = peaks.reduce((most, level) => Math.max(most, level), 0);
  const { at, x } = timeAxis("time", starts[0], end, width);
  const y = levelAxis(peak, threshold, height);
  const round = roundTo((Math.max(peak, 1) / height) * PIXEL_PART);
  const steps = Array.from(peaks, (concurrency, k) => ({ time: at(starts[k]), concurrency, mean: round(means[k]) }));
  // the last step only ends the one before
  const values = [...steps, { time: at(end), concurrency: 0, mean: round(means[size - 1]) }];

  const above = threshold === undefined ? 0 : peaks.filter((level) => level >= threshold).length;
  const most = `${count(peak)} at the peak`;
  const subtitle = [
    threshold === undefined
      ? most
      : `${most}; ${count(threshold)} or more in ${counted(above, "stretch", "stretches")}`,
    `the most and the mean in each of ${counted(size, "stretch", "stretches")} of time`,
  ];
  return frame({ text: TITLE, subtitle }, resolved, {
    width,
    height,
    data: { values },
    layer: [
      { mark: { type: "area", interpolate: "step-after", color: colours.fill }, encoding: { x, y } },
      ...(threshold === undefined ? [] : thresholdLayers(threshold, x, y, width, colours)),
      {
        mark: { type: "line", interpolate: "step-after", color: colours.mark, strokeWidth: 1 },
        encoding: { x, y: { ...y, field: "mean" } },
      },
    ],
  });
}
