import fc from "fast-check";
import { formatSamples } from "../support/format-samples.js";
import { readHostile } from "../support/fuzz.js";
import { hostile } from "../support/hostile.js";

/** `npm run fuzz` asks for more. */
const RUNS = Number(process.env.SPIKELINE_FUZZ_RUNS ?? 300);

describe("a changed file gives a result or one clear error", () => {
  for (const { name, bytes } of formatSamples) {
    it(`${name}, ${RUNS} times`, async function () {
      this.timeout(0);
      await fc.assert(
        fc.asyncProperty(hostile(bytes), async (changed) => {
          await readHostile(changed, name);
        }),
        { numRuns: RUNS },
      );
    });
  }
});
