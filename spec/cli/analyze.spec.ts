import { execFile } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { fromArrow } from "arquero";
import { expect } from "chai";
import { parquetReadObjects } from "hyparquet";
import { json } from "../../lib/cli/outputs.js";
import { concurrencySpikeAnalysis, loadTrace } from "../../lib/index.js";
import { close } from "../support/close.js";
import { main, runIn, type Run } from "../support/command.js";
import { temporaryFolder } from "../support/folder.js";

const data = fileURLToPath(new URL("../../data/", import.meta.url));
const golden = fileURLToPath(new URL("../golden/", import.meta.url));

const folder = temporaryFolder();

const run = (args: readonly string[], input?: string): Promise<Run> => runIn(folder.path, args, input);
const analyze = (...args: string[]): Promise<Run> => run(["analyze", ...args]);
const put = (name: string, content: string | Uint8Array): void => {
  writeFileSync(join(folder.path, name), content);
};
const table = (text: string): string[][] =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => line.split(","));

const CALLS =
  "example,uuid,operation_type,operation_name,start_time,end_time,total_tokens\ns1,a,LLM,big,10,14,5\ns1,b,TOOL,web,11,13,\ns2,c,LLM,small,20,21,7\n";
const NAT = (...steps: string[]): string => `[{"request_number":0,"intermediate_steps":[${steps.join()}]}]`;
const step = (type: string, time: unknown, uuid = "a"): string =>
  `{"payload":{"event_type":"${type}","event_timestamp":${JSON.stringify(time)},"name":"m","UUID":"${uuid}"}}`;

