import { execFile } from "node:child_process";
import { table } from "arquero";
import { expect } from "chai";
import { trinoClient } from "../../lib/engines/trino-client.js";
import { seeded } from "../support/random.js";
import { main, runIn, type Run } from "../support/command.js";
import { temporaryFolder } from "../support/folder.js";
import { blocksOf, pageText } from "../support/pages.js";
import { asksCluster } from "../support/shell.js";
import { catalogs, server } from "./lab/config.js";
import { onCluster } from "./lab/on-cluster.js";
import { labTables } from "./lab/put-table.js";

const client = trinoClient({ server, credentials: { user: "lab" }, session: { retry_policy: "NONE" } });
const where = ["--engine", "trino", "--server", server, "--catalog", catalogs.files, "--schema", "lab"];

onCluster("spikeline analyze --engine trino", () => {
  const folder = temporaryFolder();
  const tables = labTables(client, "cli");
  let name: string;
  const env = { SPIKELINE_TRINO_USER: "lab" };
  const analyze = (...args: string[]): Promise<Run> =>
    runIn(folder.path, ["analyze", ...where, ...args], undefined, env);
  before(async () => {
    const random = seeded(3);
    const starts = Float64Array.from({ length: 3000 }, () => random() * 600);
    const calls = table({
      start_time: starts,
      end_time: starts.map((start, i) => (i === 7 ? start - 1 : start + 4 * random())),
      total_tokens: Float64Array.from(starts, (_, i) => i % 100),
      team: Array.from(starts, (_, i) => `team ${i % 3}`),
    });
    name = (await tables.put(calls)).split(".")[2];
  });
  after(() => tables.dropAll());

  it("prints a report, and tells what could not be used", async () => {
    const { code, out, err } = await analyze("--table", name);
    expect(err).to.equal(
      `spikeline: 1 of 3,000 rows with problems\n  1 negative_duration: an end before its start: left out (first: ${name})\n`,
    );
    expect(out).to.include(`${name} · trino`).and.to.include("2,999 calls").and.to.include("In flight over time");
    expect(code).to.equal(0);
  });

  it("prints a table, of groups too", async () => {
    expect((await analyze("--table", name, "--tables", "percentiles")).out).to.match(
      /^percentile,concurrency,active_concurrency\n50,\d+,\d+\n/,
    );
    expect((await analyze("--table", name, "--group-by", "team")).out).to.match(
      /team 0 +1,000 .*\n +team 1 +999 .*\n +team 2 +1,000/,
    );
  });

  it("says what is not there, and where to look", async () => {
    const cases: [args: string[], message: RegExp][] = [
      [["--table", "nope"], /^spikeline: trino: .*nope.* does not exist.*`SHOW TABLES FROM catalog\.schema`/],
      [
        ["--table", name, "--columns", "start=begin"],
        /names the column begin, but .* has start_time, end_time, total_tokens, team/,
      ],
      [["--table", name, "--columns", "start=team"], /column team of .* must hold times/],
    ];
    for (const [args, message] of cases) {
      const { code, out, err } = await analyze(...args);
      expect(err).to.match(message);
      expect(out).to.equal("");
      expect(code).to.be.oneOf([1, 2]);
    }
  });

  it("cancels the query on the server on Ctrl-C", async () => {
    const view = tables.name();
    // a cross join of a few thousand with themselves takes a while
    await client.query(
      `CREATE VIEW ${view} AS SELECT a.start_time, a.end_time + random() * b.end_time AS end_time FROM ${catalogs.files}.lab.${name} a CROSS JOIN ${catalogs.files}.lab.${name} b`,
    );
    const ended = new Promise<{ code: unknown; err: string }>((resolve) => {
      const args = ["analyze", ...where, "--table", view.split(".")[2]];
      const child = execFile(
        process.execPath,
        [main, ...args],
        { env: { ...process.env, ...env } },
        (error, _out, err) => {
          resolve({ code: error?.code, err });
        },
      );
      setTimeout(() => child.kill("SIGINT"), 4000);
    });
    const { code, err } = await ended;
    await client.query(`DROP VIEW ${view}`);
    expect(err).to.equal("spikeline: stopped; nothing was written.\n");
    expect(code).to.equal(130);
    const { rows } = await client.query(
      `SELECT count(*) FROM system.runtime.queries WHERE state NOT IN ('FINISHED', 'FAILED') AND source = 'spikeline' AND query LIKE '%${view.split(".")[2]}%' AND query NOT LIKE '%system.runtime%'`,
    );
    expect(rows).to.deep.equal([[0]]);
  });

  it("is told of in the guides by commands that run", async () => {
    const scripts = ["README.md", "docs/engines.md"].flatMap((page) =>
      blocksOf(pageText(page))
        .filter(({ language, code }) => language === "sh" && asksCluster(code))
        .map(({ code }) => code),
    );
    expect(scripts.length).to.be.greaterThan(1);
    for (const script of scripts) {
      const here = script
        .replaceAll(/^export .*$/gm, "")
        .replaceAll("https://trino.example:8443", server)
        .replaceAll("--schema default", "--schema lab")
        .replaceAll("--table calls", `--table ${name}`)
        .replaceAll(/^spikeline /gm, `"${process.execPath}" "${main}" `);
      const code = await new Promise((resolve) => {
        execFile(
          "bash",
          ["-euo", "pipefail", "-c", here],
          { cwd: folder.path, env: { ...process.env, ...env } },
          (error, _out, err) => {
            resolve(error ? err : 0);
          },
        );
      });
      expect(code, here).to.equal(0);
    }
  });
});
