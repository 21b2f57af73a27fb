import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv } from "ajv";
import { expect } from "chai";
import { compile } from "vega-lite";
import { chart, chartNames, type ResultTables, svgOf, type VegaLiteSpec } from "../../../lib/index.js";
import { chartCases, goldenCharts, goldenFiles, goldenPath, ofBins } from "../../support/chart-cases.js";

const schema = JSON.parse(
  readFileSync(createRequire(import.meta.url).resolve("vega-lite/vega-lite-schema.json"), "utf8"),
) as object;
const isVegaLite = new Ajv({ strict: false, allErrors: false, validateFormats: false }).compile(schema);

/** Everything that a value holds. */
function* parts(value: unknown): Generator {
  yield value;
  if (typeof value === "object" && value !== null) for (const part of Object.values(value)) yield* parts(part);
}

/** What Vega-Lite warns of when it compiles a chart. */
function complaintsOf(spec: VegaLiteSpec): string[] {
  const complaints: string[] = [];
  const note = (...texts: readonly unknown[]) => {
    complaints.push(texts.join(" "));
    return logger;
  };
  const silent = () => logger;
  const logger = { level: () => logger, error: note, warn: note, info: silent, debug: silent };
  compile(spec as never, { logger });
  return complaints;
}

describe("charts", () => {
  it("are, of a small trace and of nothing, those that are kept; spec/support/chart-cases.ts renews them", () => {
    const charts = goldenCharts();
    expect(goldenFiles().sort()).to.deep.equal([...charts.keys()].sort());
    for (const [name, spec] of charts) {
      expect(JSON.parse(JSON.stringify(spec)), name).to.deep.equal(JSON.parse(readFileSync(goldenPath(name), "utf8")));
    }
  });

  for (const [title, tablesOf] of Object.entries(chartCases)) {
    let tables: ResultTables;
    before(() => {
      tables = tablesOf();
    });
    for (const name of [...chartNames, "timeline of bins"] as const) {
      for (const theme of ["light", "dark"] as const) {
        it(`${name} of ${title}, ${theme}: Vega-Lite that is valid, plain JSON, and can be drawn`, async () => {
          const spec =
            name === "timeline of bins" ? chart(ofBins(tables), "timeline", { theme }) : chart(tables, name, { theme });
          expect(isVegaLite(spec), JSON.stringify(isVegaLite.errors?.slice(0, 3))).to.equal(true);
          for (const part of parts(spec)) {
            if (typeof part === "number") expect(part).to.satisfy(Number.isFinite);
            else expect(["string", "boolean", "object"]).to.include(typeof part);
          }
          expect(JSON.parse(JSON.stringify(spec))).to.deep.equal(spec);
          expect(complaintsOf(spec)).to.deep.equal([]);
          const svg = await svgOf(spec);
          expect(svg).to.match(/^<svg .*<\/svg>$/s);
          expect(svg).not.to.match(/NaN|Infinity|undefined/);
        });
      }
    }
  }

  it("say that there is nothing to show", async () => {
    for (const name of chartNames) {
      for (const title of ["empty", "no time"]) {
        expect(await svgOf(chart(chartCases[title](), name)), name).to.include("No call has a place in time.");
      }
    }
  });

  it("hold no more data than can be seen", () => {
    for (const name of chartNames) {
      expect(JSON.stringify(chart(chartCases["10,000 calls"](), name)).length, name).to.be.below(120_000);
    }
    const bins = chart(ofBins(chartCases["10,000 calls"](), 50_000), "timeline");
    expect(JSON.stringify(bins).length).to.be.below(120_000);
  });
});
