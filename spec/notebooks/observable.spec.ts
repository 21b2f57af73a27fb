import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { ColumnTable } from "arquero";
import { expect } from "chai";
import { type Browser, chromium, type Page } from "playwright-core";
import { rolldown } from "rolldown";
import { buildCallTreePerExample, generateTrace, loadTrace } from "../../lib/index.js";
import { chromiumPath } from "../support/chromium.js";
import { type OracleCall, segmentsBySteps } from "../support/oracle.js";
import { answerQueries } from "./answer-queries.js";
import { buildObservable, pages } from "./build-observable.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = join(root, "out/recipes");
const recipes = { js: join(folder, "js.html"), ojs: join(folder, "ojs.html") };
const origin = "http://127.0.0.1";
const missing = chromiumPath === undefined && process.env.SPIKELINE_REQUIRE_ALL === undefined;

/** What a CDN sends along. */
const headers = { "content-type": "text/javascript", "access-control-allow-origin": "*" };

interface Opened {
  readonly page: Page;
  /** errors in the console, and requests that the site does not serve */
  readonly complaints: readonly string[];
}

/** Opens what a page was built to; what is not a file of the site is asked for in vain. */
async function open(browser: Browser, site: string, path: string): Promise<Opened> {
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  await page.route("**/*", async (route) => {
    const url = new URL(route.request().url());
    const file = join(site, url.pathname);
    if (url.pathname === "/npm/spikeline/+esm") return route.fulfill({ path: join(site, "spikeline.js"), headers });
    if (url.origin === origin && existsSync(file)) return route.fulfill({ path: file });
    complaints.push(`asked for ${url.href}`);
    return route.abort();
  });
  await page.goto(`${origin}/${relative(root, path)}`);
  return { page, complaints };
}

interface Cell {
  readonly id: number;
  readonly draws: "prose" | "table" | "chart" | undefined;
}

/** What each cell of a page should show. */
function cellsOf(path: string): Cell[] {
  const scripts = readFileSync(path, "utf8").matchAll(/<script type="([^"]+)"[^>]*>\n([^]*?)\n *<\/script>/g);
  return Array.from(scripts, ([, type, text], i) => ({ id: i + 1, draws: drawnBy(type, text) }));
}

function drawnBy(type: string, text: string): Cell["draws"] {
  if (type === "text/markdown") return "prose";
  if (type === "application/sql") return "table";
  if (text.endsWith(";")) return undefined; // statements, not an expression
  return text.includes("Inputs.table(") ? "table" : "chart";
}

/** What is there when something is drawn: text, a cell, a mark of Plot's or Vega's that is no axis. */
const signs = {
  prose: ":text-matches('\\\\S')",
  table: "tbody td:not(:empty)",
  chart: 'pre, svg g[aria-label]:not([aria-label*="-axis"], [aria-label*="-grid"]) > *, svg .role-mark path',
};

const callsOf = (table: ColumnTable): OracleCall[] =>
  (table.objects() as { start_time: number; end_time: number }[]).map(({ start_time: start, end_time: end }) => ({
    start,
    end,
    prompt: 0,
    total: 0,
    uuid: null,
  }));

/** Writes what notebooks/README.md tells to type as pages, with the trace from here. */
function writeRecipes(): void {
  const readme = readFileSync(join(root, "notebooks/README.md"), "utf8");
  mkdirSync(folder, { recursive: true });
  for (const [language, type] of [
    ["js", "module"],
    ["ojs", "application/vnd.observable.javascript"],
  ] as const) {
    const blocks = Array.from(readme.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, "gm")), ([, code]) =>
      code.replace('FileAttachment("', 'FileAttachment("../../data/'),
    );
    const cells = blocks.map((code) => `<script type="${type}">\n${code}</script>`);
    writeFileSync(recipes[language], `<!doctype html>\n<notebook>\n${cells.join("\n")}\n</notebook>\n`);
  }
}

/** Makes one module of spikeline, as a CDN does. */
async function bundle(file: string): Promise<void> {
  const external = [/^(vega|vega-lite|hyparquet)/]; // optional
  const made = await rolldown({ input: join(root, "dist/browser.js"), external, platform: "browser" });
  await made.write({ file, codeSplitting: false });
  await made.close();
}

