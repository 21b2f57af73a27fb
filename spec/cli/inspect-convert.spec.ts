import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { buildCallTreePerExample, loadTrace } from "../../lib/index.js";

const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const samples = fileURLToPath(new URL("../../data/formats/", import.meta.url));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "spikeline-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const run = (...args: string[]): Promise<{ code: number; out: string; err: string }> =>
  new Promise((resolve) => {
    execFile(process.execPath, [main, ...args], { cwd: folder }, (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err });
    });
  });

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
    writeFileSync(join(folder, "fine.csv"), "start_time,end_time\n0,1\n");
    expect((await run("inspect", "fine.csv", "--strict")).code).to.equal(0);
    expect((await run("analyze", "fine.csv", "--strict")).code).to.equal(0);
  });
});

describe("spikeline convert", () => {
  it("writes every operation in the format of the ending, or the one that is asked for", async () => {
    for (const [file, ...options] of [
      ["calls.csv"],
      ["calls.tsv"],
      ["calls.json"],
      ["calls.ndjson"],
      ["calls.parquet"],
      ["calls.arrow"],
      ["otlp.jsonl", "--as", "otlp"],
      ["chrome.json", "--as", "chrome"],
      ["nat.json", "--as", "nat-json"],
      ["nat.csv", "--as", "nat-csv"],
    ]) {
      const { code, err } = await run("convert", join(samples, "otlp.jsonl"), "-o", file, ...options);
      expect(err, file).to.equal(`5 operations written to ${file}\n`);
      expect(code).to.equal(0);
      const calls = buildCallTreePerExample(await loadTrace(join(folder, file)));
      expect(calls.array("operation_name"), file).to.deep.equal(["gpt-4o", "web_search", "claude-x", "gpt-4o"]);
    }
  });

  it("writes to standard output, and only the kinds that are asked for", async () => {
    const { out } = await run("convert", join(samples, "otlp.jsonl"), "-o", "-", "--kinds", "TOOL");
    expect(out.split("\n")).to.have.length(3);
    expect(out).to.match(/,TOOL,web_search,/);
  });

  it("says what is wrong, and writes nothing then", async () => {
    expect((await run("convert", "none.json", "-o", "a.csv")).err).to.match(/none\.json: no such file/);
    expect((await run("convert", join(samples, "otlp.jsonl"), "-o", "a.xyz")).err).to.match(/-o.* names a\.xyz/);
    expect((await run("convert", join(samples, "otlp.jsonl"), "-o", "a.csv", "--as", "x")).code).to.equal(2);
    expect(existsSync(join(folder, "a.csv"))).to.equal(false);
    expect(() => readFileSync(join(folder, "a.xyz"))).to.throw();
  });
});
