import { DuckDBInstance } from "@duckdb/node-api";
import { expect } from "chai";
import { fromDuckDB, tableSql, viewSql } from "../../lib/index.js";
import { runIn } from "../support/command.js";
import { columnsOf } from "../support/columns-of.js";
import { temporaryFolder } from "../support/folder.js";

const folder = temporaryFolder();
const sql = (...args: string[]) => runIn(folder.path, ["sql", ...args]);

describe("spikeline sql", () => {
  it("prints the SQL of a table, which runs on files that convert wrote", async () => {
    const path = folder.put("calls.csv", "start_time,duration,team\n0,2,a\n1,3,a\n1,9,b\n");
    const from = `${folder.path}/calls.parquet`;
    expect((await runIn(folder.path, ["convert", path, "-o", from])).code).to.equal(0);
    const { code, out, err } = await sql("distribution", "--dialect", "duckdb", "--from", from, "--where", "team=a");
    expect({ code, err }).to.deep.equal({ code: 0, err: "" });
    const connection = await (await DuckDBInstance.create()).connect();
    const found = fromDuckDB(await connection.runAndReadAll(out));
    connection.closeSync();
    expect(columnsOf(found)).to.deep.include({ concurrency: [1, 2], total_time: [3, 1] });
  });

  it("hands all options on", async () => {
    const bins = await sql(
      ...[
        "bins",
        "--dialect",
        "trino",
        "--from",
        "hive.t.calls",
        "--columns",
        "start=ts:us,duration=d:us",
        "--kinds",
        "chat,TOOL",
      ],
      ...["--where", "a=1", "--where", "b=2", "--group-by", "team", "--bins", "3", "--window", "-1.5..60"],
    );
    const options = {
      dialect: "trino",
      from: "hive.t.calls",
      columns: "start=ts:us,duration=d:us",
      kinds: ["chat", "TOOL"],
      where: { a: "1", b: "2" },
      groupBy: "team",
    } as const;
    expect(bins).to.deep.equal({
      code: 0,
      err: "",
      out: tableSql("bins", { ...options, bins: 3, window: [-1.5, 60] }),
    });
    const spikes = await sql("spikes", "--dialect", "trino", "--threshold", "7");
    expect(spikes.out).to.equal(tableSql("spikes", { dialect: "trino", threshold: 7 }));
  });

  it("prints a view", async () => {
    const { code, out } = await sql("--view", "tempo", "--dialect", "trino", "--from", "hive.tempo.blocks");
    expect({ code, out }).to.deep.equal({
      code: 0,
      out: viewSql("tempo", { dialect: "trino", from: "hive.tempo.blocks" }),
    });
  });

  it("says what is wrong: exit 2", async () => {
    const told = async (...args: string[]) => {
      const { code, out, err } = await sql(...args);
      expect({ code, out }, args.join(" ")).to.deep.equal({ code: 2, out: "" });
      return err;
    };
    expect(await told("distribution")).to.include("required option '--dialect <name>'");
    expect(await told("--dialect", "trino")).to.include("`<table>` is missing");
    expect(await told("summary", "--dialect", "trino")).to.include("`summary` is made of distribution");
    expect(await told("spikes", "--dialect", "trino")).to.include("p90 of busy time");
    expect(await told("bins", "--dialect", "trino", "--window", "5..")).to.include("It must be seconds");
    expect(await told("distribution", "--dialect", "trino", "--view", "otel")).to.include("not with distribution");
    expect(await told("--dialect", "trino", "--view", "otel", "--kinds", "LLM")).to.include("not with kinds");
    expect(await told("--dialect", "trino", "--view", "jaeger")).to.include("`--view` must be clickhouse");
  });
});
