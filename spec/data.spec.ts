import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { codingSessions, researchAgents, supportDesk } from "../data/make.js";
import { concurrencySpikeAnalysis, loadTrace } from "../lib/index.js";
import { runIn } from "./support/command.js";
import { temporaryFolder } from "./support/folder.js";

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

describe("data/batch/", () => {
  const root = fileURLToPath(new URL("../", import.meta.url));
  const folder = temporaryFolder();
  const script = (runs: string) =>
    execFileSync(process.execPath, ["--import", "tsx/esm", "data/batch/summaries.ts", runs], {
      cwd: root,
      encoding: "utf8",
    })
      .trimEnd()
      .split("\n")
      .map((line) => line.split(","));

  it("has a script that makes a table of a folder of traces, a row for each", async () => {
    const [header, ...rows] = script("data/batch/runs");
    expect(rows.map((row) => row.slice(0, 2))).to.deep.equal([
      ["data/batch/runs/run-1.csv", "tidy"],
      ["data/batch/runs/run-2.csv", "tidy"],
      ["data/batch/runs/run-3.json", "nat-json"],
    ]);
    for (const row of rows) {
      const { summary } = concurrencySpikeAnalysis(await loadTrace(`${root}${row[0]}`));
      expect(header).to.deep.equal(summary.columnNames());
      expect(Number(row[header.indexOf("peak")])).to.equal(summary.get("peak"));
      expect(Number(row[header.indexOf("mean_latency")])).to.equal(summary.get("mean_latency"));
    }
  });
  it("leaves cells empty where something is missing", () => {
    folder.put("empty.csv", "start_time,end_time\n");
    const [header, row] = script(folder.path);
    expect(row[header.indexOf("mean_latency")]).to.equal("");
    expect(row).to.have.length(header.length);
  });
  it("has runs that `spikeline generate` writes", async () => {
    for (const name of ["run-1.csv", "run-2.csv", "run-3.json"]) {
      const seed = name.slice(4, 5);
      const { code } = await runIn(folder.path, [
        "generate",
        "-o",
        name,
        "--calls",
        "40",
        "--examples",
        "4",
        "--seed",
        seed,
      ]);
      expect(code).to.equal(0);
      const [made, kept] = [`${folder.path}/${name}`, `${root}data/batch/runs/${name}`].map((path) =>
        readFileSync(path, "utf8"),
      );
      expect(made === kept, `${name}: as data/README.md says`).to.equal(true);
    }
  });
});
