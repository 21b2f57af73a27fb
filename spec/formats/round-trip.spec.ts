import { expect } from "chai";
import fc from "fast-check";
import type { TableFormat } from "../../lib/files/write-table.js";
import type { WrittenFormat } from "../../lib/formats/write.js";
import { buildCallTreePerExample, generateTrace, loadTrace } from "../../lib/index.js";
import { formatSamples } from "../support/format-samples.js";
import { everything, rowsOf, throughFile } from "../support/round-trip.js";

const tidy: TableFormat[] = ["csv", "tsv", "json", "ndjson", "arrow", "parquet"];
const formats: [WrittenFormat, TableFormat][] = [
  ...tidy.map((as): [WrittenFormat, TableFormat] => ["tidy", as]),
  ["otlp", "csv"],
  ["chrome", "csv"],
];

describe("calls that are written and read back are the same", () => {
  for (const [format, as] of formats) {
    it(format === "tidy" ? `tidy, ${as}` : format, async () => {
      await fc.assert(
        fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: 60 }), async (seed, n) => {
          const options = { seed, calls: n, examples: Math.ceil(n / 9), failures: 0.1, missingEnds: 0.1 };
          const spans = [...generateTrace(options)][0];
          const calls = buildCallTreePerExample(spans, { kinds: ["LLM", "TOOL", "WORKFLOW"] });
          const again = everything(await throughFile(calls, format, as));
          expect(rowsOf(again, format)).to.deep.equal(rowsOf(calls, format));
        }),
        { numRuns: 60 },
      );
    });

    it(`${format === "tidy" ? `tidy, ${as}` : format}: every sample`, async () => {
      for (const { path, name } of formatSamples) {
        const trace = await loadTrace(path);
        const calls = everything(trace);
        const again = everything(await throughFile(calls, format, as, trace.origin));
        expect(rowsOf(again, format), name).to.deep.equal(rowsOf(calls, format));
      }
    });
  }
});
