import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Linter } from "eslint";
import ts from "typescript";

/** What the web gives, of what is used, by us and by the packages that the bundle holds. */
const WEB =
  "Blob DecompressionStream File ReadableStream Response TextDecoder TextEncoder URL atob btoa structuredClone fetch console navigator";

/** What a module imports, also when asked to. */
export function importsOf(code: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node);
    if (specifier) found.push(ts.isStringLiteralLike(specifier) ? specifier.text : specifier.getText());
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("built.js", code, ts.ScriptTarget.ES2022, true));
  return found;
}

function specifierOf(node: ts.Node): ts.Expression | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  const isImport = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
  return isImport ? node.arguments[0] : undefined;
}

/** Built modules by their addresses: one, and all that it imports. */
export function graphFrom(file: URL, graph = new Map<string, string>()): Map<string, string> {
  if (graph.has(file.href)) return graph;
  const code = readFileSync(file, "utf8");
  graph.set(file.href, code);
  for (const specifier of importsOf(code)) if (specifier.startsWith(".")) graphFrom(new URL(specifier, file), graph);
  return graph;
}

/** Globals that a module uses and browsers lack, with their lines; also why it cannot be read. */
export function missingInBrowsers(file: string, code: string): string[] {
  const globals = Object.fromEntries(WEB.split(" ").map((name) => [name, "readonly" as const]));
  return new Linter()
    .verify(code, { languageOptions: { globals }, rules: { "no-undef": "error" } })
    .filter(({ ruleId, fatal }) => ruleId === "no-undef" || fatal === true)
    .map(({ message, line }) => `${fileURLToPath(file)}:${line} ${message}`);
}
