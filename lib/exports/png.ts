import type { ResvgRenderOptions } from "@resvg/resvg-js";
import { InputError, OptionError } from "../errors.js";
import { fontFiles } from "../files/font.js";
import { svgOf } from "./svg.js";
import type { VegaLiteSpec } from "./vega-lite-spec.js";

/**
 * Draws a chart as PNG, without a browser. Needs the packages `vega`, `vega-lite` and `@resvg/resvg-js`. Texts are in DejaVu Sans where
 * the package `dejavu-fonts-ttf` is installed, so that the picture is the same on every machine, else in a font of the system.
 *
 * @param spec a Vega-Lite specification, such as `chart` makes
 * @param options `scale`: pixels of the picture for a pixel of the chart, 2 if left out
 * @returns the bytes of a PNG file
 * @throws InputError if a package is not installed, or there is no font; OptionError for a scale that is not above 0
 * @example
 * const segments = buildConcurrencySegments(table({ start_time: [0, 1], end_time: [2, 3] }));
 * String.fromCharCode(...(await pngOf(timelineChart(segments))).subarray(1, 4)); // "PNG"
 */
export async function pngOf(spec: VegaLiteSpec, { scale = 2 }: { readonly scale?: number } = {}): Promise<Uint8Array> {
  if (!(scale > 0 && scale < Infinity)) throw new OptionError("scale", `must be a number above 0, not ${scale}.`);
  const { Resvg } = await resvg();
  const fonts = fontFiles();
  const font: NonNullable<ResvgRenderOptions["font"]> =
    fonts.length > 0
      ? { fontFiles: fonts, loadSystemFonts: false, defaultFontFamily: FONT, sansSerifFamily: FONT }
      : { loadSystemFonts: true };
  // without a font texts would be missing, and nothing would say so
  if (!new Resvg(PROBE, { font }).getBBox()) {
    throw new InputError("PNG needs a font to write with: npm install dejavu-fonts-ttf, or install one on the system.");
  }
  return new Resvg(await svgOf(spec), { font, fitTo: { mode: "zoom", value: scale } }).render().asPng();
}

const FONT = "DejaVu Sans";
const PROBE = `<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><text y="15" font-family="sans-serif">x</text></svg>`;

async function resvg(): Promise<typeof import("@resvg/resvg-js")> {
  try {
    return await import("@resvg/resvg-js");
  } catch {
    throw new InputError("PNG needs the package @resvg/resvg-js: npm install @resvg/resvg-js. SVG does without.");
  }
}
