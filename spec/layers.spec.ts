import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";

const lib = fileURLToPath(new URL("../lib/", import.meta.url));
const layers = [
  "errors",
  "kernels",
  "statistics",
  "tables",
  "models",
  "files",
  "formats",
  "generate",
  "exports",
  "report",
  "analyze",
  "engines",
  "index",
  "browser",
  "cli",
];
/** Which folders may import which packages; Node's own are for files, engines and cli. */
const packages: Readonly<Record<string, readonly string[]>> = {
  kernels: [],
  statistics: ["simple-statistics"],
  tables: ["arquero", "zod/mini"],
  files: [
    "arquero",
    "@uwdata/flechette",
    "fzstd",
    "hyparquet",
    "hyparquet/src/column.js",
    "hyparquet-compressors",
    "hyparquet-writer",
    "tinyglobby",
    "node:",
  ],
  formats: ["arquero", "fastest-levenshtein"],
  generate: [
    "arquero",
    "zod/mini",
    "d3-random",
    "flatqueue",
    "pure-rand/distribution/uniformFloat64",
    "pure-rand/generator/xoroshiro128plus",
  ],
  exports: ["arquero", "@uwdata/flechette", "danfojs-node", "@duckdb/node-api", "vega", "vega-lite", "@resvg/resvg-js"],
  report: ["arquero", "fastest-levenshtein", "picocolors", "zod/mini"],
  analyze: ["arquero"],
  engines: ["arquero", "@duckdb/node-api", "fastest-levenshtein", "node:", "zod/mini"],
  cli: ["arquero", "commander", "node:"],
};

const layerOf = (path: string): string => relative(lib, path).split(sep)[0].replace(/\.ts$/, "");
const files = readdirSync(lib, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => join(lib, name));

describe("layers", () => {
  it("are all known", () => {
    expect(layers).to.include.members([...new Set(files.map(layerOf))]);
  });

  for (const file of files) {
    it(`${relative(lib, file)} imports only what stands left of it`, () => {
      const layer = layerOf(file);
      const code = readFileSync(file, "utf8").replace(/^\s*\*.*$/gm, "");
      for (const [, specifier] of code.matchAll(/(?:from\s+|import\s+|import\s*\(\s*)"([^"]+)"/g)) {
        if (specifier.startsWith(".")) {
          const other = layerOf(join(file, "..", specifier).replace(/\.js$/, ".ts"));
          expect(layers.indexOf(other), `${specifier} from ${layer}`).to.be.within(0, layers.indexOf(layer));
        } else {
          const allowed = packages[layer] ?? [];
          expect(
            allowed.some((name) => specifier === name || (name.endsWith(":") && specifier.startsWith(name))),
            `${specifier} from ${layer}`,
          ).to.equal(true);
        }
      }
    });
  }
});
