// A line a format: does it read its sample, does it stand hostile files, does it come back as it was written.
import fc from "fast-check";
import { concurrencySpikeAnalysis, loadTrace } from "../../lib/index.js";
import type { WrittenFormat } from "../../lib/formats/write.js";
import { everything, rowsOf, throughFile } from "../support/round-trip.js";
import { formatSamples } from "../support/format-samples.js";
import { readHostile } from "../support/fuzz.js";
import { hostile } from "../support/hostile.js";

const RUNS = Number(process.env.SPIKELINE_FUZZ_RUNS ?? 300);
const written: readonly string[] = ["tidy", "nat-json", "nat-csv", "otlp", "chrome"];

const rows = [["format", "sample", "calls", "peak", "p50", "p90", "p99", "fuzz runs", "round trip"]];
for (const { name, path, format, bytes } of formatSamples) {
  const trace = await loadTrace(path);
  const { summary } = concurrencySpikeAnalysis(trace, { kinds: ["LLM", "TOOL", "SPAN"] });
  await fc.assert(
    fc.asyncProperty(hostile(bytes), async (changed) => {
      await readHostile(changed, name);
    }),
    { numRuns: RUNS },
  );
  let trip = "not written";
  if (written.includes(format)) {
    const as = format as WrittenFormat;
    const calls = everything(trace);
    const again = everything(await throughFile(calls, as, "csv", trace.origin));
    trip = JSON.stringify(rowsOf(again, as)) === JSON.stringify(rowsOf(calls, as)) ? "the same" : "DIFFERS";
    if (trip === "DIFFERS") process.exitCode = 1;
  }
  const figures = ["calls", "peak", "p50", "p90", "p99"].map((column) => String(summary.get(column)));
  rows.push([trace.format, name, ...figures, String(RUNS), trip]);
}
const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
for (const row of rows)
  process.stdout.write(
    `${row
      .map((cell, k) => cell.padEnd(widths[k]))
      .join("  ")
      .trimEnd()}\n`,
  );
