import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect } from "chai";
import { temporaryFolder } from "../support/folder.js";

const MEGABYTE = 1e6;
const script = fileURLToPath(new URL("../support/peak-memory.ts", import.meta.url));

/** The most memory that a process takes which reads a file, in bytes, and what came of it. */
async function peakOf(path: string): Promise<{ peak: number; outcome: string }> {
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx/esm", script, path]);
  return JSON.parse(stdout) as { peak: number; outcome: string };
}

const title = "the most memory that hostile files take";
const canTell = existsSync("/proc/self/status");

// Reading hundreds of megabytes takes its time: `npm run fuzz` asks for it.
if (process.env.SPIKELINE_FUZZ_RUNS !== undefined) {
  (canTell ? describe : describe.skip)(canTell ? title : `${title} (pending: there is no /proc to tell it)`, () => {
    const folder = temporaryFolder();
    const long = "x".repeat(100 * MEGABYTE);
    const span = (n: number) =>
      `{"traceId":"t","spanId":"s${n}","name":"chat","startTimeUnixNano":"1","endTimeUnixNano":"2","attributes":[{"key":"p","value":{"stringValue":"${"x".repeat(MEGABYTE)}"}}]}`;

    const cases: [what: string, content: () => string, outcome: RegExp, times: number][] = [
      ["lists a million levels deep", () => "[".repeat(1e6) + "]".repeat(1e6), /no trace that is known/, 4],
      [
        "a line of 100 MB",
        () => `{"traceId":"t","id":"s","timestamp":1,"duration":1,"name":"${long}"}\n`,
        /^result$/,
        4,
      ],
      ["a cell of 100 MB", () => `start_time,end_time,prompt\n0,1,"${long}"\n`, /^result$/, 4],
      // of which only the spans are kept, not the text
      [
        "a document of 200 MB",
        () =>
          `{"resourceSpans":[{"scopeSpans":[{"spans":[${Array.from({ length: 200 }, (_, n) => span(n)).join()}]}]}]}`,
        /^result$/,
        0.5,
      ],
    ];
    for (const [what, content, expected, times] of cases) {
      it(`${what}: ${times} times the file and 300 MB`, async () => {
        const text = content();
        const { peak, outcome } = await peakOf(folder.put("t", text));
        expect(outcome).to.match(expected);
        expect(peak)
          .to.be.greaterThan(MEGABYTE)
          .and.at.most(times * text.length + 300 * MEGABYTE);
      });
    }
  });
}
