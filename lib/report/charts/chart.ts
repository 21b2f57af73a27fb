import type { ColumnTable } from "arquero";
import type { VegaLiteSpec } from "../../exports/vega-lite-spec.js";
import { OptionError } from "../../errors.js";
import type { ReportTables } from "../../tables/tables.js";
import { binsTimelineChart } from "./bins-timeline.js";
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
 * another is given. Where there are no segments, it is drawn of bins.
 *
 * @param tables the tables of a result; the lanes need calls
 * @returns a Vega-Lite specification with the data in it, to be drawn by `svgOf`, `pngOf`, or whatever reads Vega-Lite
 * @throws OptionError for a chart that is not known or needs a table that is not there, or a wrong option
 * @example
 * const { tables } = concurrencySpikeAnalysis(table({ start_time: [0, 1], end_time: [2, 3] }));
 * chart(tables, "timeline", { theme: "dark" }).title.text; // "Calls in flight over time"
 */
export function chart(tables: ReportTables, name: ChartName, options: AnyChartOptions = {}): VegaLiteSpec {
  switch (name) {
    case "timeline":
      return timelineOf(tables, options);
    case "distribution":
      return distributionChart(tables.distribution, options);
    case "latency":
      return latencyChart(tables.latency_by_concurrency, options);
    case "lanes":
      return lanesChart(needed(tables, "lanes", "calls"), options);
    default:
      throw new OptionError("chart", `must be ${chartNames.join(", ")}, not ${JSON.stringify(name)}.`);
  }
}

function timelineOf(tables: ReportTables, given: AnyChartOptions): VegaLiteSpec {
  const options = { ...given, threshold: given.threshold ?? (tables.summary.get("threshold", 0) as number) };
  if (!tables.segments && tables.bins) return binsTimelineChart(tables.bins, options);
  return timelineChart(needed(tables, "timeline", "segments"), options);
}

/** @throws OptionError for a chart of a table that is not there */
function needed(tables: ReportTables, chart: ChartName, name: "calls" | "segments"): ColumnTable {
  const found = tables[name];
  if (found) return found;
  const or = name === "segments" ? " or `bins`" : "";
  throw new OptionError("chart", `is ${chart}, which needs \`${name}\`${or}: analyse in memory, where they are made.`);
}
