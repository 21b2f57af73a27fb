import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { expect } from "chai";
import { chooseEngine } from "../../lib/engines/choose-engine.js";
import { buildCallTreePerExample, generateTrace } from "../../lib/index.js";
import { tableContent } from "../../lib/files/write-table.js";
import { main, runIn, type Run } from "../support/command.js";
import { temporaryFolder } from "../support/folder.js";
import { layOutWithout } from "../support/without-packages.js";

const folder = temporaryFolder();
const analyze = (...args: string[]): Promise<Run> => runIn(folder.path, ["analyze", ...args]);

/** Calls of a generated trace, as CSV. */
async function putCalls(): Promise<string> {
  const [spans] = generateTrace({ calls: 400, seed: 3 });
  const calls = buildCallTreePerExample(spans);
  const chosen = calls.select(
    "example",
    "operation_type",
    "operation_name",
    "start_time",
    "end_time",
    "prompt_tokens",
    "total_tokens",
    "status",
  );
  return folder.put("calls.csv", [...(await tableContent(chosen, "csv"))].join(""));
}

describe("spikeline analyze --engine", () => {
  it("duckdb reports what memory does, but for the kinds of the calls", async () => {
    await putCalls();
    const [duckdb, memory] = await Promise.all([
      analyze("calls.csv", "--engine", "duckdb", "--memory-limit", "1GB"),
      analyze("calls.csv"),
    ]);
    expect(duckdb.err).to.equal("");
    const lines = (text: string) => text.split("\n").filter((line) => !/^calls\.csv|^ {2}400 calls/.test(line));
    expect(lines(duckdb.out)).to.deep.equal(lines(memory.out));
    expect(duckdb.out).to.include("In flight over time").and.to.include("400 calls in ");
  });

  it("duckdb writes the tables that memory writes", async () => {
    await putCalls();
    const { err } = await analyze("calls.csv", "--engine", "duckdb", "--out", "out", "--segments", "segments.parquet");
    expect(err).to.equal("8 tables written to out\n" + err.split("\n").slice(1).join("\n"));
    expect(err).to.match(/\d+ segments written to segments\.parquet/);
    expect(readdirSync(join(folder.path, "out")).sort()).to.deep.equal(
      "bins diagnostics distribution latency_by_concurrency percentiles spike_tokens spikes summary"
        .split(" ")
        .map((name) => `${name}.csv`),
    );
    for (const name of ["percentiles", "latency_by_concurrency", "tokens_in_flight", "bins"]) {
      const [duckdb, memory] = await Promise.all([
        analyze("calls.csv", "--engine", "duckdb", "--tables", name),
        analyze("calls.csv", "--tables", name),
      ]);
      const cells = ({ out }: Run) =>
        out
          .trim()
          .split("\n")
          .map((line) =>
            line.split(",").map((cell) => (Number.isNaN(Number(cell)) ? cell : Number(cell).toPrecision(9))),
          );
      expect(cells(duckdb), name).to.deep.equal(cells(memory));
    }
  });

  it("looks first whether segments can be written, before it reads", async () => {
    folder.put("a.csv", "start_time,end_time\n0,1\n");
    const cases: [code: number, args: string[], message: RegExp][] = [
      [1, ["--engine", "duckdb", "--segments", "a.csv/x.parquet"], /a\.csv\/x\.parquet: a file stands where a folder/],
      [1, ["--engine", "memory", "--segments", "a.csv/x.csv"], /a\.csv\/x\.csv: a file stands where a folder/],
      [2, ["--engine", "duckdb", "--segments", "http://a.b/x.parquet"], /must be a Parquet file, or an address/],
      [2, ["--engine", "memory", "--segments", "s3://a/x.parquet"], /must be a file of this machine .* not s3:/],
    ];
    for (const [code, args, message] of cases) {
      const run = await analyze("none.csv", ...args);
      expect(run.err, args.join(" ")).to.match(message);
      expect(run).to.deep.include({ code, out: "" });
    }
    expect(readdirSync(folder.path)).to.deep.equal(["a.csv"]);
  });

  it("writes a table that is named twice once, and no other", async () => {
    folder.put("a.csv", "start_time,end_time\n0,1\n");
    const { err } = await analyze("a.csv", "--engine", "memory", "--tables", "bins,bins", "--out", "twice");
    expect(err).to.equal("1 table written to twice\n");
    expect(readdirSync(join(folder.path, "twice"))).to.deep.equal(["bins.csv"]);
  });

  it("takes --bins without --engine too", async () => {
    folder.put("a.csv", "start_time,end_time\n0,1\n");
    const { out } = await analyze("a.csv", "--bins", "2", "--tables", "bins");
    expect(out.trim().split("\n")).to.have.length(3);
  });

  it("duckdb takes dates without a zone for UTC, whatever the zone of the machine", async () => {
    const rows = ["2024-05-01T10:00:00+02:00,2024-05-01T08:00:05Z", "2024-05-01T08:00:02,2024-05-01T08:00:09"];
    folder.put("zones.csv", `start_time,end_time\n${rows.join("\n")}\n`);
    const args = ["analyze", "zones.csv", "--engine", "duckdb", "--tables", "distribution"];
    const { out } = await runIn(folder.path, args, undefined, { TZ: "America/New_York" });
    expect(out).to.equal(
      "concurrency,total_time,share,cumulative_share,first_time\n1,6,0.6666666666666666,0.6666666666666666,0\n2,3,0.3333333333333333,1,2\n",
    );
  });

  it("tells groups apart", async () => {
    await putCalls();
    const { out, err } = await analyze("calls.csv", "--engine", "duckdb", "--group-by", "operation_type");
    expect(err).to.equal("");
    expect(out).to.match(/^2 rows × 7 columns\n +operation_type +calls/);
    expect(out).to.match(/\n +LLM +\d.*\n +TOOL +\d/);
    const memory = await analyze("calls.csv", "--engine", "memory", "--group-by", "operation_type");
    expect(memory.out).to.equal(out);
    const refused = await analyze("calls.csv", "--engine", "duckdb", "--group-by", "operation_type", "--json");
    expect(refused).to.deep.include({ code: 2, out: "" });
    expect(refused.err).to.include("Write their tables: --out DIR");
  });

  it("prints JSON in the reference's shape", async () => {
    await putCalls();
    const [duckdb, memory] = await Promise.all([
      analyze("calls.csv", "--engine", "duckdb", "--json"),
      analyze("calls.csv", "--json"),
    ]);
    const [a, b] = [duckdb, memory].map(({ out }) => JSON.parse(out) as Record<string, unknown>);
    expect(Object.keys(a)).to.deep.equal(Object.keys(b));
    expect(a.spike_threshold).to.equal(b.spike_threshold);
    expect((a.spike_intervals as unknown[]).length).to.equal((b.spike_intervals as unknown[]).length);
  });

  it("auto chooses by kind and size, and says why", async () => {
    const path = await putCalls();
    const { err } = await analyze("calls.csv", "--engine", "auto", "--memory-limit", "1GB");
    expect(err).to.match(
      /^spikeline: engine memory: 0(?:\.\d)? MB; memory, the faster, has room for [\d,.]+ MB of text\n$/,
    );
    expect(await chooseEngine([path], 1000)).to.deep.include({ engine: "duckdb" });
    expect(await chooseEngine(["-"])).to.deep.include({ engine: "memory" });
    const big = folder.put("big.parquet", new Uint8Array(11e6));
    expect(await chooseEngine([big], 240e6)).to.deep.equal({
      engine: "duckdb",
      why: "11 MB; memory, the faster, has room for 10 MB of Parquet",
    });
    expect(await chooseEngine([big], 2400e6)).to.deep.include({ engine: "memory" });
    const packed = folder.put("big.csv.gz", new Uint8Array(11e6));
    expect(await chooseEngine([packed], 480e6)).to.deep.equal({
      engine: "duckdb",
      why: "11 MB; memory, the faster, has room for 10 MB of packed text",
    });
    expect(await chooseEngine([path, "s3://bucket/calls.parquet"])).to.deep.include({ engine: "duckdb" });
    expect(await chooseEngine(["https://a.example/calls.parquet"])).to.deep.include({ engine: "memory" });
    const trace = folder.put("trace.json", "[]");
    expect((await chooseEngine([trace])).why).to.include("not traces");
  });

  it("reads a table of a database", async () => {
    const instance = await DuckDBInstance.create(join(folder.path, "traces.duckdb"));
    const connection = await instance.connect();
    await connection.run("CREATE TABLE calls AS SELECT i AS ts, i + 2 AS te FROM range(5) AS t (i)");
    connection.closeSync();
    instance.closeSync();
    const args = [
      "--database",
      "traces.duckdb",
      "--table",
      "calls",
      "--columns",
      "start=ts,end=te",
      "--tables",
      "distribution",
    ];
    expect((await analyze(...args)).out).to.include("\n2,");
    expect((await analyze("--database", "traces.duckdb", "--table", "cals")).err).to.match(
      /^spikeline: duckdb: Catalog Error.*SHOW ALL TABLES/,
    );
  });

  it("tells of what cannot be used", async () => {
    folder.put("a.csv", "start_time,end_time\n0,1\n3,2\n");
    const { code, err } = await analyze("a.csv", "--engine", "duckdb", "--strict");
    expect(err).to.equal(
      "spikeline: 1 of 2 rows with problems\n  1 negative_duration: an end before its start: left out (first: a.csv)\n",
    );
    expect(code).to.equal(1);
  });

  it("refuses options that do not go together, and says what does", async () => {
    folder.put("a.csv", "start_time,end_time\n0,1\n");
    const cases: [args: string[], message: RegExp][] = [
      [[], /`<file\.\.\.>` is missing/],
      [["--engine", "duckdb"], /`<file\.\.\.>` is missing\. Name files, or a table/],
      [["a.csv", "--engine", "duckdb", "--mode", "nat"], /`--mode` nat is for files in memory/],
      [["a.csv", "--engine", "duckdb", "--window", "0..1"], /`--window` is for files in memory/],
      [["a.csv", "--engine", "duckdb", "--counting", "leaf"], /`--counting` is for files in memory/],
      [["a.csv", "--engine", "duckdb", "--table", "calls"], /`--table` and files do not go together/],
      [["--engine", "duckdb", "--table", "calls"], /`--table` needs the --database/],
      [["--engine", "memory", "--table", "calls"], /`--table` needs --engine duckdb/],
      [["a.csv", "--engine", "memory", "--memory-limit", "1GB"], /`--memory-limit` is for duckdb, not for memory/],
      [["a.csv", "--catalog", "lake"], /`--catalog` is for trino, not for memory/],
      [["a.csv", "--engine", "duckdb", "--allow-http"], /`--allow-http` is for trino, not for duckdb/],
      [["--engine", "auto", "--table", "calls"], /auto chooses for files\. Name the engine/],
      [["a.csv", "--engine", "duckdb", "--memory-limit", "lots"], /`--memory-limit` must be like 1GB/],
      [["a.csv", "--engine", "duckdb", "--tables", "segments"], /segments are written by --segments/],
      [["a.csv", "--engine", "duckdb", "--tables", "bins,spikes"], /Add --out DIR/],
      [["a.csv", "--engine", "duckdb", "--bins", "0"], /positive whole number/],
      [["a.csv", "--engine", "duckdb", "--where", "nope=1"], /^spikeline: `--where` names the column nope/],
      [["a.csv", "--engine", "duckdb", "--columns", "start=nope"], /^spikeline: `--columns` names the column nope/],
      [["a.csv", "--group-by", "nope"], /`--group-by` names the column nope/],
    ];
    for (const [args, message] of cases) {
      const { code, out, err } = await analyze(...args);
      expect(err, args.join(" ")).to.match(message);
      expect({ code, out }, args.join(" ")).to.deep.equal({ code: 2, out: "" });
    }
  });

  it("says which package is missing", async () => {
    folder.put("a.csv", "start_time,end_time\n0,1\n");
    const without = layOutWithout(folder.path, ["@duckdb"]);
    const run = await new Promise<string>((resolve) => {
      execFile(
        process.execPath,
        [without, "analyze", "a.csv", "--engine", "duckdb"],
        { cwd: folder.path },
        (_error, _out, err) => {
          resolve(err);
        },
      );
    });
    expect(run).to.equal(
      "spikeline: the engine duckdb needs the package @duckdb/node-api: npm install @duckdb/node-api.\n",
    );
  });

  it("stops on Ctrl-C", async () => {
    const connection = await (await DuckDBInstance.create()).connect();
    await connection.run(
      `COPY (SELECT random() AS start_time, 1 + random() AS end_time FROM range(4000000)) TO '${join(folder.path, "many.parquet")}' (FORMAT parquet)`,
    );
    const { code, err } = await new Promise<{ code: unknown; err: string }>((resolve) => {
      const child = execFile(
        process.execPath,
        [main, "analyze", "many.parquet", "--engine", "duckdb"],
        { cwd: folder.path },
        (error, _out, err) => {
          resolve({ code: error?.code, err });
        },
      );
      setTimeout(() => child.kill("SIGINT"), 1500);
    });
    expect(err).to.equal("spikeline: stopped; nothing was written.\n");
    expect(code).to.equal(130);
  });
});
