import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import * as spikeline from "../lib/index.js";
import { runExample } from "./support/examples.js";
import { blocksOf, pages, pageText, root } from "./support/pages.js";
import { renewed } from "./support/reference.js";
import { runScripts } from "./support/shell.js";

/** What the code of a page may be in: `text` is what the `sh` before it prints, or a formula. */
const tested = new Set(["ts", "sh", "json", "text", "html"]); // html: npm run pack:check opens it

describe("the front page and the guides", () => {
  // all at once: most of the time goes into starting commands
  let anew: Map<string, Promise<string>>;
  before(() => {
    anew = new Map(pages.map((page) => [page, renewed(page)]));
    return Promise.allSettled(anew.values());
  });

  for (const page of pages) {
    const blocks = blocksOf(pageText(page));

    it(`${page}: its commands run, and print what it shows; \`npm run docs\` renews what is generated`, async () => {
      expect(pageText(page)).to.equal(await anew.get(page));
    });

    for (const { code, line } of blocks.filter(({ language }) => language === "ts"))
      it(`${page}:${line} gives what it says`, async () => {
        const before = process.cwd();
        process.chdir(root);
        try {
          expect(await runExample(code, { console: { log: () => undefined } })).to.be.greaterThan(0);
        } finally {
          process.chdir(before);
        }
      });

    for (const { code, line } of blocks.filter(({ language }) => language === "json"))
      it(`${page}:${line} is JSON`, () => {
        expect(() => JSON.parse(code) as unknown).not.to.throw();
      });

    it(`${page} has no code that nothing runs`, () => {
      const others = blocks.filter(({ language }) => !tested.has(language));
      expect(others.map(({ language, line }) => `${line}: ${language}`)).to.deep.equal([]);
    });
  }

  it("tell of every command what its --help prints", async () => {
    const [help = ""] = await runScripts(["spikeline --help"]);
    const commands = [...help.matchAll(/^ {2}([a-z]+) [[<]/gm)].map(([, name]) => name);
    expect(commands).to.include.members(["analyze", "completion"]);
    const told = new Set(blocksOf(pageText("docs/cli.md")).map(({ code }) => code));
    const untold = commands.filter((name) => name !== "help" && !told.has(`spikeline ${name} --help\n`));
    expect(untold).to.deep.equal([]);
  });
});

describe("docstrings", () => {
  const files = readdirSync(join(root, "lib"), { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".ts"),
  );
  const shown = new Set<string>();
  for (const name of files) {
    const source = readFileSync(join(root, "lib", name), "utf8");
    for (const [, comment, exported] of source.matchAll(/\/\*\*\n([^]*?)\*\/\nexport (?:async )?function\*? (\w+)/g)) {
      const example = /@example\n([^]*)$/.exec(comment.slice(comment.lastIndexOf("/**") + 1));
      if (!example) continue;
      shown.add(exported);
      it(`${exported}: its example holds`, async () => {
        const code = example[1].replace(/^\s*\* ?/gm, "");
        expect(await runExample(code)).to.be.greaterThan(0);
      });
    }
  }

  it("of every public function have an example", () => {
    const functions = Object.entries(spikeline).filter(
      ([, value]) => typeof value === "function" && !/^class /.test(String(value)),
    );
    expect(functions.map(([name]) => name).filter((name) => !shown.has(name))).to.deep.equal([]);
  });
});
