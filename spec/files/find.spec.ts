import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { expect } from "chai";
import { InputError } from "../../lib/errors.js";
import { findFiles } from "../../lib/files/find.js";

let folder: string;
before(() => {
  folder = mkdtempSync(join(tmpdir(), "spikeline-"));
  mkdirSync(join(folder, "below"));
  mkdirSync(join(folder, "empty"));
  for (const name of [
    "b.json",
    "a.csv",
    "a[1].json",
    "a1.json",
    "notes.txt",
    "below/c.jsonl.gz",
    "below/d.parquet",
    "e.json.zip",
  ])
    writeFileSync(join(folder, name), "");
});
after(() => {
  rmSync(folder, { recursive: true });
});

const find = async (path: string): Promise<string[]> =>
  (await findFiles([join(folder, path)])).map((found) => relative(folder, found.path));
const failure = async (path: string): Promise<string> => {
  try {
    await find(path);
  } catch (error) {
    expect(error).to.be.instanceOf(InputError);
    return (error as InputError).message;
  }
  return "no error";
};

describe("findFiles(paths)", () => {
  it("finds the files below a folder that are named like a trace, packed or not, by name", async () => {
    expect(await find(".")).to.deep.equal([
      "a.csv",
      "a1.json",
      "a[1].json",
      "b.json",
      "below/c.jsonl.gz",
      "below/d.parquet",
    ]);
  });

  it("finds what a glob matches, by name", async () => {
    expect(await find("*.json")).to.deep.equal(["a1.json", "a[1].json", "b.json"]);
    expect(await find("**/*.{jsonl.gz,csv}")).to.deep.equal(["a.csv", "below/c.jsonl.gz"]);
    expect(await find("?.csv")).to.deep.equal(["a.csv"]);
  });

  it("tells what was named from what was found", async () => {
    const named = async (path: string) => (await findFiles([join(folder, path)])).map(({ isNamed }) => isNamed);
    expect(await named("b.json")).to.deep.equal([true]);
    expect(await named("below")).to.deep.equal([false, false]);
    expect(await named("b*.json")).to.deep.equal([false]);
  });

  it("takes a path that exists for itself, whatever is in it", async () => {
    expect(await find("a[1].json")).to.deep.equal(["a[1].json"]);
    expect(await find("notes.txt")).to.deep.equal(["notes.txt"]);
  });

  it("says what is not there", async () => {
    expect(await failure("*.xml")).to.include("no file matches");
    expect(await failure("nothing.json")).to.include("no such file");
    expect(await failure("empty")).to.include("the folder holds no .json");
  });
});
