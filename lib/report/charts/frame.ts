import type { VegaLiteSpec } from "../../exports/vega-lite-spec.js";
import { chartBundle } from "../display/chart.js";
import { showsItself } from "../display/mime-bundle.js";
import type { ChartOptions, ResolvedChartOptions } from "./options.js";
import { configOf, themes } from "./theme.js";

type Options = ResolvedChartOptions<ChartOptions>;

/** What is the same in every chart around what is its own. In a notebook it shows itself. */
export function frame(
  title: { readonly text: string; readonly subtitle: readonly string[] },
  options: Options,
  own: Readonly<Record<string, unknown>>,
): VegaLiteSpec {
  const spec = {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    title,
    ...own,
    config: configOf(themes[options.theme]),
  };
  showsItself(spec, chartBundle);
  return spec;
}

/** A chart that says that there is nothing to show, and why. */
export function emptyChart(text: string, why: string, options: Options): VegaLiteSpec {
  const { width, height = 120, theme } = options;
  return frame({ text, subtitle: ["nothing to show"] }, options, {
    width,
    height,
    data: { values: [{ why }] },
    mark: { type: "text", color: themes[theme].faint, fontSize: 13 },
    encoding: { text: { field: "why", type: "nominal" } },
  });
}
