// tables show themselves in a notebook; a bundler would leave that out, for nothing is imported of it
import "./report/display/table.js";

export { concurrencySpikeAnalysis, ConcurrencySpikeResult } from "./analyze.js";
export { EngineError, InputError, OptionError, type Place, TableError } from "./errors.js";
export type { EngineOptions } from "./engines/options.js";
export {
  type SqlDialect,
  sqlDialects,
  type SqlTable,
  sqlTables,
  tableSql,
  type TableSqlOptions,
} from "./engines/table-sql.js";
export { type SqlView, sqlViews, viewSql, type ViewSqlOptions } from "./engines/view-sql.js";
export { svgOf } from "./exports/svg.js";
export type { VegaLiteSpec } from "./exports/vega-lite-spec.js";
export { fromArrow, toArrow } from "./exports/arrow.js";
export { type Danfo, type DanfoFrame, fromDanfo } from "./exports/danfo.js";
export { fromDuckDB, toDuckDB } from "./exports/duckdb.js";
export { toDanfo } from "./exports/to-danfo-in-browser.js";
export { type ColumnMap, parseColumns } from "./formats/columns.js";
export type { Progress } from "./files/bytes.js";
export type { Attachment, Readable } from "./files/source.js";
export { loadTrace } from "./formats/load-in-browser.js";
export type { LoadOptions } from "./formats/read-trace.js";
export type { TimeUnit } from "./formats/times.js";
export type { ArrivalKind } from "./generate/arrivals.js";
export { generateTrace, truthOf } from "./generate/generate-trace.js";
export type { Incident, IncidentKind } from "./generate/incidents.js";
export type { GenerateOptions, ResolvedGenerateOptions } from "./generate/options.js";
export type { ModelProfile, ToolProfile } from "./generate/profiles.js";
export type { Truth } from "./generate/truth.js";
export { printCallTree } from "./report/call-tree.js";
export { type AnyChartOptions, chart, type ChartName, chartNames } from "./report/charts/chart.js";
export { binsTimelineChart } from "./report/charts/bins-timeline.js";
export { distributionChart } from "./report/charts/distribution.js";
export { lanesChart, type LanesOptions } from "./report/charts/lanes.js";
export { latencyChart } from "./report/charts/latency.js";
export type { ChartOptions } from "./report/charts/options.js";
export { timelineChart, type TimelineOptions } from "./report/charts/timeline.js";
export type { Displayed, MimeBundle } from "./report/display/mime-bundle.js";
export { show } from "./report/display/show.js";
export { inspectReport } from "./report/inspect.js";
export type { ConcurrencyFields, ConcurrencyJson, SpikeJson } from "./report/json.js";
export { type ReportInput, type ReportLook, textReport } from "./report/text.js";
export { findCallsActiveInInterval } from "./tables/active-calls.js";
export { listActiveIds } from "./tables/active-ids.js";
export { alignToStart } from "./tables/align.js";
export { timeBins } from "./tables/bins.js";
export { type CallNode, callTree, flattenCalls } from "./tables/call-tree.js";
export { buildCallTreeForExample, buildCallTreePerExample } from "./tables/calls.js";
export type { Column } from "./tables/column.js";
export { exclusiveIntervals, leafCalls } from "./tables/counting.js";
export { computeConcurrencyDistribution, distributionOf } from "./tables/distribution.js";
export { averageLatencyByMidpointConcurrency } from "./tables/latency-by-concurrency.js";
export { computeMidpointConcurrency } from "./tables/midpoint-concurrency.js";
export type { AnalysisOptions, CallOptions, ResolvedOptions } from "./tables/options.js";
export { computePercentiles, findPercentileConcurrency } from "./tables/percentiles.js";
export { buildConcurrencySegments } from "./tables/segments.js";
export { listSpikeCalls } from "./tables/spike-calls.js";
export { correlateSpikeCalls } from "./tables/spike-tokens.js";
export { detectConcurrencySpikes } from "./tables/spikes.js";
export {
  type ReportTables,
  type ResultTables,
  resultTables,
  type TableName,
  tableSpecs,
  type TableSpec,
} from "./tables/tables.js";
export { tokensInFlight } from "./tables/tokens-in-flight.js";
export type { EventTrace, SpanTrace, Trace } from "./tables/trace.js";
export { whereEqual } from "./tables/where.js";
export { callsCentredIn, clipSegments } from "./tables/window.js";
