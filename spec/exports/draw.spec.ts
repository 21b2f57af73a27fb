import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Resvg } from "@resvg/resvg-js";
import { expect } from "chai";
import { chart, concurrencySpikeAnalysis, OptionError, pngOf, svgOf } from "../../lib/index.js";
import { fontFiles } from "../../lib/files/font.js";
import { temporaryFolder } from "../support/folder.js";
import { smallTrace } from "../support/small-trace.js";
import { layOutWithout } from "../support/without-packages.js";

const folder = temporaryFolder();
const { tables } = concurrencySpikeAnalysis(smallTrace);
const sizeOf = (png: Uint8Array) => {
  const view = new DataView(png.buffer, png.byteOffset);
  return [view.getUint32(16), view.getUint32(20)];
};

describe("svgOf(spec)", () => {
  it("draws texts, and nothing that a browser would have to fetch", async () => {
    const svg = await svgOf(chart(tables, "timeline"));
    expect(svg).to.include("Calls in flight over time").and.include("time since start (s)").and.include("threshold 2");
    expect(svg).not.to.match(/<image|<script|url\(http/);
  });
  it("leaves the specification as it was", async () => {
    const spec = chart(tables, "latency");
    await svgOf(spec);
    expect((spec.data as { values: object[] }).values.flatMap(Object.getOwnPropertySymbols)).to.deep.equal([]);
  });
  it("draws the same each time", async () => {
    expect(await svgOf(chart(tables, "lanes"))).to.equal(await svgOf(chart(tables, "lanes")));
  });
});

describe("pngOf(spec)", () => {
  it("has two pixels for one of the chart, or as many as it is told", async () => {
    const spec = chart(tables, "distribution", { width: 200, height: 100 });
    const [width, height] = sizeOf(await pngOf(spec, { scale: 1 }));
    expect(width).to.be.at.least(200);
    expect(height).to.be.at.least(100);
    expect(sizeOf(await pngOf(spec))).to.deep.equal([width * 2, height * 2]);
  });
  it("is written in a font that comes with the packages", () => {
    const text = (font: object) =>
      new Resvg(`<svg xmlns="http://www.w3.org/2000/svg"><text y="20" font-family="sans-serif">calls</text></svg>`, {
        font,
      }).getBBox();
    expect(fontFiles()).to.have.length(2);
    expect(text({ loadSystemFonts: false, fontFiles: fontFiles(), sansSerifFamily: "DejaVu Sans" })?.width).to.be.above(
      20,
    );
    expect(text({ loadSystemFonts: false })).to.equal(undefined);
  });
  it("refuses a scale that is not above 0", async () => {
    for (const scale of [0, -1, NaN, Infinity]) {
      const error = await pngOf(chart(tables, "timeline"), { scale }).catch((error: unknown) => error);
      expect(error)
        .to.be.instanceOf(OptionError)
        .with.property("message", `\`scale\` must be a number above 0, not ${scale}.`);
    }
  });
});

describe("without the packages that draw", () => {
  const data = fileURLToPath(new URL("../../data/support-desk.csv", import.meta.url));
  const plot = (main: string, output: string): Promise<[code: number, err: string]> =>
    new Promise((resolve) => {
      execFile(
        process.execPath,
        [main, "plot", data, "--chart", "timeline", "-o", output],
        { cwd: folder.path },
        (error, _, err) => {
          resolve([error ? Number(error.code) : 0, err]);
        },
      );
    });

  it("an error names those to install, nothing is written, and the specification can be had", async () => {
    const main = layOutWithout(folder.path, ["vega", "vega-lite", "@resvg/resvg-js"]);
    expect(await plot(main, "a.svg")).to.deep.equal([
      1,
      "spikeline: drawing needs the packages vega and vega-lite: npm install vega vega-lite.\n",
    ]);
    expect(await plot(main, "a.png")).to.deep.equal([
      1,
      "spikeline: PNG needs the package @resvg/resvg-js: npm install @resvg/resvg-js. SVG does without.\n",
    ]);
    expect(existsSync(join(folder.path, "a.svg"))).to.equal(false);
    expect(await plot(main, "a.json")).to.deep.equal([0, "timeline written to a.json\n"]);
  });
});
