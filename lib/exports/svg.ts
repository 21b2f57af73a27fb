import { InputError } from "../errors.js";
import type { VegaLiteSpec } from "./vega-lite-spec.js";

/**
 * Draws a chart as SVG, without a browser. Needs the packages `vega` and `vega-lite`.
 *
 * @param spec a Vega-Lite specification, such as `chart` makes
 * @returns the text of an SVG file
 * @throws InputError if a package is not installed
 * @example
 * const segments = buildConcurrencySegments(table({ start_time: [0, 1], end_time: [2, 3] }));
 * (await svgOf(timelineChart(segments))).slice(0, 4); // "<svg"
 */
export async function svgOf(spec: VegaLiteSpec): Promise<string> {
  const [vega, vegaLite] = await drawingPackages();
  // Vega marks the rows that it draws, so it gets its own
  const { spec: compiled } = vegaLite.compile(structuredClone(spec) as never);
  const view = new vega.View(vega.parse(compiled), { renderer: "none", logLevel: vega.Error });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}

async function drawingPackages(): Promise<[typeof import("vega"), typeof import("vega-lite")]> {
  try {
    return await Promise.all([import("vega"), import("vega-lite")]);
  } catch {
    throw new InputError("drawing needs the packages vega and vega-lite: npm install vega vega-lite.");
  }
}
