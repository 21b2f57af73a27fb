import * as z from "zod/mini";
import { OptionError } from "../../errors.js";

/** How a chart is drawn. */
export interface ChartOptions {
  /** light if left out */
  readonly theme?: "light" | "dark";
  /** of the plot, in pixels; 720 if left out */
  readonly width?: number;
  /** of the plot, in pixels; what suits the chart if left out */
  readonly height?: number;
}

/** The options with what was left out filled in. */
export type ResolvedChartOptions<T extends ChartOptions> = T & Required<Pick<ChartOptions, "theme" | "width">>;

const pixels = z.int().check(z.minimum(1), z.maximum(20_000));
const time = z.custom<number>((value) => typeof value === "number" && !Number.isNaN(value)); // endless windows are fine

const schema = z.partial(
  z.object({
    theme: z.enum(["light", "dark"]),
    width: pixels,
    height: pixels,
    threshold: z.int(),
    window: z.tuple([time, time]).check(z.refine(([from, to]) => from < to)),
    by: z.enum(["kind", "name"]),
  }),
);

const expected: Readonly<Record<string, string>> = {
  theme: 'must be "light" or "dark"',
  width: "must be a whole number of pixels from 1 to 20000",
  height: "must be a whole number of pixels from 1 to 20000",
  threshold: "must be a whole number",
  window: "must be two numbers, the first below the second",
  by: 'must be "kind" or "name"',
};

/**
 * Checks the options of any chart and fills in what was left out. An option that is undefined counts as left out.
 *
 * @throws OptionError for a value out of its range
 */
export function resolveChartOptions<T extends ChartOptions>(options: T): ResolvedChartOptions<T> {
  const parsed = schema.safeParse(options);
  if (!parsed.success) {
    const name = String(parsed.error.issues[0].path[0]);
    throw new OptionError(name, `${expected[name]}, not ${JSON.stringify(options[name as keyof T])}.`);
  }
  return { ...options, theme: options.theme ?? "light", width: options.width ?? 720 };
}
