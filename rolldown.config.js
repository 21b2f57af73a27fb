import { readdirSync, readFileSync } from "node:fs";

const { version, license, peerDependencies } = JSON.parse(readFileSync("package.json", "utf8"));

/** For `<script type="module">`: one file that holds all but Arquero, which the page uses itself, and packages that few need. */
export default {
  input: "dist/browser.js",
  platform: "browser",
  external: ["arquero", ...Object.keys(peerDependencies)].map((name) => new RegExp(`^${name}(/|$)`)),
  plugins: [{ name: "licences", generateBundle }],
  output: {
    file: "dist/spikeline.min.js",
    minify: true,
    codeSplitting: false,
    postBanner: `/* spikeline ${version}, ${license}; of what else it holds: spikeline.licences.txt */`,
  },
};

/** Puts the licences of the packages that the bundle holds beside it, as they ask for. */
function generateBundle(_options, bundle) {
  const modules = Object.values(bundle).flatMap(({ moduleIds = [] }) => moduleIds);
  const packages = new Set(modules.flatMap((id) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id)?.[1] ?? []));
  const texts = Array.from(packages)
    .sort()
    .map((name) => {
      const folder = `node_modules/${name}`;
      const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
      return `${name}\n\n${readFileSync(`${folder}/${file}`, "utf8").trim()}\n`;
    });
  this.emitFile({ type: "asset", fileName: "spikeline.licences.txt", source: texts.join(`\n${"-".repeat(80)}\n\n`) });
}
