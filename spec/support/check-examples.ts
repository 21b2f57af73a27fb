import ts from "typescript";
import { blocksOf, pages, pageText, root } from "./pages.js";

/** What the compiler has to say of the examples of all pages, in one run: `docs/modes.md:40: message`. */
function exampleErrors(): string[] {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleDetection: ts.ModuleDetectionKind.Force,
    paths: { spikeline: [`${root}lib/index.ts`] },
    types: ["node"],
    strict: true,
    skipLibCheck: true,
    noEmit: true,
  };
  // each a file of its own, as if it stood in the project
  const examples = new Map<string, { page: string; line: number; code: string }>();
  for (const page of pages)
    for (const { language, line, code } of blocksOf(pageText(page)))
      if (language === "ts") examples.set(`${root}${page}.${line}.ts`, { page, line, code });

  const host = ts.createCompilerHost(options);
  const [isThere, read] = [host.fileExists.bind(host), host.readFile.bind(host)];
  host.fileExists = (path) => examples.has(path) || isThere(path);
  host.readFile = (path) => examples.get(path)?.code ?? read(path);
  const program = ts.createProgram([...examples.keys()], options, host);
  return Array.from(examples, ([path, { page, line }]) =>
    ts.getPreEmitDiagnostics(program, program.getSourceFile(path)).map(({ file, start, messageText }) => {
      const within = file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
      return `${page}:${line + within}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
    }),
  ).flat();
}

const errors = exampleErrors();
for (const error of errors) console.error(error);
process.exitCode = errors.length > 0 ? 1 : 0;
