import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { tableSpecs, type TableSpec } from "../../lib/index.js";
import { findings } from "../../lib/tables/diagnostics.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const missing = { never: "", NaN: "NaN where missing", null: "null where missing" };

/** The column reference: a section for each table, from the columns as they are declared. */
export function columnReference(): string {
  return Object.entries(tableSpecs)
    .map(([name, { row, columns }]: [string, TableSpec]) => {
      const lines = columns.map(({ name, type, unit, meaning, missing: rule }) => {
        const kind = [type, unit, missing[rule]].filter((part) => part !== "").join(", ");
        return `| \`${name}\` | ${kind} | ${meaning} |`;
      });
      return [`**\`${name}\`**: a row is ${row}.`, "", "| Column | Type | Meaning |", "|---|---|---|", ...lines].join(
        "\n",
      );
    })
    .join("\n\n");
}

/** The codes of `diagnostics`, as they are declared. */
export function findingReference(): string {
  const lines = Object.entries(findings).map(
    ([code, { problem, meaning }]) => `| \`${code}\` | ${problem ? "yes" : ""} | ${meaning} |`,
  );
  return ["| Code | Problem | Meaning |", "|---|---|---|", ...lines].join("\n");
}

/** What the command line prints on standard output, run from the root of the project. */
export const output = (...args: readonly string[]): string =>
  execFileSync(process.execPath, ["dist/cli/main.js", ...args], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });

/** The README with its generated parts made anew: between `<!-- NAME -->` and `<!-- /NAME -->`. */
export function renewed(readme: string): string {
  const parts: Record<string, string> = {
    columns: columnReference(),
    findings: findingReference(),
    output: `\`\`\`text\n${output("analyze", "data/research-agents.json").trimEnd()}\n\`\`\``,
  };
  return Object.entries(parts).reduce(
    (text, [name, part]) =>
      text.replace(
        new RegExp(`(<!-- ${name} -->\n)[^]*?(\n<!-- /${name} -->)`),
        (_, open: string, close: string) => `${open}\n${part}\n${close}`,
      ),
    readme,
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const path = `${root}README.md`;
  writeFileSync(path, renewed(readFileSync(path, "utf8")));
}
