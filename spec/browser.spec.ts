import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { table } from "arquero";
import { expect } from "chai";
import { Linter } from "eslint";
import * as inBrowser from "../lib/browser.js";
import * as inNode from "../lib/index.js";

/** What the web gives, of what is used. */
const WEB = "Blob DecompressionStream File ReadableStream Response TextDecoder TextEncoder URL atob fetch";
const entry = new URL("../dist/browser.js", import.meta.url);

/** Built files by their addresses: one, and all that it imports, also when asked to. */
function graphFrom(file: URL, graph = new Map<string, string>()): Map<string, string> {
  if (graph.has(file.href)) return graph;
  const code = readFileSync(file, "utf8");
  graph.set(file.href, code);
  for (const specifier of importsOf(code)) if (specifier.startsWith(".")) graphFrom(new URL(specifier, file), graph);
  return graph;
}

const importsOf = (code: string): string[] =>
  Array.from(
    code.replace(/^\s*\*.*$/gm, "").matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g),
    ([, specifier]) => specifier,
  );

describe("the browser's entry", () => {
  const graph = graphFrom(entry);

  it("imports nothing of Node, and no package that is for Node only", () => {
    const { dependencies, peerDependencies } = JSON.parse(
      readFileSync(new URL("../package.json", import.meta.url), "utf8"),
    ) as Record<"dependencies" | "peerDependencies", object>;
    const packages = new Set(
      Array.from(graph.values())
        .flatMap(importsOf)
        .filter((name) => !name.startsWith(".")),
    );
    const names = Array.from(packages, (name) => /^(@[^/]+\/)?[^/]+/.exec(name)?.[0]);
    expect({ ...dependencies, ...peerDependencies }).to.include.keys(names);
    expect(names).to.include("arquero");
    const forNode = ["tinyglobby", "commander", "danfojs-node", "@duckdb/node-api", "@resvg/resvg-js"];
    expect(names.filter((name) => forNode.includes(name ?? ""))).to.deep.equal([]);
    expect(graph.size).to.be.greaterThan(100);
  });

  it("uses no global that a browser lacks: no Buffer, no process", () => {
    const globals = Object.fromEntries(WEB.split(" ").map((name) => [name, "readonly" as const]));
    const unknown = Array.from(graph, ([file, code]) =>
      new Linter()
        .verify(code, { languageOptions: { globals }, rules: { "no-undef": "error" } })
        .filter(({ ruleId }) => ruleId === "no-undef")
        .map(({ message, line }) => `${fileURLToPath(file)}:${line} ${message}`),
    );
    expect(unknown.flat()).to.deep.equal([]);
  });

  it("has all that Node's has, but what draws PNG", () => {
    expect([...Object.keys(inBrowser), "pngOf"]).to.have.members(Object.keys(inNode));
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
