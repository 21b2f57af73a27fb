import { fileURLToPath } from "node:url";
import { type Consumer, SAID } from "./consumer.js";
import { run } from "./run.js";

const tsc = fileURLToPath(new URL("../../node_modules/typescript/bin/tsc", import.meta.url));

const MAIN = `import { concurrencySpikeAnalysis, loadTrace, type Trace } from "spikeline";
import * as inBrowser from "spikeline/browser";

const trace: Trace = await loadTrace(new File(["start_time,end_time"], "t.csv"));
const { spikes, summary } = concurrencySpikeAnalysis(trace, { threshold: 3 });
export const peak: number = spikes.numRows() + summary.numRows();
export const other: Promise<Trace> = inBrowser.loadTrace(new URL("https://localhost/t.csv"));
// @ts-expect-error it is a number
concurrencySpikeAnalysis(trace, { threshold: "3" });
// @ts-expect-error it needs what a browser lacks
export const png = inBrowser.pngOf;
`;

const consumer = (moduleResolution: string, module: string): Consumer => ({
  name: `TypeScript, ${moduleResolution}`,
  files: {
    "main.ts": MAIN,
    "tsconfig.json": JSON.stringify({
      compilerOptions: {
        module,
        moduleResolution,
        target: "es2022",
        lib: ["es2023", "dom"],
        types: [],
        strict: true,
        skipLibCheck: true,
        noEmit: true,
      },
    }),
  },
  // nothing to be said by a compiler that finds no fault
  run: (folder) => run(folder, process.execPath, tsc, "--project", ".") || SAID,
});

export const bundler: Consumer = consumer("bundler", "preserve");
export const nodenext: Consumer = consumer("nodenext", "nodenext");