describe("spikeline analyze, on input that cannot be used", () => {
  const noise = Uint8Array.from({ length: 2000 }, (_, i) => (i * 7919 + 13 * (i >> 3)) % 256);
  const cases: [title: string, name: string, content: string | Uint8Array | undefined, message: RegExp][] = [
    ["no such file", "nope.json", undefined, /^spikeline: nope\.json: no such file\. Check the path\./],
    ["an empty file", "a.json", "", /a\.json: the file is empty\. Give a file/],
    ["text that is no table of calls", "a.json", "hello world\n", /columns hello world is no trace.*start_time/],
    ["what is not JSON", "a.json", '[\n{"a": 1},\n{"b" 2}]', /a\.json: this is not JSON: .*\(line 3\)\. Mend the file/],
    [
      "cut JSON",
      "a.json",
      '[{"request_number":0,"intermediate_steps":[{"payl',
      /a\.json: the JSON breaks off before its end\. Was the file/,
    ],
    [
      "JSON of another shape",
      "a.json",
      '{"a":1}',
      /a\.json: this JSON is no trace that is known\. Read are OTLP in JSON, .*and tables of calls/,
    ],
    [
      "requests without steps",
      "a.json",
      '[{"request_number":0,"intermediate_steps":3}]',
      /a\.json, row 1, field intermediate_steps: .*Each entry must be/,
    ],
    ["a CSV of other columns", "a.csv", "x,y\n1,2\n", /columns x, y is no trace.*--columns/],
    [
      "a CSV without a needed column",
      "a.csv",
      "event_type,event_timestamp,UUID\nLLM_START,1,a\n",
      /column example_number is missing; there are event_type, event_timestamp, UUID/,
    ],
    [
      "a row with too many fields",
      "a.csv",
      "start_time,end_time\n1,2\n1,2,3\n",
      /a\.csv, row 2: 3 fields where the header names 2\. Mend the row/,
    ],
    [
      "a quote that is not closed",
      "a.csv",
      'start_time,end_time\n1,"2\n',
      /a\.csv, row 1: a quote is opened here and never closed\. Was/,
    ],
    ["binary noise", "a.json", noise, /a\.json: this is not text in UTF-8.*Unpack it/],
    ["binary noise without zeros", "a.csv", noise.map((byte) => byte || 200), /a\.csv: this is not text in UTF-8/],
    [
      "a table of calls in which no row can be used",
      "a.csv",
      "start_time,end_time\nx,2\n1,\n",
      /a\.csv, row 1: no row can be used; of the first, start_time is "x"\. Mend/,
    ],
    [
      "events of which none has a time",
      "a.json",
      NAT(step("LLM_START", "soon")),
      /a\.json, row 1: no row can be used; of the first, LLM_START at "soon"/,
    ],
    [
      "an example number that is none",
      "a.csv",
      "event_type,event_timestamp,example_number,UUID\nLLM_START,1,1.5,a\n",
      /a\.csv, row 1, field example_number: 1\.5 is no number/,
    ],
  ];
  for (const [title, name, content, message] of cases) {
    it(`${title}: exit 1, one message, nothing written`, async () => {
      if (content !== undefined) put(name, content);
      const before = readdirSync(folder.path);
      const { code, out, err } = await analyze(name, "--out", "out");
      expect(err).to.match(message);
      expect(err.trimEnd().split("\n")).to.have.length(1);
      expect({ code, out, files: readdirSync(folder.path) }).to.deep.equal({ code: 1, out: "", files: before });
    });
  }

  it("a folder without traces: exit 1", async () => {
    mkdirSync(join(folder.path, "empty"));
    expect(await analyze("empty")).to.deep.include({
      code: 1,
      out: "",
      err: "spikeline: empty: the folder holds no .json, .jsonl, .ndjson, .csv, .tsv, .parquet, .arrow or .feather file, packed (.gz, .zst) or not. Name the file itself.\n",
    });
    put("empty/package.json", '{"name":"x"}');
    const { code, err } = await analyze("empty");
    expect(code).to.equal(1);
    expect(err).to.match(/^spikeline: .*package\.json: this JSON is no trace that is known/);
    put("empty/other.json", '{"name":"x"}');
    for (const found of ["empty", "empty/*.json"])
      expect(await analyze(found)).to.deep.include({
        code: 1,
        err: `spikeline: none of the 2 files that were found is a trace: ${join("empty", "other.json")}, ${join("empty", "package.json")}. Name one itself to see why.\n`,
      });
  });

  it("an output folder that cannot be written: exit 1, no report, no file", async () => {
    put("calls.csv", CALLS);
    put("file", "");
    expect(await analyze("calls.csv", "--out", "file/out")).to.deep.equal({
      code: 1,
      out: "",
      err: "spikeline: file/out/summary.csv: a part of the path is a file, not a folder. Check the path.\n",
    });
    expect((await analyze("calls.csv", "--out", "file")).err).to.match(
      /^spikeline: file\/.*: a file stands where a folder/,
    );
    expect((await analyze("calls.csv", "--out", "new/deep", "--tables", "calls,events")).code).to.equal(2);
    expect(readdirSync(folder.path).sort()).to.deep.equal(["calls.csv", "file"]);
    mkdirSync(join(folder.path, "out/spikes.csv"), { recursive: true });
    expect((await analyze("calls.csv", "--out", "out")).code).to.equal(1);
    expect(readFileSync(join(folder.path, "calls.csv"), "utf8")).to.equal(CALLS);
    expect(readdirSync(join(folder.path, "out"))).to.deep.equal(["spikes.csv"]);
  });

  it("files of two formats: exit 1", async () => {
    put("calls.csv", CALLS);
    put("nat.json", NAT(step("LLM_START", 1), step("LLM_END", 2)));
    const { code, err } = await analyze("nat.json", "calls.csv");
    expect({ code, err }).to.deep.equal({
      code: 1,
      err: "spikeline: nat.json is nat-json, calls.csv is tidy. Analyse files of one format together: others may hold the same calls once more.\n",
    });
  });
});

