import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { table } from "arquero";
import { expect } from "chai";
import * as inBrowser from "../lib/browser.js";
import * as inNode from "../lib/index.js";
import { graphFrom, importsOf, missingInBrowsers } from "./support/built.js";

const root = new URL("../", import.meta.url);
const { dependencies, peerDependencies } = JSON.parse(readFileSync(new URL("package.json", root), "utf8")) as Record<
  "dependencies" | "peerDependencies",
  object
>;
const FOR_NODE = ["tinyglobby", "commander", "danfojs-node", "@duckdb/node-api", "@resvg/resvg-js"];
/** The packages that modules import. */
const packagesOf = (graph: ReadonlyMap<string, string>): Set<string> =>
  new Set(
    Array.from(graph.values())
      .flatMap(importsOf)
      .filter((name) => !name.startsWith("."))
      .map((name) => /^(@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name),
  );
const missingIn = (graph: ReadonlyMap<string, string>): string[] =>
  Array.from(graph).flatMap(([file, code]) => missingInBrowsers(file, code));

describe("the browser's entry", () => {
  const graph = graphFrom(new URL("dist/browser.js", root));

  it("imports nothing of Node, and no package that is for Node only", () => {
    const known = Object.keys({ ...dependencies, ...peerDependencies }).filter((name) => !FOR_NODE.includes(name));
    expect(known).to.include.members([...packagesOf(graph)]);
    expect(packagesOf(graph)).to.include("arquero");
    expect(graph.size).to.be.greaterThan(100);
  });

  it("uses no global that a browser lacks: no Buffer, no process", () => {
    expect(missingIn(graph)).to.deep.equal([]);
  });

  it("has all that Node's has, but what draws PNG and what computes elsewhere", () => {
    const forNode = ["pngOf", "analyzeOn", "duckdb", "engineTables", "memory", "trino", "trinoCredentials"];
    expect([...Object.keys(inBrowser), ...forNode]).to.have.members(Object.keys(inNode));
  });

  it("reads Files, Blobs, Responses, streams and documents, packed or not", async () => {
    const csv = "start_time,end_time\n0,1\n0.5,2\n";
    const packed = new Blob([gzipSync(csv)]);
    const rows = [
      { start_time: 0, end_time: 1 },
      { start_time: 0.5, end_time: 2 },
    ];
    const inputs = [new File([csv], "t.csv"), packed, packed.stream(), new Response(csv), rows, JSON.stringify(rows)];
    for (const input of inputs.map((input) => (typeof input === "string" ? new Blob([input]) : input))) {
      const trace = (await inBrowser.loadTrace(input)) as inNode.SpanTrace;
      expect(Array.from(trace.spans.array("end_time") as Iterable<unknown>)).to.deep.equal([1, 2]);
    }
  });

  it("takes a text as an address, whatever it looks like", async () => {
    const url = `data:text/csv,${encodeURIComponent("start_time,end_time\n0,1\n")}`;
    expect((await inBrowser.loadTrace(url)).source).to.equal(url);
    const message = await inBrowser.loadTrace("t.csv").catch((error: unknown) => String(error));
    expect(message).to.match(/^InputError: t\.csv: nothing can be fetched from there/);
  });

  it("asks for Danfo, which it does not import", async () => {
    const message = await inBrowser
      .toDanfo(table({ x: [1] }), undefined as never)
      .catch((error: unknown) => String(error));
    expect(message).to.include("Hand Danfo over");
    class DataFrame {
      constructor(readonly rows: unknown) {}
    }
    expect(await inBrowser.toDanfo(table({ x: [1] }), { DataFrame })).to.deep.equal(new DataFrame([[1]]));
  });
});

describe("the bundle", () => {
  const file = new URL("dist/spikeline.min.js", root);
  const graph = graphFrom(file);

  it("imports Arquero, and when asked to the packages that draw and that read Parquet", () => {
    expect(packagesOf(graph)).to.have.keys("arquero", "vega", "vega-lite", "hyparquet", "hyparquet-compressors");
    expect(graph.size).to.equal(1);
  });

  it("uses no global that a browser lacks", () => {
    expect(missingIn(graph)).to.deep.equal([]);
  });

  it("is less than 120 kB, gzipped", () => {
    expect(gzipSync(readFileSync(file), { level: 9 }).length).to.be.below(120_000);
  });

  it("comes with the licences of what it holds", () => {
    const licences = readFileSync(new URL("dist/spikeline.licences.txt", root), "utf8");
    for (const name of ["@uwdata/flechette", "fzstd", "zod"]) expect(licences).to.include(`${name}\n\n`);
    expect(licences).not.to.include("undefined");
  });
});
