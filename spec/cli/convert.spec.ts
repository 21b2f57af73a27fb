import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { buildCallTreePerExample, loadTrace } from "../../lib/index.js";
import { runIn } from "../support/command.js";
import { temporaryFolder } from "../support/folder.js";

const samples = fileURLToPath(new URL("../../data/formats/", import.meta.url));
const folder = temporaryFolder();
const run = (...args: string[]) => runIn(folder.path, args);

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
      const calls = buildCallTreePerExample(await loadTrace(join(folder.path, file)));
      expect(calls.array("operation_name"), file).to.deep.equal(["gpt-4o", "web_search", "claude-x", "gpt-4o"]);
    }
  });

  it("writes to standard output, and only the kinds that are asked for", async () => {
    const { out } = await run("convert", join(samples, "otlp.jsonl"), "-o", "-", "--kinds", "TOOL");
    expect(out.split("\n")).to.have.length(3);
    expect(out).to.match(/,TOOL,web_search,/);
  });

  it("tells large numbers with thousands", async () => {
    folder.put("many.csv", `start_time,end_time\n${"0,1\n".repeat(1204)}`);
    expect((await run("convert", "many.csv", "-o", "many.json")).err).to.equal(
      "1,204 operations written to many.json\n",
    );
  });

  it("says what is wrong, and writes nothing then", async () => {
    expect((await run("convert", "none.json", "-o", "a.csv")).err).to.match(/none\.json: no such file/);
    expect((await run("convert", join(samples, "otlp.jsonl"), "-o", "a.xyz")).err).to.match(/-o.* names a\.xyz/);
    expect((await run("convert", join(samples, "otlp.jsonl"), "-o", "a.csv", "--as", "x")).code).to.equal(2);
    expect(existsSync(join(folder.path, "a.csv"))).to.equal(false);
    expect(() => readFileSync(join(folder.path, "a.xyz"))).to.throw();
  });
});
