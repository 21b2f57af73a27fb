import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import MarkdownIt from "markdown-it";

export const root = fileURLToPath(new URL("../../", import.meta.url));

/** The front page and the guides: their generated parts are renewed, and all code in them runs. */
export const pages = [
  "README.md",
  ...readdirSync(`${root}docs`)
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

export const pageText = (page: string): string => readFileSync(root + page, "utf8");

/** A fenced block of code. */
export interface Block {
  readonly language: string;
  readonly code: string;
  /** the line of its fence, from 1 */
  readonly line: number;
  /** whether it is what the block right before it prints: a `text` behind an `sh` */
  readonly isOutput: boolean;
}

const markdown = new MarkdownIt();

/** The fenced blocks of a page, in their order. */
export function blocksOf(text: string): Block[] {
  const tokens = markdown.parse(text, {});
  return tokens.flatMap((token, i) => {
    if (token.type !== "fence" || token.map === null) return [];
    const before = tokens.at(i - 1);
    const isOutput = token.info === "text" && i > 0 && before?.type === "fence" && before.info === "sh";
    return [{ language: token.info, code: token.content, line: token.map[0] + 1, isOutput }];
  });
}
