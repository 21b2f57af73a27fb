import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ColumnTable, desc, table } from "arquero";
import { expect } from "chai";
import {
  buildConcurrencySegments,
  chart,
  chartNames,
  concurrencySpikeAnalysis,
  type Displayed,
  fromArrow,
  generateTrace,
  loadTrace,
  type MimeBundle,
  OptionError,
  show,
  toArrow,
} from "../../../lib/index.js";
import { display } from "../../../lib/report/display/mime-bundle.js";
import { temporaryFolder } from "../../support/folder.js";
import { smallTrace } from "../../support/small-trace.js";
import { layOutWithout } from "../../support/without-packages.js";

const VEGA_LITE = "application/vnd.vegalite.v5+json";
const shown = (value: object): Promise<MimeBundle> => (value as Displayed)[display]();
const result = concurrencySpikeAnalysis(smallTrace);
const { tables } = result;

describe("tables in a notebook", () => {
  it("show themselves: those of a result, of each function, and what verbs make of them", async () => {
    const trace = await loadTrace("data/support-desk.csv");
    const spikes = result.spikes.filter((d: { duration: number }) => d.duration > 0).orderby(desc("duration"));
    const made = [
      ...Object.values(tables),
      result.spikeCalls(),
      buildConcurrencySegments(table({ start_time: [0], end_time: [1] })),
      "spans" in trace ? trace.spans : trace.events,
      trace.diagnostics,
      ...generateTrace({ calls: 10 }),
      fromArrow(toArrow(table({ a: [1] }))),
      concurrencySpikeAnalysis(table({ start_time: [0], end_time: [1] })).calls,
      spikes,
      spikes.groupby("concurrency").count(),
      result.calls.join(result.spikeCalls(), "call_id"),
    ];
    for (const each of made) expect(Object.keys(await shown(each))).to.deep.equal(["text/html", "text/plain"]);
  });
  it("are asked by the symbol that Deno's kernel uses", () => {
    expect(display).to.equal(Symbol.for("Jupyter.display"));
  });
  it("leave Arquero's own as they are", () => {
    expect(display in table({ a: [1] })).to.equal(false);
    expect(result.spikes).to.be.instanceOf(ColumnTable);
  });
  it("have their size below, units in the header, numbers to the right, texts to the left", async () => {
    const bundle = await shown(show(table({ operation_name: ["small", "large"], duration: [0.25, 1200] })));
    expect(bundle["text/html"]).to.equal(
      [
        "<table>",
        `<thead><tr><th style="text-align:left">operation_name</th><th style="text-align:right">duration (s)</th></tr></thead>`,
        "<tbody>",
        `<tr><td style="text-align:left">small</td><td style="text-align:right">0.250</td></tr>`,
        `<tr><td style="text-align:left">large</td><td style="text-align:right">1,200.000</td></tr>`,
        "</tbody>",
        "</table>",
        "<p>2 rows × 2 columns</p>",
      ].join("\n"),
    );
    expect(bundle["text/plain"]).to.equal(
      `2 rows × 2 columns
  operation_name   duration (s)
  small                   0.250
  large               1,200.000`,
    );
  });
  it("show markup as text, and a dash for what is missing", async () => {
    const { "text/html": html } = await shown(show(table({ name: [`<b>&"'`, null], n: [NaN, 1] })));
    expect(html)
      .to.include(`>&lt;b&gt;&amp;&quot;&#39;</td><td style="text-align:right">–<`)
      .and.include(`<td style="text-align:left">–</td><td style="text-align:right">1<`);
  });
  it("show seconds since 1970 as dates", async () => {
    const bundle = await shown(show(table({ start_time: [1767600021.952, NaN], duration: [1, 2] })));
    expect(bundle["text/html"]).to.include(">start_time (UTC)<").and.include(">2026-01-05 08:00:21.952<");
    expect(bundle["text/plain"]).to.include("start_time (UTC)   duration (s)\n  2026-01-05 08:00:21.952");
  });
  it("show the first ten rows, or as many as are asked for", async () => {
    const numbers = table({ n: Int32Array.from({ length: 1234 }, (_, i) => i) });
    const rowsOf = async (value: Displayed) => String((await shown(value))["text/html"]).split("<tr>").length - 2;
    expect(await rowsOf(show(numbers))).to.equal(10);
    expect(await rowsOf(show(numbers, { rows: 100 }))).to.equal(100);
    expect(await rowsOf(show(numbers, { rows: Infinity }))).to.equal(1234);
    expect((await shown(show(numbers)))["text/html"]).to.include("<p>1,234 rows × 1 column; the first 10</p>");
    for (const rows of [0, -1, NaN]) expect(() => show(numbers, { rows })).to.throw(OptionError, "`rows` must be");
  });
});

