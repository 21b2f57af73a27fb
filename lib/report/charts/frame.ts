import type { VegaLiteSpec } from "../../exports/vega-lite-spec.js";
import type { ChartOptions, ResolvedChartOptions } from "./options.js";
import { configOf, themes } from "./theme.js";

type Options = ResolvedChartOptions<ChartOptions>;

/** What is the same in every chart around what is its own. */
export function frame(
  title: { readonly text: string; readonly subtitle: readonly string[] },
  options: Options,
  own: Readonly<Record<string, unknown>>,
): VegaLiteSpec {
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    title,
    ...own,
    config: configOf(themes[options.theme]),
  };
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