describe("spikeline analyze, on wrong usage: exit 2", () => {
  const cases: [args: string[], message: RegExp][] = [
    [["--threshold", "0"], /`--threshold` must be a positive integer, not 0/],
    [["--threshold=-1"], /`--threshold` must be a positive integer, not -1/],
    [["--threshold", "1.5"], /'1\.5' is invalid\. It must be a whole number/],
    [["--threshold", "abc"], /'abc' is invalid/],
    [["--tables", "foo"], /names foo; there are summary, calls/],
    [["--tables", "calls,spikes"], /Add --out DIR/],
    [["--tables", "events"], /names events, but a trace in tidy has spans/],
    [["--kinds", "foo"], /names foo; the trace has LLM, TOOL/],
    [["--columns", "x"], /has no name before an `=`/],
    [["--columns", "foo=bar"], /names foo, which is no column/],
    [["--columns", "start=start_time:week"], /unit "week"; there are s, ms, us, ns, iso/],
    [["--window", "5"], /must be like 60\.\.120/],
    [["--window", "soon..later"], /has soon, which is neither seconds nor a date/],
    [["--window", "9..3"], /must be two numbers, the first below the second/],
    [["--where", "x"], /must be like model=NAME/],
    [["--where", "foo=1"], /names the column foo/],
    [["--mode", "fast"], /must be default or nat/],
    [["--nope"], /unknown option '--nope'/],
  ];
  for (const [args, message] of cases) {
    it(args.join(" "), async () => {
      put("calls.csv", CALLS);
      const { code, out, err } = await analyze("calls.csv", ...args);
      expect(err).to.match(message);
      expect(err).to.not.match(/\n\s+at /);
      expect({ code, out }).to.deep.equal({ code: 2, out: "" });
    });
  }

  it("an unknown command, no command, no file", async () => {
    expect((await run(["frobnicate"])).code).to.equal(2);
    expect((await run([])).code).to.equal(2);
    expect((await run(["analyze"])).code).to.equal(2);
  });
});

