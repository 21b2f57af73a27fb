import { fileURLToPath } from "node:url";
import { expect } from "chai";
import * as spikeline from "../../lib/index.js";
import { runIn } from "../support/command.js";
import { temporaryFolder } from "../support/folder.js";

const data = fileURLToPath(new URL("../../data/", import.meta.url));
const folder = temporaryFolder();
const repl = (script: string, ...args: string[]) =>
  runIn(folder.path, ["repl", `${data}coding-sessions.csv`, ...args], script);

describe("spikeline repl, with a script piped into it", () => {
  it("prints what each statement gives, of one line or several, and ends", async () => {
    expect(await repl("calls.numRows()\n[1, 2].map(\n  (n) => n * 2,\n)\nlet n = 1\nn + 1")).to.deep.equal({
      code: 0,
      out: "387\n[ 2, 4 ]\n2\n",
      err: "",
    });
  });
  it("waits for what is awaited before it goes on", async () => {
    const script =
      'const n = await new Promise((done) => setTimeout(done, 100, 3))\nn + 1\nawait Promise.resolve("x")\n';
    expect(await repl(script)).to.deep.equal({ code: 0, out: "4\n'x'\n", err: "" });
  });
  it("has in scope the trace, the result, each table, Arquero, and all that the package exports", async () => {
    const names = [...Object.keys(spikeline), ...spikeline.resultTables];
    const { out } = await repl(
      `[${names.map((name) => `typeof ${name}`).join()}].includes("undefined")
"spans" in trace
result.summary === summary && tables.spikes === spikes
findPercentileConcurrency(distribution, 90) === summary.get("p90")
aq.table({ a: [1, 2] }).rollup({ s: aq.op.sum("a") }).get("s")
`,
    );
    expect(out).to.equal("false\ntrue\ntrue\ntrue\n3\n");
  });
  it("analyses the trace as it is told", async () => {
    expect((await repl('summary.get("threshold")', "--threshold", "3")).out).to.equal("3\n");
    expect((await repl("result.options.mode", "--mode", "nat")).out).to.equal("'nat'\n");
    folder.put("x.csv", "ts,took\n0,1500\n");
    const args = ["repl", "x.csv", "--columns", "start=ts:ms,duration=took:ms"];
    expect((await runIn(folder.path, args, 'calls.get("end_time")')).out).to.equal("1.5\n");
  });
  it("shows tables with their size, units and first rows, also in console.log, and short within something else", async () => {
    const { out } = await repl("spikes\nconsole.log(segments)\nconst o = { spikes }\no\n");
    expect(out).to.match(
      /^14 rows × 6 columns\n {2}spike_id {3}start_time \(s\) .*\n(.+\n){10} {2}… and 4 more rows\n/,
    );
    expect(out).to.match(/\n\d+ rows × 4 columns\n {2}start_time \(s\)/);
    expect(out).to.match(/\n\{ spikes: table of 14 rows × 6 columns \}\n$/);
    expect(Math.max(...out.split("\n").map((line) => line.length))).to.be.at.most(80);
  });
  it("shows the result with the course of the calls in flight", async () => {
    expect((await repl("result")).out).to.match(/387 calls[^]*In flight over time[^]*[▁▂▃▄▅▆▇█]{2}/);
  });
  it(".tables lists the tables, .explain explains, .help names both", async () => {
    const { code, out } = await repl(".tables\n.explain busy time\n.explain makespam\n.help\n");
    expect(code).to.equal(0);
    expect(out)
      .to.match(/^ {2}table +rows +columns/)
      .and.to.match(/\n {2}calls +387 +\d+ +one operation/);
    expect(out)
      .to.match(/\nbusy time, a term\n/)
      .and.to.match(/Did you mean makespan/);
    expect(out)
      .to.match(/\n\.explain +What a term/)
      .and.to.match(/\n\.tables +What tables/);
  });
  it("stops at the first error, tells of it on standard error, and ends with 1", async () => {
    for (const [script, message] of [
      ["1\nnope\n2\n", /^Uncaught ReferenceError: nope is not defined/],
      ["1\nconst x =)\n2\n", /SyntaxError/],
      ['1\nawait Promise.reject(new Error("no"))\n2\n', /^Uncaught Error: no/],
      ["1\ncalls.get(\n", /breaks off in the midst of a statement/],
    ] as const) {
      const { code, out, err } = await repl(script);
      expect({ code, out }, script).to.deep.equal({ code: 1, out: "1\n" });
      expect(err).to.match(message).and.not.to.match(/^2$/m);
    }
  });
  it("ends with 0 where it is told to", async () => {
    expect(await repl("1\n.exit\n2\n")).to.deep.equal({ code: 0, out: "1\n", err: "" });
    expect(await repl("")).to.deep.equal({ code: 0, out: "", err: "" });
  });
  it("does not take the trace from where the script comes from, nor a file that is not there", async () => {
    const { code, err } = await runIn(folder.path, ["repl", "-"], "1");
    expect({ code, err }).to.deep.equal({
      code: 2,
      err: "spikeline: `-` cannot be a trace here: standard input is for what is typed.\n",
    });
    expect(await runIn(folder.path, ["repl", "nope.csv"], "1")).to.deep.include({ code: 1, out: "" });
  });
});
