import type { VegaLiteSpec } from "../../exports/vega-lite-spec.js";
import { OptionError } from "../../errors.js";
import type { ResultTables } from "../../tables/tables.js";
import { distributionChart } from "./distribution.js";
import { lanesChart, type LanesOptions } from "./lanes.js";
import { latencyChart } from "./latency.js";
import { timelineChart, type TimelineOptions } from "./timeline.js";

/** The charts there are, in reading order. */
export const chartNames = ["timeline", "distribution", "latency", "lanes"] as const;
/** The name of a chart. */
export type ChartName = (typeof chartNames)[number];

/** The options of all charts; each takes what concerns it. */
export type AnyChartOptions = TimelineOptions & LanesOptions;

/**
 * A chart by its name: `timeline`, `distribution`, `latency` or `lanes`. The threshold of the timeline is that of the summary, unless
 * another is given.
 *
 * @param tables the tables of a result
 * @returns a Vega-Lite specification with the data in it, to be drawn by `svgOf`, `pngOf`, or whatever reads Vega-Lite
 * @throws OptionError for a chart that is not known, or a wrong option
 * @example
 * const { tables } = concurrencySpikeAnalysis(table({ start_time: [0, 1], end_time: [2, 3] }));
 * chart(tables, "timeline", { theme: "dark" }).title.text; // "Calls in flight over time"
 */
export function chart(tables: ResultTables, name: ChartName, options: AnyChartOptions = {}): VegaLiteSpec {
  switch (name) {
    case "timeline":
      return timelineChart(tables.segments, {
        ...options,
        threshold: options.threshold ?? (tables.summary.get("threshold", 0) as number),
      });
    case "distribution":
      return distributionChart(tables.distribution, options);
    case "latency":
      return latencyChart(tables.latency_by_concurrency, options);
    case "lanes":
      return lanesChart(tables.calls, options);
    default:
      throw new OptionError("chart", `must be ${chartNames.join(", ")}, not ${JSON.stringify(name)}.`);
  }
}
