import { count } from "../format.js";
import type { Theme } from "./theme.js";

type Encoding = Readonly<Record<string, unknown>>;

/**
 * What shows a threshold in a chart of steps: a bar for each step at or above it, and a line with its name to the right.
 *
 * @param x of the field `time`, where a step begins
 * @param y of the field `concurrency`, how high it is
 * @param width of the plot, in pixels
 */
export function thresholdLayers(threshold: number, x: Encoding, y: Encoding, width: number, colours: Theme): unknown[] {
  const tooltip = [
    { field: "time", type: "quantitative", title: x.title },
    { field: "concurrency", type: "quantitative", title: y.title },
  ];
  return [
    {
      transform: [
        { window: [{ op: "lead", field: "time", as: "end" }] },
        { filter: `datum.concurrency >= ${threshold} && isValid(datum.end)` },
      ],
      // the outline lets a spike be seen that is narrower than a pixel
      mark: { type: "rect", color: colours.spike, stroke: colours.spike, strokeWidth: 1, tooltip: true },
      encoding: { x, x2: { field: "end" }, y, y2: { datum: 0 }, tooltip },
    },
    {
      data: { values: [{ threshold: Math.max(0, threshold), label: `threshold ${count(threshold)}` }] },
      layer: [
        {
          mark: { type: "rule", color: colours.mark, strokeDash: [4, 3] },
          encoding: { y: { field: "threshold", type: "quantitative" } },
        },
        {
          mark: { type: "text", color: colours.text, align: "left", dx: 5, fontSize: 11 },
          encoding: {
            x: { value: width },
            y: { field: "threshold", type: "quantitative" },
            text: { field: "label", type: "nominal" },
          },
        },
      ],
    },
  ];
}
