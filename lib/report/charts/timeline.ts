import type { ColumnTable } from "arquero";
import type { VegaLiteSpec } from "../../exports/vega-lite-spec.js";
import { type Steps, stepExtremes } from "../../kernels/step-extremes.js";
import { readSegments, type Segments } from "../../tables/segments.js";
import { count, counted } from "../format.js";
import { emptyChart, frame } from "./frame.js";
import { levelAxis } from "./level-axis.js";
import { type ChartOptions, resolveChartOptions } from "./options.js";
import { themes } from "./theme.js";
import { thresholdLayers } from "./threshold-layers.js";
import { timeAxis } from "./time-axis.js";

export interface TimelineOptions extends ChartOptions {
  /** concurrency from which on a segment is a spike; none is marked if left out */
  readonly threshold?: number;
}

export const TITLE = "Calls in flight over time";

/**
 * A chart of the calls in flight over time, a step for each segment, with the spikes filled and the threshold as a line. Where there are
 * more than two segments for a pixel column, each column shows the lowest and the highest level in it, so that every peak is kept, and the
 * subtitle says so. What has no end or no beginning is cut where the next segment stands. O(segments).
 *
 * @param segments a `segments` table, in the order of time; where it has gaps, nothing is in flight
 * @returns a Vega-Lite specification with the data in it
 * @throws TableError if a column is missing; OptionError for a wrong option
 * @example
 * const segments = buildConcurrencySegments(table({ start_time: [0, 1], end_time: [2, 3] }));
 * timelineChart(segments, { threshold: 2 }).data; // { values: [{ time: 0, concurrency: 1 }, { time: 1, concurrency: 2 }, { time: 2, concurrency: 1 }, { time: 3, concurrency: 0 }] }
 */
export function timelineChart(segments: ColumnTable, options: TimelineOptions = {}): VegaLiteSpec {
  const resolved = resolveChartOptions(options);
  const { width, height = 240, theme, threshold } = resolved;
  const steps = stepsOf(readSegments(segments, "timelineChart"));
  const size = steps.levels.length - 1; // the last step only ends the one before
  if (size < 1) return emptyChart(TITLE, "No call has a place in time.", resolved);

  const [from, to] = [steps.times[0], steps.times[size]];
  const shown = size > 2 * width ? reduced(steps, width) : steps;
  const axis = timeAxis("time", from, to, width);
  const colours = themes[theme];
  const peak = steps.levels.reduce((most, level) => Math.max(most, level), 0);
  const y = levelAxis(peak, threshold, height);
  const layer: unknown[] = [
    {
      mark: {
        type: "area",
        interpolate: "step-after",
        color: colours.fill,
        line: { color: colours.line, strokeWidth: 1 },
      },
      encoding: { x: axis.x, y },
    },
  ];
  if (threshold !== undefined) layer.push(...thresholdLayers(threshold, axis.x, y, width, colours));
  const subtitle = [subtitleOf(steps, peak, threshold)];
  if (shown !== steps) {
    subtitle.push(
      `${counted(size, "segment")} shown as ${counted(shown.levels.length - 1, "step")}; every peak is kept`,
    );
  }
  return frame({ text: TITLE, subtitle }, resolved, {
    width,
    height,
    data: { values: Array.from(shown.levels, (concurrency, k) => ({ time: axis.at(shown.times[k]), concurrency })) },
    layer,
  });
}

function subtitleOf({ levels }: Steps, peak: number, threshold: number | undefined): string {
  const most = `${count(peak)} at the peak`;
  if (threshold === undefined) return most;
  let spikes = 0;
  for (let k = 0; k + 1 < levels.length; k++) spikes += Number(levels[k] >= threshold);
  return `${most}; ${counted(spikes, "spike")} of ${count(threshold)} or more`;
}

/** The levels from their times on, 0 in gaps and behind the last segment; only what has both bounds. */
function stepsOf({ starts, ends, levels }: Segments): Steps {
  const times: number[] = [];
  const found: number[] = [];
  let end = NaN;
  for (let i = 0; i < levels.length; i++) {
    if (!(Number.isFinite(starts[i]) && Number.isFinite(ends[i]))) continue;
    if (starts[i] > end) {
      times.push(end);
      found.push(0);
    }
    times.push(starts[i]);
    found.push(levels[i]);
    end = ends[i];
  }
  if (times.length > 0) {
    times.push(end);
    found.push(0);
  }
  return { times: Float64Array.from(times), levels: Int32Array.from(found) };
}

function reduced({ times, levels }: Steps, columns: number): Steps {
  const n = levels.length - 1;
  const seen = stepExtremes(times.subarray(0, n), levels.subarray(0, n), times[n], columns);
  return { times: Float64Array.of(...seen.times, times[n]), levels: Int32Array.of(...seen.levels, 0) };
}
