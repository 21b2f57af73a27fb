import { expect } from "chai";
import { runIn } from "../support/command.js";
import { temporaryFolder } from "../support/folder.js";

const folder = temporaryFolder();
const explain = (...words: string[]) => runIn(folder.path, ["explain", ...words]);

describe("spikeline explain", () => {
  it("says what a term means, quoted or not", async () => {
    const { code, out, err } = await explain("in", "flight");
    expect({ code, err }).to.deep.equal({ code: 0, err: "" });
    expect(out).to.match(/^in flight, a term\n {2}Started and not yet ended\./);
    expect((await explain("in flight")).out).to.equal(out);
  });
  it("knows the options of every command, with and without dashes", async () => {
    const { code, out } = await explain("--open-calls");
    expect({ code, out }).to.deep.include({ code: 0 });
    expect(out).to.match(/^--open-calls, an option of analyze.*: --open-calls <how>\n {2}calls that never ended/);
    expect((await explain("openCalls")).out).to.equal(out);
    expect((await explain("columns")).out).to.match(/an option of analyze, inspect, plot, convert, repl:/);
  });
  it("lists everything that it knows", async () => {
    const { code, out } = await explain();
    expect(code).to.equal(0);
    expect(out.match(/^\S.*$/gm)).to.deep.equal(["Terms", "Tables", "Columns", "Codes of diagnostics", "Options"]);
    expect(Math.max(...out.split("\n").map((line) => line.length))).to.be.at.most(80);
  });
  it("proposes the nearest names for one that it does not know: exit 2", async () => {
    expect(await explain("makespam")).to.deep.include({ code: 2, out: "" });
    expect((await explain("makespam")).err).to.match(
      /^spikeline: `makespam` is not known here\. Did you mean makespan, .*\?\n$/,
    );
  });
});