describe("charts in a notebook", () => {
  it("show themselves as Vega-Lite, as a picture, and as their title", async () => {
    for (const name of chartNames) {
      const spec = chart(tables, name);
      const bundle = await shown(spec);
      expect(Object.keys(bundle)).to.deep.equal([VEGA_LITE, "text/markdown", "image/svg+xml", "text/plain"]);
      expect(bundle[VEGA_LITE]).to.equal(spec);
      const svg = String(bundle["image/svg+xml"]);
      expect(svg).to.match(/^<svg[^]*<\/svg>$/);
      expect(bundle["text/markdown"]).to.equal(
        `<img alt="${String(bundle["text/plain"])}" src="data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}">`,
      );
    }
    expect((await shown(chart(tables, "timeline")))["text/plain"]).to.equal(
      "Calls in flight over time\n2 at the peak; 1 spike of 2 or more",
    );
  });
  it("have no HTML, which JupyterLab would take before Vega-Lite", async () => {
    expect(await shown(chart(tables, "lanes"))).not.to.have.property("text/html");
  });
  it("are plain JSON all the same", () => {
    const spec = chart(tables, "timeline");
    expect(Reflect.ownKeys({ ...spec })).to.deep.equal(Object.keys(spec));
    expect(JSON.parse(JSON.stringify(spec))).to.deep.equal(spec);
  });
  it("are shown by show where they were changed, as is any specification", async () => {
    const changed = { ...chart(tables, "timeline"), title: "Mine" };
    expect(await shown(show(changed))).to.have.property("text/plain", "Mine");
    const schema = "https://vega.github.io/schema/vega-lite/v6.json";
    const own = { $schema: schema, data: { values: [{ a: 1 }] }, mark: "point", encoding: { x: { field: "a" } } };
    expect(await shown(show(own))).to.include({ [VEGA_LITE]: own, "text/plain": "Vega-Lite chart" });
  });
});

describe("a result in a notebook", () => {
  it("shows what ran, the summary and the timeline", async () => {
    const bundle = await shown(result);
    expect(Object.keys(bundle)).to.deep.equal([VEGA_LITE, "image/svg+xml", "text/html", "text/plain"]);
    const html = String(bundle["text/html"]);
    expect(html)
      .to.include("<strong>")
      .and.include(`>spikes of 2 or more<`)
      .and.include(`<img alt="Calls in flight over time" src="data:image/svg+xml;base64,`);
    expect(bundle["image/svg+xml"]).to.include("calls (").and.include("calls in flight");
    expect(bundle["text/plain"]).to.include("In flight over time");
  });
  it("is the same by show", async () => {
    expect(await shown(show(result))).to.deep.equal(await shown(result));
  });
  it("shows that there was nothing", async () => {
    const nothing = concurrencySpikeAnalysis(table({ start_time: [], end_time: [] }));
    expect((await shown(nothing))["text/html"])
      .to.include("<br>0 calls")
      .and.include("<img");
  });
});

describe("without the packages that draw", () => {
  const folder = temporaryFolder();
  it("charts are shown as Vega-Lite, and results with a line of blocks", () => {
    const main = layOutWithout(folder.path, ["vega", "vega-lite"]);
    const script = `
      const { concurrencySpikeAnalysis, chart, show } = await import(${JSON.stringify(pathToFileURL(join(main, "../../index.js")).href)});
      const { table } = await import("arquero");
      const result = concurrencySpikeAnalysis(table({ start_time: [0, 1], end_time: [2, 3] }));
      const display = Symbol.for("Jupyter.display");
      console.log(Object.keys(await chart(result.tables, "timeline")[display]()).join());
      console.log((await result[display]())["text/html"]);`;
    const [types, ...html] = execFileSync(process.execPath, ["--input-type=module", "-e", script], {
      cwd: folder.path,
      encoding: "utf8",
    }).split("\n");
    expect(types).to.equal(`${VEGA_LITE},text/plain`);
    expect(html.join("\n")).to.include("<pre>").and.include("█").and.not.include("<img");
  });
});