describe("spikeline analyze", () => {
  it("leaves out a row whose time is not a number, and says which", async () => {
    put("calls.csv", "start_time,end_time\nx,3\n1,2\n");
    const { code, out, err } = await analyze("calls.csv", "--tables", "diagnostics");
    expect(code).to.equal(0);
    expect(err).to.match(
      /^spikeline: 1 of 2 rows with problems\n {2}1 unreadable_time: .* \(first: calls\.csv, row 1: start_time is "x"\)\n$/,
    );
    expect(table(out).map((row) => [row[0], row[2], row[4]])).to.deep.equal([
      ["code", "events", "first_row"],
      ["counted", "1", "2"],
      ["unreadable_time", "1", "1"],
    ]);
  });

  it("says of a trace without calls that it has none", async () => {
    for (const [name, content] of [
      ["a.json", "[]"],
      ["b.json", "[[]]"],
      ["c.csv", "start_time,end_time\n"],
    ]) {
      put(name, content);
      const { code, out, err } = await analyze(name);
      expect(code).to.equal(0);
      expect(err).to.equal(`spikeline: ${name}: nothing to read\n`);
      expect(out).to.match(/No calls to count/);
    }
    put("d.json", NAT(step("WORKFLOW_START", 1), step("WORKFLOW_END", 2)));
    const { code, out, err } = await analyze("d.json");
    expect(code).to.equal(0);
    expect(err).to.equal("spikeline: counted are LLM, TOOL; the trace has WORKFLOW (see --kinds)\n");
    expect(out).to.match(/0 calls/);
    expect((await analyze("d.json", "--kinds", "workflow")).out).to.match(/1 call \(1 WORKFLOW\)/);
  });

  it("makes tables that are only there on demand", async () => {
    put("calls.csv", CALLS);
    const bins = table((await analyze("calls.csv", "--tables", "bins")).out);
    expect(bins[0]).to.deep.equal(["start_time", "end_time", "mean_concurrency", "peak_concurrency"]);
    expect(bins).to.have.length(101);
    expect(bins[100]).to.deep.equal(["20.89", "21", "1", "1"]);
    const { out } = await analyze("calls.csv", "--tables", "tokens_in_flight");
    expect(out).to.equal("concurrency,total_time,mean_tokens,peak_tokens\n0,6,0,0\n1,3,5.666666666666667,7\n2,2,5,5\n");
  });

  it("writes a file for each table, without NaN or Infinity", async () => {
    const { code, err } = await analyze(`${data}research-agents.json`, "--out", "out");
    expect(code).to.equal(0);
    expect(err).to.match(/9 tables written to out\n$/);
    const files = readdirSync(join(folder.path, "out")).sort();
    expect(files).to.deep.equal(
      [
        "calls",
        "diagnostics",
        "distribution",
        "latency_by_concurrency",
        "percentiles",
        "segments",
        "spike_tokens",
        "spikes",
        "summary",
      ].map((name) => `${name}.csv`),
    );
    for (const file of files)
      expect(readFileSync(join(folder.path, "out", file), "utf8")).to.not.match(/\b(NaN|Infinity|undefined)\b/);
  });

  it("writes the same table as CSV, JSON, Arrow and Parquet, missing numbers as null", async () => {
    put("calls.csv", CALLS);
    for (const format of ["csv", "json", "arrow", "parquet"])
      expect((await analyze("calls.csv", "--out", "out", "--format", format)).code).to.equal(0);
    const bytes = (name: string) => readFileSync(join(folder.path, "out", name));
    const json = JSON.parse(bytes("calls.json").toString()) as Record<string, unknown>[];
    expect(
      json.map((row) => [row.uuid, row.parent_uuid, row.parent_call_id, row.start_time, row.total_tokens]),
    ).to.deep.equal([
      ["a", null, null, 10, 5],
      ["b", "a", 0, 11, null],
      ["c", null, null, 20, 7],
    ]);
    expect(fromArrow(bytes("calls.arrow")).objects()).to.deep.equal(json);
    const file = new Uint8Array(bytes("calls.parquet")).buffer;
    expect(await parquetReadObjects({ file })).to.deep.equal(json);
    const [header, ...rows] = table(bytes("calls.csv").toString());
    const total = header.indexOf("total_tokens");
    expect(rows.map((row) => [row[1], row[total]])).to.deep.equal([
      ["", "5"],
      ["0", ""],
      ["", "7"],
    ]);
  });

  it("reads back the calls that it wrote: the same tree, segments and spikes", async () => {
    const tables = async (file: string, name: string) => (await analyze(file, "--tables", name)).out;
    put("calls.csv", await tables(`${data}research-agents.json`, "calls"));
    for (const name of ["segments", "distribution", "spikes", "spike_tokens", "latency_by_concurrency"]) {
      expect(await tables("calls.csv", name), name).to.equal(await tables(`${data}research-agents.json`, name));
    }
    const tree = (text: string) => table(text).map((row) => row.slice(0, 9));
    expect(tree(await tables("calls.csv", "calls"))).to.deep.equal(
      tree(readFileSync(join(folder.path, "calls.csv"), "utf8")),
    );
  });

  it("takes a window, a condition, an alignment, kinds, standard input, several files and a folder", async () => {
    put("calls.csv", CALLS);
    const segments = async (...args: string[]) =>
      table((await analyze(...args, "--tables", "segments")).out)
        .slice(1)
        .map((row) => row.map(Number));
    expect(await segments("calls.csv")).to.deep.equal([
      [10, 11, 1, 1],
      [11, 13, 2, 2],
      [13, 14, 1, 1],
      [14, 20, 6, 0],
      [20, 21, 1, 1],
    ]);
    expect(await segments("calls.csv", "--window", "12..20.5")).to.deep.equal([
      [12, 13, 1, 2],
      [13, 14, 1, 1],
      [14, 20, 6, 0],
      [20, 20.5, 0.5, 1],
    ]);
    expect(await segments("calls.csv", "--where", "model=small")).to.deep.equal([[20, 21, 1, 1]]);
    expect(await segments("calls.csv", "--align", "start")).to.deep.equal([
      [0, 3, 3, 2],
      [3, 4, 1, 1],
    ]);
    expect(await segments("calls.csv", "--kinds", "tool")).to.deep.equal([[11, 13, 2, 1]]);
    const piped = await run(["analyze", "-", "--tables", "summary"], CALLS);
    expect(table(piped.out)[1][0]).to.equal("standard input");

    mkdirSync(join(folder.path, "runs"));
    put("runs/one.csv", CALLS);
    put("runs/two.csv", CALLS.replace(/,([abc]),/g, ",$1$1,"));
    put("runs/package.json", "{}");
    expect((await segments("runs/one.csv", "runs/two.csv"))[1]).to.deep.equal([11, 13, 2, 4]);
    for (const found of ["runs", "runs/*"]) {
      const { out, err } = await analyze(found);
      expect(out).to.match(/6 calls/);
      expect(err).to.equal(
        `spikeline: ${join("runs", "package.json")}: a file of a folder or pattern that is no trace: left out\n`,
      );
    }
    put("runs/picture.png", Uint8Array.of(0, 1, 2, 255));
    put("runs/rotated.csv", "");
    expect((await analyze("runs/*")).code).to.equal(0);
    expect((await analyze("runs/one.csv", "runs/picture.png")).code).to.equal(1);
  });

  it("closes calls that never ended as it is told", async () => {
    put("a.json", NAT(step("LLM_START", 0), step("TOOL_START", 1, "b"), step("TOOL_END", 5, "b")));
    const ends = async (how: string) =>
      table((await analyze("a.json", "--open-calls", how, "--tables", "calls")).out)
        .slice(1)
        .map((row) => Number(row[10]));
    expect(await ends("censor")).to.deep.equal([5, 5]);
    expect(await ends("drop")).to.deep.equal([5]);
    expect(await ends("zero")).to.deep.equal([0, 5]);
  });

  it("is quiet when the reader of the pipe goes away", (done) => {
    const child = execFile(
      "bash",
      [
        "-c",
        `set -o pipefail; "${process.execPath}" "${main}" analyze "${data}coding-sessions.csv" --mode nat --tables segments | head -n 1`,
      ],
      (error, out, err) => {
        expect({ error, out, err }).to.deep.equal({
          error: null,
          out: "start_time,end_time,duration,concurrency\n",
          err: "",
        });
        done();
      },
    );
    child.stdin?.end();
  });

  it("has examples at the end of its help, and they run", async () => {
    put("traces.json", NAT(step("LLM_START", 0), step("LLM_END", 2)));
    put("calls.csv", "ts,latency,session,model\n0,1500,s,m\n");
    const { code, out } = await run(["analyze", "--help"]);
    expect(code).to.equal(0);
    const commands = out.slice(out.indexOf("Examples:")).trim().split("\n").slice(1);
    expect(commands.length).to.be.greaterThan(2);
    for (const command of commands)
      expect((await run(command.replace(/>.*/, "").trim().split(/\s+/).slice(1))).code, command).to.equal(0);
    expect((await run(["--help"])).out).to.match(/Examples:\n {2}spikeline analyze traces\.json/);
  });
});

