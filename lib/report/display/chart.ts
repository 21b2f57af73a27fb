import { InputError } from "../../errors.js";
import { svgOf } from "../../exports/svg.js";
import type { VegaLiteSpec } from "../../exports/vega-lite-spec.js";
import { htmlImage } from "./html.js";
import type { MimeBundle } from "./mime-bundle.js";

/** What notebooks know, whichever Vega-Lite wrote it: the schema in the specification tells that. */
export const VEGA_LITE = "application/vnd.vegalite.v5+json";

/**
 * A chart in a notebook. JupyterLab and VS Code take Vega-Lite, which answers the mouse. What does not know that, such as GitHub and nbconvert, takes the
 * picture in Markdown, or the SVG; they are there if the packages that draw are. HTML would be taken before Vega-Lite, so there is none.
 */
export async function chartBundle(spec: VegaLiteSpec): Promise<MimeBundle> {
  const svg = await svgIfAny(spec);
  const text = titleOf(spec);
  const pictures = svg === undefined ? {} : { "text/markdown": htmlImage(svg, text), "image/svg+xml": svg };
  return { [VEGA_LITE]: spec, ...pictures, "text/plain": text };
}

/** The chart as SVG; undefined if the packages that draw are not installed. */
export async function svgIfAny(spec: VegaLiteSpec): Promise<string | undefined> {
  try {
    return await svgOf(spec);
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

function titleOf({ title }: VegaLiteSpec): string {
  if (typeof title === "string") return title;
  const { text = "Vega-Lite chart", subtitle = [] } = (title ?? {}) as {
    text?: string | string[];
    subtitle?: string | string[];
  };
  return [text, subtitle].flat().join("\n");
}
