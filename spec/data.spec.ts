import { readFileSync } from "node:fs";
import { expect } from "chai";
import { codingSessions, researchAgents, supportDesk } from "../data/make.js";
import { concurrencySpikeAnalysis, loadTrace } from "../lib/index.js";

const unfinished = ["paired", "ignored", "unfinished"];
const files = [
  { name: "research-agents.json", make: researchAgents, examples: 12, calls: 202, peak: 18, codes: unfinished },
  { name: "support-desk.csv", make: supportDesk, examples: 20, calls: 140, peak: 16, codes: ["paired", "ignored"] },
  { name: "coding-sessions.csv", make: codingSessions, examples: 8, calls: 387, peak: 12, codes: ["counted"] },
];

describe("data/", () => {
  for (const { name, make, codes, ...facts } of files) {
    const path = new URL(`../data/${name}`, import.meta.url);

    it(`${name} is what make.ts writes, byte for byte`, async () => {
      expect(readFileSync(path, "utf8") === (await make()), "run: node --import tsx/esm data/make.ts").to.equal(true);
    });

    it(`${name} has ${facts.calls} calls in ${facts.examples} examples, ${facts.peak} of them at once`, async () => {
      const { summary, diagnostics } = concurrencySpikeAnalysis(await loadTrace(path.pathname));
      expect(summary.object()).to.include(facts);
      expect(diagnostics.array("code")).to.have.members(codes);
    });

    it(`${name} has calls that take longer among 5 and more than among 1 or 2`, async () => {
      const { latencyByConcurrency } = concurrencySpikeAnalysis(await loadTrace(path.pathname));
      const rows = latencyByConcurrency.objects() as { concurrency: number; calls: number; mean_latency: number }[];
      const mean = (chosen: typeof rows) =>
        chosen.reduce((sum, row) => sum + row.calls * row.mean_latency, 0) /
        chosen.reduce((sum, row) => sum + row.calls, 0);
      const [busy, quiet] = [rows.filter((row) => row.concurrency >= 5), rows.filter((row) => row.concurrency <= 2)];
      expect(mean(busy)).to.be.greaterThan(1.5 * mean(quiet));
    });
  }
});