describe("spikeline analyze --mode nat --json", () => {
  const names = readdirSync(golden, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
  const read = (name: string) => {
    const expected = JSON.parse(readFileSync(join(golden, name, "expected.json"), "utf8")) as {
      options: { concurrency_spike_threshold: number | null };
      result?: object;
    };
    return { ...expected, threshold: expected.options.concurrency_spike_threshold };
  };
  const approximate = ["concurrency_distribution", "correlation_stats", "average_latency_by_concurrency"];

  it("writes NAT's result for every golden case", async () => {
    expect(names).to.have.length(59);
    for (const name of names) {
      const { result, threshold } = read(name);
      const trace = await loadTrace(join(golden, name, "traces.json"));
      const options = { mode: "nat", ...(threshold !== null && { threshold }) } as const;
      const text = [...json(concurrencySpikeAnalysis(trace, options))].join("");
      if (result) close(JSON.parse(text), result, approximate, name);
      else expect(JSON.parse(text), name).to.include({ spike_threshold: 1 });
    }
  });

  it("prints it, with the threshold that is given", async () => {
    const given = names.filter((name) => read(name).threshold !== null);
    const some = [...given.slice(0, 4), "multi-example-overlap", "nested-tools"];
    const check = async (name: string) => {
      const { result, threshold } = read(name);
      const options = ["--mode", "nat", "--json", ...(threshold === null ? [] : [`--threshold=${threshold}`])];
      const { code, out } = await analyze(join(golden, name, "traces.json"), ...options);
      expect(code, name).to.equal(0);
      close(JSON.parse(out), result, approximate, name);
    };
    await Promise.all(some.map(check));
  });

  it("takes any whole number for a threshold", async () => {
    put("calls.csv", CALLS);
    const { code, out } = await analyze("calls.csv", "--mode", "nat", "--json", "--threshold=-1");
    expect(code).to.equal(0);
    expect(JSON.parse(out)).to.include({ spike_threshold: -1 });
  });
});
