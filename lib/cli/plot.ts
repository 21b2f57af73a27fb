import { type Command, InvalidArgumentError } from "commander";
import { OptionError } from "../errors.js";
import type { ChartName } from "../report/charts/chart.js";
import type { LanesOptions } from "../report/charts/lanes.js";
import { type AnalysisFlags, analyseFiles, withAnalysisOptions } from "./analysis.js";
import { oneOf } from "./values.js";
import { write } from "./write.js";

type As = "svg" | "png" | "json";

interface Flags extends AnalysisFlags, Pick<LanesOptions, "theme" | "width" | "height" | "by"> {
  readonly output: string;
  readonly chart: ChartName;
  readonly as?: As;
}

const examples = `
Examples:
  spikeline plot traces.json --chart timeline -o timeline.svg
  spikeline plot traces.json --chart lanes --window 60..90 --by name --theme dark -o lanes.png
  spikeline plot traces.json --chart latency -o latency.vl.json   # to go on with in Vega-Lite`;

/** Adds `spikeline plot`. What it needs is loaded when it runs, so that --help does not wait for it. */
export function plotCommand(program: Command): void {
  const command = program
    .command("plot")
    .summary("a picture of the analysis")
    .description("Draws a chart: as SVG, as PNG, or as the Vega-Lite specification that it is made from.")
    .argument("<file...>", "traces: files, folders, or - for standard input; several are one trace")
    .requiredOption("-o, --output <file>", "the picture: .svg, .png or .json; - is standard output")
    .requiredOption(
      "--chart <name>",
      "timeline: calls in flight over time; distribution: time at each level; latency: by calls in flight; lanes: the calls themselves",
      oneOf<ChartName>("timeline", "distribution", "latency", "lanes"),
    )
    .option("--as <format>", "svg, png or json (else: as the ending says; - is svg)", oneOf<As>("svg", "png", "json"))
    .option("--theme <theme>", "light or dark (else: light)", oneOf("light", "dark"))
    .option("--width <pixels>", "of the plot, without axes (else: 720)", pixels)
    .option("--height <pixels>", "of the plot, without axes (else: what suits the chart)", pixels)
    .option(
      "--by <what>",
      "of lanes: colours by kind or by name, which is the model or tool (else: kind)",
      oneOf("kind", "name"),
    );
  withAnalysisOptions(command).addHelpText("after", examples).action(plot);
}

async function plot(files: string[], flags: Flags): Promise<void> {
  const { output, chart: name, theme, width, height, by } = flags;
  const as = flags.as ?? formatOf(output);
  const [{ chart }, { resolveChartOptions }, { writeFilesWhole }, { warnings }] = await Promise.all([
    import("../report/charts/chart.js"),
    import("../report/charts/options.js"),
    import("../files/write-files.js"),
    import("./outputs.js"),
  ]);
  const given = Object.entries({ theme, width, height, by }).filter(([, value]) => value !== undefined);
  const options = Object.fromEntries(given) as Pick<Flags, "theme" | "width" | "height" | "by">;
  resolveChartOptions(options);
  const { trace, result, window } = await analyseFiles(files, flags);
  process.stderr.write(warnings(result, trace));

  const spec = chart(result.tables, name, { ...options, ...(window && { window }) });
  const content = async (): Promise<[string | Uint8Array]> => {
    if (as === "json") return [`${JSON.stringify(spec)}\n`];
    if (as === "png") return [await (await import("../exports/png.js")).pngOf(spec)];
    return [await (await import("../exports/svg.js")).svgOf(spec)];
  };
  if (output === "-") await write(process.stdout, await content());
  else await writeFilesWhole([{ path: output, content }]);
  process.stderr.write(`${name} written to ${output === "-" ? "standard output" : output}\n`);
}

function formatOf(output: string): As {
  if (output === "-") return "svg";
  const ending = /\.(svg|png|json)$/i.exec(output)?.[1].toLowerCase();
  if (ending !== undefined) return ending as As;
  throw new OptionError("-o", `names ${output}, whose ending tells no format. Add --as svg, png or json.`);
}

function pixels(value: string): number {
  if (!/^[0-9]+$/.test(value)) throw new InvalidArgumentError("It must be a whole number of pixels.");
  return Number(value);
}
