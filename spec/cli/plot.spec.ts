import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { chart, concurrencySpikeAnalysis, loadTrace } from "../../lib/index.js";
import { runIn } from "../support/command.js";
import { temporaryFolder } from "../support/folder.js";

const sessions = fileURLToPath(new URL("../../data/coding-sessions.csv", import.meta.url));
const folder = temporaryFolder();
const plot = (...args: string[]) => runIn(folder.path, ["plot", ...args]);
const read = (name: string) => readFileSync(join(folder.path, name));
const json = (name: string) => JSON.parse(read(name).toString()) as unknown;

describe("spikeline plot", () => {
  it("writes what the ending says: a picture, or the specification that it is drawn from", async () => {
    for (const [file, begin] of [
      ["a.svg", /^<svg /],
      ["a.PNG", /^.PNG\r\n/],
      ["a.json", /^\{"\$schema":/],
      ["a.vl.json", /^\{"\$schema":/],
    ] as const) {
      expect(await plot(sessions, "--chart", "timeline", "-o", file)).to.deep.equal({
        code: 0,
        out: "",
        err: `timeline written to ${file}\n`,
      });
      expect(read(file).toString("latin1"), file).to.match(begin);
    }
    expect(readdirSync(folder.path).sort()).to.deep.equal(["a.PNG", "a.json", "a.svg", "a.vl.json"]);
  });

  it("draws every chart, with the options of the picture and of the analysis", async () => {
    const { tables } = concurrencySpikeAnalysis(await loadTrace(sessions), {
      threshold: 3,
      kinds: ["LLM"],
      window: [60, 300],
      where: { example: "session-1" },
    });
    const analysis = ["--threshold", "3", "--kinds", "LLM", "--window", "60..300", "--where", "example=session-1"];
    const picture = ["--theme", "dark", "--width", "400", "--height", "150", "--by", "name"];
    for (const name of ["timeline", "distribution", "latency", "lanes"] as const) {
      await plot(sessions, "--chart", name, "-o", "a.json", ...analysis, ...picture);
      const spec = chart(tables, name, { theme: "dark", width: 400, height: 150, by: "name", window: [60, 300] });
      expect(json("a.json"), name).to.deep.equal(spec);
    }
  });

  it("writes to standard output: SVG, or what --as says", async () => {
    expect((await plot(sessions, "--chart", "lanes", "-o", "-")).out).to.match(/^<svg [^]*<\/svg>$/);
    const { out, err } = await plot(sessions, "--chart", "lanes", "-o", "-", "--as", "json");
    expect(JSON.parse(out)).to.have.property("$schema");
    expect(err).to.equal("lanes written to standard output\n");
    expect((await plot(sessions, "--chart", "lanes", "-o", "picture", "--as", "svg")).code).to.equal(0);
    expect(read("picture").toString()).to.match(/^<svg /);
  });

  it("draws that there is nothing to show, and warns as analyze does", async () => {
    writeFileSync(join(folder.path, "other.csv"), "operation_type,start_time,end_time\nAGENT,0,1\n");
    const { code, err } = await plot("other.csv", "--chart", "timeline", "-o", "a.svg");
    expect(code).to.equal(0);
    expect(err).to.match(/counted are LLM, TOOL; the trace has AGENT/);
    expect(read("a.svg").toString()).to.include("No call has a place in time.");
  });

  it("says what is wrong, and leaves what was there", async () => {
    writeFileSync(join(folder.path, "a.svg"), "before");
    const wrong: [args: string[], code: number, message: RegExp][] = [
      [["none.csv", "--chart", "timeline", "-o", "a.svg"], 1, /^spikeline: none\.csv: no such file/],
      [
        [sessions, "--chart", "timeline", "-o", "a.gif"],
        2,
        /`-o` names a\.gif, whose ending tells no format\. Add --as svg, png or json\./,
      ],
      [
        [sessions, "--chart", "pie", "-o", "a.svg"],
        2,
        /'pie' is invalid.* It must be timeline or distribution or latency or lanes\./,
      ],
      [[sessions, "-o", "a.svg"], 2, /required option '--chart <name>' not specified/],
      [[sessions, "--chart", "lanes"], 2, /required option '-o, --output <file>' not specified/],
      [
        [sessions, "--chart", "lanes", "-o", "a.svg", "--width", "0"],
        2,
        /`--width` must be a whole number of pixels from 1 to 20000, not 0\./,
      ],
      [
        [sessions, "--chart", "lanes", "-o", "a.svg", "--height", "1.5"],
        2,
        /'1\.5' is invalid.* It must be a whole number of pixels\./,
      ],
      [[sessions, "--chart", "lanes", "-o", "a.svg", "--window", "9..3"], 2, /`--window` must be two numbers/],
      [[sessions, "--chart", "lanes", "-o", "a.svg", "--kinds", "XYZ"], 2, /`--kinds` names XYZ/],
      [
        [sessions, "--chart", "lanes", "-o", "a.svg", "--threshold", "0"],
        2,
        /`--threshold` must be a positive integer, not 0/,
      ],
      [[sessions, "--chart", "lanes", "-o", "a.svg/b.svg"], 1, /a\.svg/],
    ];
    for (const [args, code, message] of wrong) {
      const run = await plot(...args);
      expect(run.err).to.match(message);
      expect(run.code, args.join(" ")).to.equal(code);
    }
    expect(read("a.svg").toString()).to.equal("before");
    expect(existsSync(join(folder.path, "a.gif"))).to.equal(false);
  });
});
