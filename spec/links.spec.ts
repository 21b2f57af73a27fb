import { existsSync, readdirSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect } from "chai";
import GithubSlugger from "github-slugger";
import MarkdownIt, { type Token } from "markdown-it";
import { pageText, root } from "./support/pages.js";

const skipped = /(^|\/)(node_modules|dist|site|\.venv|\.built)(\/|$)/;
const pages = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".md") && !skipped.test(name))
  .sort();

const markdown = new MarkdownIt();
const tokensOf = (page: string): Token[] =>
  markdown.parse(pageText(page), {}).flatMap((token) => [token, ...(token.children ?? [])]);

/** Where the links and pictures of a page lead. */
const targetsOf = (page: string): string[] =>
  tokensOf(page).flatMap((token) =>
    [token.attrGet("href"), token.attrGet("src")].filter((found) => found !== null).map(String),
  );

/** The anchors that GitHub makes of the headings of a page. */
function anchorsOf(page: string): Set<string> {
  const slugger = new GithubSlugger();
  const tokens = tokensOf(page);
  const headings = tokens.filter((_, i) => tokens.at(i - 1)?.type === "heading_open");
  const shown = (heading: Token) => (heading.children ?? []).map(({ content }) => content).join("");
  return new Set(headings.map((heading) => slugger.slug(shown(heading))));
}

/** Why a link leads nowhere; undefined for one that leads somewhere, as far as that can be told without a network. */
function fault(page: string, target: string): string | undefined {
  if (/^[a-z]+:/i.test(target))
    return /^https:\/\/[^/]/.test(target) && URL.canParse(target) ? undefined : "not an https address";
  const [path, anchor = ""] = target.split("#");
  const file = path === "" ? page : relative(root, resolve(root, dirname(page), decodeURI(path)));
  if (file.startsWith("..")) return "outside of the project";
  if (!existsSync(join(root, file))) return "no such file";
  if (anchor === "") return undefined;
  return file.endsWith(".md") && anchorsOf(file).has(anchor) ? undefined : "no such heading";
}

describe("links", () => {
  it("are looked for in all pages", () => {
    expect(pages).to.include.members([
      "README.md",
      "CONTRIBUTING.md",
      "docs/cli.md",
      "data/README.md",
      "lib/README.md",
    ]);
    expect(targetsOf("README.md")).to.include("docs/methods.md");
  });
  for (const page of pages)
    it(`of ${page} lead somewhere`, () => {
      const faults = targetsOf(page).map((target) => ({ target, fault: fault(page, target) }));
      expect(faults.filter(({ fault }) => fault !== undefined)).to.deep.equal([]);
    });
});
