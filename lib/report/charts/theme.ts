/** The colours of a chart. Those of the data are Okabe and Ito's, which the colour-blind tell apart. */
export interface Theme {
  readonly background: string;
  readonly text: string;
  readonly faint: string;
  readonly grid: string;
  readonly line: string;
  readonly fill: string;
  readonly spike: string;
  readonly mark: string;
  /** of categories, the commonest first */
  readonly categories: readonly string[];
  readonly other: string;
}

const [orange, sky, green, yellow, blue, vermillion, purple] = [
  "#E69F00",
  "#56B4E9",
  "#009E73",
  "#F0E442",
  "#0072B2",
  "#D55E00",
  "#CC79A7",
];

export const themes: Readonly<Record<"light" | "dark", Theme>> = {
  light: {
    background: "#FFFFFF",
    text: "#1F2328",
    faint: "#59636E",
    grid: "#E4E7EB",
    line: blue,
    fill: "#CFE6F5",
    spike: vermillion,
    mark: "#1F2328",
    categories: [blue, orange, green, purple, sky, vermillion, yellow],
    other: "#8C959F",
  },
  dark: {
    background: "#15181C",
    text: "#E6E9ED",
    faint: "#A3ACB7",
    grid: "#2E343B",
    line: sky,
    fill: "#1F4159",
    spike: vermillion,
    mark: "#E6E9ED",
    categories: [sky, orange, green, purple, yellow, vermillion, blue],
    other: "#7D8691",
  },
};

/** What Vega-Lite calls the config: everything about the looks that is not data. */
export function configOf({ background, text, faint, grid }: Theme): Record<string, unknown> {
  return {
    background,
    // what a browser has first; without one, the names that a system or the package of fonts is likely to have
    font: "system-ui, Arial, DejaVu Sans, sans-serif",
    padding: 12,
    view: { stroke: null },
    axis: {
      domainColor: faint,
      gridColor: grid,
      labelColor: faint,
      labelFlush: false,
      labelFontSize: 11,
      tickColor: faint,
      titleColor: text,
      titleFontSize: 12,
      titleFontWeight: "normal",
      titlePadding: 8,
    },
    legend: { labelColor: text, labelFontSize: 11, title: null, orient: "top", symbolType: "square" },
    title: {
      anchor: "start",
      color: text,
      fontSize: 15,
      frame: "group",
      offset: 12,
      subtitleColor: faint,
      subtitleFontSize: 12,
      subtitlePadding: 5,
    },
  };
}
