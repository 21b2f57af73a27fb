import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import * as spikeline from "../lib/index.js";
import { runExample } from "./support/examples.js";
import { output, renewed } from "./support/reference.js";

const root = fileURLToPath(new URL("../", import.meta.url));
const readme = readFileSync(join(root, "README.md"), "utf8");
const blocks = (language: string) =>
  Array.from(readme.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, "gm")), (match) => match[1]);

describe("README", () => {
  it("holds the columns and the output of today; `npm run docs` renews them", () => {
    const squeezed = (text: string) => text.replace(/[ -]+/g, " ");
    expect(squeezed(readme)).to.equal(squeezed(renewed(readme)));
  });

  for (const [i, code] of blocks("ts").entries()) {
    it(`has an example ${i + 1} that runs and gives what it says`, async () => {
      const before = process.cwd();
      process.chdir(root);
      try {
        expect(await runExample(code, { console: { log: () => undefined } })).to.be.greaterThan(0);
      } finally {
        process.chdir(before);
      }
    });
  }

  const commands = blocks("sh")
    .flatMap((block) => block.replaceAll("\\\n", " ").split("\n"))
    .filter((line) => line.startsWith("spikeline ") && line.includes("data/"));
  it("shows commands", () => {
    expect(commands.length).to.be.greaterThan(2);
  });
  for (const command of commands) {
    it(`runs: ${command}`, () => {
      const args = command
        .replace(/\s+#.*$/, "")
        .replace(/\s+>.*$/, "")
        .split(/\s+/)
        .slice(1);
      expect(output(...args)).to.not.equal("");
    });
  }
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
