import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { expect } from "chai";
import { pipeIn, runIn } from "../support/command.js";
import { temporaryFolder } from "../support/folder.js";

const data = fileURLToPath(new URL("../../data/", import.meta.url));
const folder = temporaryFolder();

describe("a reader that goes away", () => {
  const commands: string[][] = [
    ["analyze", `${data}coding-sessions.csv`],
    ["analyze", `${data}coding-sessions.csv`, "--json"],
    ["inspect", `${data}coding-sessions.csv`],
    ["convert", `${data}coding-sessions.csv`, "-o", "-", "--as", "otlp"],
    ["generate", "-o", "-", "--calls", "20000"],
    ["explain"],
  ];
  for (const args of commands) {
    it(`is no error of spikeline ${args.join(" ").replace(data, "data/")}, and nothing is claimed`, async () => {
      expect(await pipeIn(folder.path, args, "true")).to.deep.equal({ code: 0, out: "", err: "" });
      const { code, out, err } = await pipeIn(folder.path, args, "head -n 1");
      expect({ code, err }).to.deep.equal({ code: 0, err: "" });
      expect(out).to.match(/^[^\n]+\n$/);
    });
  }
  it("is told nothing of writing where all went into the pipe before it was gone", async () => {
    for (const args of [
      ["generate", "-o", "-", "--calls", "20"],
      ["convert", `${data}coding-sessions.csv`, "-o", "-"],
    ])
      expect((await pipeIn(folder.path, args, "head -n 1")).err).not.to.include("written");
  });
  it("does not have a trace made that nobody reads", async () => {
    const began = Date.now();
    expect((await pipeIn(folder.path, ["generate", "-o", "-", "--calls", "1e9"], "head -n 1")).code).to.equal(0);
    expect(Date.now() - began).to.be.below(20_000);
  });
});

describe("colours", () => {
  const analyze = (env: Record<string, string>) =>
    runIn(folder.path, ["analyze", `${data}coding-sessions.csv`], undefined, env);

  it("are not in a pipe, nor under NO_COLOR; FORCE_COLOR puts them in, and the text stays the same", async () => {
    const [pipe, none, forced] = await Promise.all([
      analyze({}),
      analyze({ NO_COLOR: "1", FORCE_COLOR: "1" }),
      analyze({ FORCE_COLOR: "1" }),
    ]);
    expect(pipe.out).not.to.include("\x1b");
    expect(none.out).to.equal(pipe.out);
    expect(forced.out).to.include("\x1b[1m");
    expect(stripVTControlCharacters(forced.out)).to.equal(pipe.out);
    expect([pipe, none, forced].map(({ code, err }) => ({ code, err }))).to.deep.equal(
      Array(3).fill({ code: 0, err: "" }),
    );
  });
});
