import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { runIn } from "../support/command.js";
import { temporaryFolder } from "../support/folder.js";

const samples = fileURLToPath(new URL("../../data/formats/", import.meta.url));
const folder = temporaryFolder();
const run = (...args: string[]) => runIn(folder.path, args);

describe("spikeline inspect", () => {
  it("says what a file is and holds, and what became of every row", async () => {
    const { code, out } = await run("inspect", join(samples, "tidy.csv"));
    expect(code).to.equal(0);
    const [title, , operations, time, , ...lines] = out.split("\n");
    expect(title).to.match(/tidy\.csv · tidy$/);
    expect(operations).to.equal("  5 operations in 1 example");
    expect(time).to.equal("  9.50 s from 2026-01-02T03:04:05.100Z");
    expect(lines.slice(0, 4).map((line) => line.trim().split(/\s{2,}/))).to.deep.equal([
      ["kind", "operations", "unfinished", "tokens", "names"],
      ["LLM", "3", "1", "410", "gpt-4o (2), claude-x (1)"],
      ["AGENT", "1", "research (1)"],
      ["TOOL", "1", "web_search (1)"],
    ]);
    expect(out)
      .to.match(/^ +3 {3}counted /m)
      .and.to.match(/^ +1 {3}unfinished /m)
      .and.to.match(/^ +1 {3}ignored /m);
  });

  it("exits with 1 where --strict finds what could not be used as it stands", async () => {
    expect((await run("inspect", join(samples, "tidy.csv"), "--strict")).code).to.equal(1);
    expect((await run("analyze", join(samples, "tidy.csv"), "--strict")).code).to.equal(1);
    folder.put("fine.csv", "start_time,end_time\n0,1\n");
    expect((await run("inspect", "fine.csv", "--strict")).code).to.equal(0);
    expect((await run("analyze", "fine.csv", "--strict")).code).to.equal(0);
  });

  it("exits alike for analyze: with 1 for any finding of a problem, not for a hint", async () => {
    folder.put("agents.csv", "start_time,end_time,operation_type\n0,1,AGENT\n");
    folder.put("kinds.csv", "start_time,end_time,operation_type\n0,1,LLM\n0,1,CHAT\n");
    for (const [file, expected, said] of [
      ["agents.csv", 0, "spikeline: counted are LLM, TOOL; the trace has AGENT (see --kinds)\n"],
      ["kinds.csv", 1, /1 of 2 rows with problems\n {2}1 unknown_kind: .* \(first: kinds\.csv, row 2: CHAT\)\n$/],
      ["*.csv", 1, /unknown_kind/],
    ] as const) {
      const { code, err } = await run("analyze", file, "--strict");
      expect(code, file).to.equal(expected);
      if (typeof said === "string") expect(err).to.equal(said);
      else expect(err).to.match(said);
      expect((await run("inspect", file, "--strict")).code, file).to.equal(expected);
    }
    mkdirSync(join(folder.path, "runs"));
    folder.put("runs/fine.csv", "start_time,end_time\n0,1\n");
    folder.put("runs/package.json", "{}");
    for (const command of ["analyze", "inspect"]) {
      expect((await run(command, "runs")).code).to.equal(0);
      expect((await run(command, "runs", "--strict")).code, command).to.equal(1);
    }
  });
});
