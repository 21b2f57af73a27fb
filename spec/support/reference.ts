import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";
import { tableSpecs, type TableSpec } from "../../lib/index.js";
import { glossary } from "../../lib/report/glossary.js";
import { findings } from "../../lib/tables/diagnostics.js";
import { type Block, blocksOf, pages, pageText, root } from "./pages.js";
import { runScripts } from "./shell.js";

const missing = { never: "", NaN: "NaN where missing", null: "null where missing" };

/** The column reference: a section for each table, from the columns as they are declared. */
function columnReference(): string {
  return Object.entries(tableSpecs)
    .map(([name, { row, columns }]: [string, TableSpec]) => {
      const lines = columns.map(({ name, type, unit, meaning, missing: rule }) => {
        const kind = [type, unit, missing[rule]].filter((part) => part !== "").join(", ");
        return `| \`${name}\` | ${kind} | ${meaning} |`;
      });
      return [`## ${name}`, "", `A row is ${row}.`, "", "| Column | Type | Meaning |", "|---|---|---|", ...lines].join(
        "\n",
      );
    })
    .join("\n\n");
}

/** The codes of `diagnostics`, as they are declared. */
function findingReference(): string {
  const lines = Object.entries(findings).map(
    ([code, { problem, meaning }]) => `| \`${code}\` | ${problem ? "yes" : ""} | ${meaning} |`,
  );
  return ["| Code | Problem | Meaning |", "|---|---|---|", ...lines].join("\n");
}

/** What the words of the field mean, as `spikeline explain` says it. */
function termReference(): string {
  const lines = Object.entries(glossary).map(([term, meaning]) => `| ${term} | ${meaning} |`);
  return ["| Term | Meaning |", "|---|---|", ...lines].join("\n");
}

/** What stands between `<!-- NAME -->` and `<!-- /NAME -->`. */
const parts: Readonly<Record<string, () => string>> = {
  columns: columnReference,
  findings: findingReference,
  terms: termReference,
};

/**
 * A page with what is generated in it made anew: the parts between markers, and each `text` block right behind an `sh` block, which is what
 * the commands in that print.
 *
 * @throws Error if a command fails
 */
export async function renewed(page: string): Promise<string> {
  const text = Object.entries(parts).reduce(
    (text, [name, part]) =>
      text.replace(
        new RegExp(`(<!-- ${name} -->\n)[^]*?(\n<!-- /${name} -->)`),
        (_, open: string, close: string) => `${open}\n${part()}\n${close}`,
      ),
    pageText(page),
  );
  const path = root + page;
  return await format(await withOutputs(text), { ...(await resolveConfig(path)), filepath: path });
}

async function withOutputs(text: string): Promise<string> {
  const blocks = blocksOf(text);
  const scripts = blocks.filter(({ language }) => language === "sh");
  const printed = await runScripts(scripts.map(({ code }) => code));
  const lines = text.split("\n");
  // from the last, so that the lines of those before stay where they are
  for (const block of blocks.filter(({ isOutput }) => isOutput).reverse()) {
    const output = printed[scripts.indexOf(blocks[blocks.indexOf(block) - 1])];
    if (output !== undefined) lines.splice(block.line, linesOf(block), ...output.trimEnd().split("\n"));
  }
  return lines.join("\n");
}

const linesOf = ({ code }: Block): number => code.split("\n").length - 1;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await Promise.all(
    pages.map(async (page) => {
      writeFileSync(root + page, await renewed(page));
    }),
  );
}
