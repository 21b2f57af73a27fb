import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { concurrencySpikeAnalysis, type GenerateOptions, loadTrace, truthOf } from "../../lib/index.js";
import { runIn, type Run } from "../support/command.js";
import { temporaryFolder } from "../support/folder.js";

const folder = temporaryFolder();

/** Runs `spikeline generate` in the temporary folder. */
const generate = (...args: readonly string[]): Promise<Run> => runIn(folder.path, ["generate", ...args]);
const file = (name: string): string => readFileSync(join(folder.path, name), "utf8");

describe("spikeline generate", () => {
  for (const [name, args, format] of [
    ["a.json", [], "nat-json"],
    ["a.csv", [], "tidy"],
    ["a.csv", ["--as", "nat-csv"], "nat-csv"],
    ["a.out", ["--as", "nat-json"], "nat-json"],
  ] as const) {
    it(`writes ${name} ${args.join(" ")} as ${format}`, async () => {
      const { code, out, err } = await generate("-o", name, "--calls", "60", ...args);
      expect([code, out]).to.deep.equal([0, ""]);
      expect(err).to.match(/^60 calls in 5 examples, .* of traffic, written to a\.\w+\n$/);
      const trace = await loadTrace(join(folder.path, name));
      expect(trace.format).to.equal(format);
      expect(concurrencySpikeAnalysis(trace).summary.get("calls")).to.equal(60);
    });
  }

  it("gives the same bytes for the same seed, in a file or on standard output", async () => {
    const args = ["--calls", "200", "--seed", "9", "--failures", "0.1", "--incident", "both"];
    await generate("-o", "a.csv", ...args);
    const { out } = await generate("-o", "-", ...args);
    expect(out === file("a.csv")).to.equal(true);
    await generate("-o", "b.csv", ...args, "--seed", "10");
    expect(file("b.csv") === file("a.csv")).to.equal(false);
  });

  it("passes every option on, and writes the truth as it was used", async () => {
    const { code, err } = await generate(
      ...["-o", "a.csv", "--truth", "truth.json", "--seed", "3", "--calls", "150", "--examples", "10"],
      ...["--arrivals", "closed", "--users", "4", "--think", "9", "--gap", "2", "--contention", "0.1,0.01"],
      ...["--failures", "0.1", "--retries", "1", "--missing-ends", "0.05", "--clock-skew", "0.5", "--hosts", "2"],
      ...["--incident", "slowdown", "--incident-factor", "3", "--incident-window", "20..40"],
    );
    expect(code).to.equal(0);
    const truth: unknown = JSON.parse(file("truth.json"));
    const options: GenerateOptions = {
      ...{ seed: 3, calls: 150, examples: 10, users: 4, think: 9, gap: 2 },
      arrivals: "closed",
      contention: [0.1, 0.01],
      ...{ failures: 0.1, retries: 1, missingEnds: 0.05, clockSkew: 0.5, hosts: 2 },
      incident: "slowdown",
      incidentFactor: 3,
      incidentWindow: [20, 40],
    };
    expect(truth)
      .to.have.property("options")
      .that.deep.includes({ ...options });
    expect(truth).to.deep.equal(truthOf(options));
    expect(err).to.match(
      /^150 calls in 10 examples, .* of traffic, slowdown × 3 from 20\.0 s to 40\.0 s, written to a\.csv, truth to truth\.json\n$/,
    );
    await generate("-o", "b.csv", "--rate", "0.5", "--calls", "150", "--truth", "rate.json");
    expect(JSON.parse(file("rate.json"))).to.deep.equal(truthOf({ rate: 0.5, calls: 150 }));
  });

  it("says so where the incident comes when all is over", async () => {
    const { code, err } = await generate("-o", "a.csv", "--incident", "burst", "--incident-window", "1e6..2e6");
    expect(code).to.equal(0);
    expect(err).to.match(/the incident begins when all is over; choose an earlier --incident-window, or more calls\n$/);
  });

  it("leaves what stood there where one of its files cannot be written", async () => {
    writeFileSync(join(folder.path, "a.csv"), "before");
    const { code, err } = await generate("-o", "a.csv", "--truth", ".");
    expect(code).to.equal(1);
    expect(err).to.match(/^spikeline: \.: a folder has this name/);
    expect(file("a.csv")).to.equal("before");
    expect(readdirSync(folder.path)).to.deep.equal(["a.csv"]);
  });

  it("has examples in its help that run", async () => {
    const { out, code } = await generate("--help");
    expect(code).to.equal(0);
    const shown = out.slice(out.indexOf("Examples:")).match(/spikeline generate [^|\n]*/g) ?? [];
    expect(shown.length).to.equal(3);
    for (const command of shown) {
      const run = await generate(...command.trim().split(/\s+/).slice(2));
      expect([run.code, run.err.split("\n").length], run.err).to.deep.equal([0, 2]);
    }
  });

  const wrong: [args: string, message: RegExp][] = [
    ["", /required option '-o, --output <file>' not specified/],
    ["-o a.txt", /`-o` names a\.txt, whose ending tells no format\. Add --as nat-json, nat-csv or tidy\./],
    ["-o a.csv --as xml", /It must be nat-json, nat-csv or tidy\./],
    ["-o a.csv --calls 0", /`--calls` must be a positive integer, not 0\./],
    ["-o a.csv --calls many", /'many' is invalid\. It must be a number\./],
    ["-o a.csv --missing-ends 2", /`--missing-ends` must be a share from 0 to 1, not 2\./],
    ["-o a.csv --calls 5 --examples 6", /`--examples` must be at most 5, as many as there are calls, not 6\./],
    ["-o a.csv --arrivals steady", /`--arrivals` must be "poisson", "bursty", "daily" or "closed", not "steady"\./],
    ["-o a.csv --contention 1", /It must be like 0\.05,0\.001\./],
    ["-o a.csv --users 5", /`--users` needs --arrivals closed\./],
    ["-o a.csv --arrivals closed --rate 5", /`--rate` does not go with --arrivals closed/],
    ["-o a.csv --incident-factor 5", /`--incident-factor` needs --incident burst, slowdown or both\./],
    ["-o a.csv --incident both --incident-window 5", /It must be like 120\.\.180\./],
    ["-o a.csv --incident both --incident-window 5..2", /`--incident-window` must be two numbers of seconds from 0/],
    ["-o a.csv --truth ./a.csv", /`--truth` names the same file as -o\./],
    ["-o - --truth -", /`--truth` must be a file: standard output is for the trace\./],
    ["-o a.csv traces.json", /too many arguments/],
  ];
  for (const [args, message] of wrong) {
    it(`refuses ${args === "" ? "no file" : args}, with exit code 2, and writes nothing`, async () => {
      const { code, out, err } = await generate(...args.split(" ").filter((arg) => arg !== ""));
      expect([code, out]).to.deep.equal([2, ""]);
      expect(err).to.match(message);
      expect(existsSync(join(folder.path, "a.csv"))).to.equal(false);
    });
  }
});