describe(`the pages for Notebook Kit${missing ? ": pending, there is no Chromium (npm run setup)" : ""}`, () => {
  let site: string;
  let browser: Browser | undefined;
  let opened: ReadonlyMap<string, Opened>;
  const pageOf = (name: string): Page => (opened.get(join(root, "notebooks", name)) as Opened).page;

  before(async function () {
    if (missing) this.skip();
    site = mkdtempSync(join(tmpdir(), "spikeline-pages-"));
    writeRecipes();
    const paths = [...pages, ...Object.values(recipes)];
    await buildObservable(site, paths);
    await bundle(join(site, "spikeline.js"));
    const launched = await chromium.launch({ executablePath: chromiumPath ?? "chromium", args: ["--no-sandbox"] });
    browser = launched;
    opened = new Map(await Promise.all(paths.map(async (path) => [path, await open(launched, site, path)] as const)));
  });
  after(async () => {
    await browser?.close();
    for (const made of missing ? [] : [site, folder]) rmSync(made, { recursive: true });
  });

  for (const path of pages) {
    it(`${relative(root, path)} shows every table, chart and number, without an error or a request to elsewhere`, async () => {
      const { page, complaints } = opened.get(path) as Opened;
      const cells = cellsOf(path);
      for (const { id, draws } of cells) {
        const cell = page.locator(`#cell-${id}`);
        await cell.evaluate((element: { scrollIntoView(): void }) => {
          element.scrollIntoView();
        });
        const isThere = draws && cell.locator(signs[draws]).first().waitFor({ state: "attached" });
        await isThere?.catch(() => expect.fail(`cell ${id} shows no ${draws}: ${complaints.join("; ")}`));
      }
      expect(cells.filter(({ draws }) => draws === "table").length, "tables").to.be.greaterThan(1);
      expect(cells.filter(({ draws }) => draws === "chart").length, "charts").to.be.greaterThan(2);
      const texts = await page.locator("[id^=cell-]").allInnerTexts();
      expect(texts.join("\n")).to.not.match(/\b(undefined|NaN|Infinity)\b/);
      expect(await page.locator(".observablehq--error").allInnerTexts()).to.deep.equal([]);
      expect(complaints).to.deep.equal([]);
      const hrefs = await page
        .locator("main a[href]")
        .evaluateAll((links: { href: string }[]) => links.map(({ href }) => href));
      for (const href of hrefs) expect(existsSync(join(site, new URL(href).pathname)), href).to.equal(true);
    });
  }

  it("02: step by step gives what concurrencySpikeAnalysis gives", async () => {
    const verdicts = pageOf("02-events-to-spikes.html").locator(
      'table:has(th[title="step by step"]) tbody td:last-child',
    );
    await verdicts.nth(6).waitFor();
    expect(await verdicts.allInnerTexts()).to.deep.equal(new Array(7).fill("the same"));
  });

  it("03: the slider changes the spikes, to the number that are there", async () => {
    const calls = buildCallTreePerExample(await loadTrace(join(root, "data/support-desk.csv")));
    const segments = segmentsBySteps(callsOf(calls), true);
    const page = pageOf("03-thresholds.html");
    const filled = page.locator('svg g[fill="#D55E00"]').first().locator("rect");
    for (const threshold of [13, 16, 1]) {
      if (threshold !== 13) await page.locator("input[type=range]").first().fill(String(threshold));
      const count = segments.filter(({ concurrency }) => concurrency >= threshold).length;
      await page.getByText(`From ${threshold} calls in flight on there are ${count} spikes`).waitFor();
      expect(await filled.count()).to.equal(count);
    }
  });

  it("03: so does the one for 100,000 calls", async () => {
    const calls = [...generateTrace({ calls: 100_000, incident: "burst" })].flatMap((spans) =>
      callsOf(spans.filter((d) => (d as { operation_type: string }).operation_type !== "WORKFLOW")),
    );
    expect(calls).to.have.length(100_000);
    const segments = segmentsBySteps(calls, true);
    const page = pageOf("03-thresholds.html");
    await page.getByRole("heading", { name: "And with 100,000 calls?" }).scrollIntoViewIfNeeded();
    for (const threshold of [2, 40]) {
      await page.locator("input[type=range]").nth(1).fill(String(threshold));
      const count = segments.filter(({ concurrency }) => concurrency >= threshold).length;
      await page.getByText(`${count.toLocaleString("en")} spikes`).waitFor();
    }
  });

  it("04: a file that is chosen takes the place of the sample", async () => {
    const page = pageOf("04-your-own-data.html");
    const file = join(root, "data/formats/otlp.jsonl");
    const calls = buildCallTreePerExample(await loadTrace(file)).numRows();
    await page.locator("input[type=file]").setInputFiles(file);
    await page.getByText(`Your otlp: ${calls} calls`).waitFor();
  });

  for (const [language, path] of Object.entries(recipes)) {
    it(`the recipe of notebooks/README.md in ${language} gives what its slider asks for`, async () => {
      const { page, complaints } = opened.get(path) as Opened;
      await page.locator("table tbody tr").nth(2).waitFor();
      if (language === "js") await page.locator("canvas.marks").waitFor();
      await page.locator("input[type=range]").fill("18");
      await page.waitForFunction('document.querySelectorAll("table tbody tr").length === 2');
      expect(await page.locator(".observablehq--error").allInnerTexts()).to.deep.equal([]);
      expect(complaints).to.deep.equal([]);
    });
  }
});

describe("answers of DuckDB that are kept for the pages", () => {
  it("are those of today; `npm run notebooks` renews them", async () => {
    const answers = await Promise.all(pages.map(answerQueries));
    expect(answers.flatMap((found) => [...found])).to.have.length(1);
    for (const [file, answer] of answers.flatMap((found) => [...found])) {
      expect(readFileSync(file, "utf8"), file).to.equal(answer);
    }
  });
});
