import { execFile } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { expect } from "chai";
import { completionScript } from "../../lib/cli/completion-script.js";
import { runIn } from "../support/command.js";
import { temporaryFolder } from "../support/folder.js";

const folder = temporaryFolder();

/** What bash proposes for the last of these words, by the script of the command. */
async function proposed(...words: string[]): Promise<string[]> {
  const { code, out, err } = await runIn(folder.path, ["completion", "bash"]);
  expect({ code, err }).to.deep.equal({ code: 0, err: "" });
  const script = join(mkdtempSync(join(folder.path, "bash-")), "completion.bash");
  writeFileSync(script, out);
  const typed = 'source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _spikeline; printf "%s\\n" "${COMPREPLY[@]}"';
  return new Promise((resolve, reject) => {
    execFile("bash", ["-uc", typed, script, "spikeline", ...words], (error, found, complaints) => {
      if (error || complaints !== "") reject(error ?? new Error(complaints));
      else resolve(found.split("\n").filter((line) => line !== ""));
    });
  });
}

const small = new Command("tool");
small.command("look").summary("what it's like").option("-d, --deep <n>", "how: deep").option("--fast", "quick");

describe("spikeline completion", () => {
  it("bash: completes commands", async () => {
    expect(await proposed("an")).to.deep.equal(["analyze"]);
    expect(await proposed("")).to.include.members(["analyze", "inspect", "repl", "completion"]);
  });
  it("bash: completes the options of the command", async () => {
    expect(await proposed("analyze", "--thr")).to.deep.equal(["--threshold"]);
    expect(await proposed("generate", "-o", "x.csv", "--incident-")).to.deep.equal([
      "--incident-factor",
      "--incident-window",
    ]);
    expect(await proposed("convert", "-")).to.include.members(["-o", "--output", "--as", "-h"]);
    expect(await proposed("inspect", "--thr")).to.deep.equal([]);
  });
  it("bash: leaves files to bash", async () => {
    expect(await proposed("analyze", "an")).to.deep.equal([]);
    expect((await runIn(folder.path, ["completion", "bash"])).out).to.match(/\ncomplete -o bashdefault -o default -F /);
  });
  it("zsh: describes commands and options", () => {
    const script = completionScript(small, "zsh");
    expect(script)
      .to.match(/^#compdef tool\n/)
      .and.to.match(/\ncompdef _tool tool\n$/);
    expect(script).to.include(String.raw`described=('look:what it'\''s like')`);
    expect(script).to.include("look) described=('-d:how: deep' '--deep:how: deep' '--fast:quick' '-h:");
  });
  it("fish: has a line for each command and option, and knows which take a value", () => {
    expect(completionScript(small, "fish").split("\n").slice(0, 3)).to.deep.equal([
      String.raw`complete -c tool -n __fish_use_subcommand -f -a look -d 'what it'\''s like'`,
      "complete -c tool -n '__fish_seen_subcommand_from look' -s d -l deep -r -d 'how: deep'",
      "complete -c tool -n '__fish_seen_subcommand_from look' -l fast -d 'quick'",
    ]);
  });
  it("knows no other shell: exit 2", async () => {
    const { code, out, err } = await runIn(folder.path, ["completion", "csh"]);
    expect({ code, out }).to.deep.equal({ code: 2, out: "" });
    expect(err).to.match(/It must be bash or zsh or fish/);
  });
});
