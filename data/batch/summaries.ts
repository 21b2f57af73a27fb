// Turns a folder of traces into one CSV with a row for each, its `summary`:
//
//     node --import tsx/esm data/batch/summaries.ts data/batch/runs > runs.csv
//
// In a project of your own the import is from "spikeline".
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { from } from "arquero";
import { concurrencySpikeAnalysis, loadTrace } from "../../lib/index.js";

const folder = process.argv[2] ?? "data/batch/runs";
const names = (await readdir(folder)).sort();

const runs: object[] = [];
for (const name of names) {
  const { summary } = concurrencySpikeAnalysis(await loadTrace(join(folder, name)));
  // what is missing is an empty cell
  const cells = Object.entries(summary.object() as Record<string, unknown>).map(([column, value]) => [
    column,
    Number.isNaN(value) ? null : value,
  ]);
  runs.push(Object.fromEntries(cells) as object);
}
process.stdout.write(`${from(runs).toCSV()}\n`);
