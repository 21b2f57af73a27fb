import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { chromiumPath } from "../support/chromium.js";
import { type Answer, openPage } from "../support/open-page.js";
import { type Outcome, tell, tellMissing } from "./outcome.js";
import { specs } from "./specs.js";

const root = new URL("../../", import.meta.url);
const PAGE = `<!doctype html><meta charset="utf-8"><title>spikeline</title><script src="node_modules/mocha/mocha.js"></script>
<script>mocha.setup({ ui: "bdd", timeout: 60000, reporter: "base" })</script><script type="module" src="specs.js"></script>`;

/** All specs in one module, with the browser's entry in place of Node's. */
async function bundle(): Promise<string> {
  const [index, browser] = ["lib/index.ts", "lib/browser.ts"].map((path) => fileURLToPath(new URL(path, root)));
  const building = await rolldown({
    input: "specs",
    platform: "browser",
    logLevel: "silent",
    treeshake: false, // the package says that none of its modules does anything by itself; specs do
    plugins: [
      {
        name: "specs",
        resolveId: (id) => (id === "specs" ? id : undefined),
        load: (id) => {
          if (id === "specs") return specs.map((file) => `import ${JSON.stringify(file)};`).join("\n");
          return id === index ? `export * from ${JSON.stringify(browser)};` : undefined;
        },
      },
    ],
  });
  const { output } = await building.generate({ codeSplitting: false });
  const ofNode = output[0].imports.filter((name) => name.startsWith("node:"));
  if (ofNode.length > 0) throw new Error(`a spec needs ${ofNode.join(", ")}, which no browser has`);
  return `${output[0].code}\nglobalThis.areLoaded = true;`;
}

/** What runs in the page. */
function runMocha(): Promise<Outcome> {
  return new Promise((done) => {
    const failed: string[] = [];
    const runner = mocha
      .run(() => {
        done({ passed: runner.stats?.passes ?? 0, failed });
      })
      .on("fail", (test, error: Error) => failed.push(`${test.fullTitle()}\n${error.stack ?? String(error)}`));
  });
}

/** Runs the suite in Chromium. */
export async function chromium(): Promise<void> {
  if (chromiumPath === undefined) {
    tellMissing("Chromium", "`npm run setup` installs it; CHROMIUM names another.");
    return;
  }
  const code = await bundle();
  const answer = (path: string): Answer | undefined => {
    if (path === "") return { contentType: "text/html", body: PAGE };
    if (path === "specs.js") return { contentType: "text/javascript", body: code };
    return /^(data|node_modules\/mocha)\/[^.]/.test(path) ? { path: fileURLToPath(new URL(path, root)) } : undefined;
  };
  await openPage(answer, async (page, errors) => {
    const areLoaded = await page.evaluate(() => "areLoaded" in globalThis);
    const outcome = areLoaded ? await page.evaluate(runMocha) : { passed: 0, failed: [] };
    const version = page.context().browser()?.version() ?? "";
    tell(`Chromium ${version}`, { ...outcome, failed: [...outcome.failed, ...errors] });
  });
}
