import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { execute, folder, lacking, notebooks } from "./jupyter.js";

interface Output {
  readonly output_type: string;
  readonly name?: string;
  readonly text?: readonly string[];
  readonly data?: Readonly<Record<string, unknown>>;
}

interface Cell {
  readonly cell_type: string;
  readonly source: readonly string[];
  readonly outputs?: readonly Output[];
}

const cellsOf = (path: string): readonly Cell[] => (JSON.parse(readFileSync(path, "utf8")) as { cells: Cell[] }).cells;
const codeOf = (path: string) => cellsOf(path).filter(({ cell_type }) => cell_type === "code");
const sourceOf = ({ source }: Cell) => source.join("");

/** Whether there is something to see, of each kind. */
const isFilled = ({ text, data }: Output) => {
  const parts = data ? Object.values(data) : [text];
  return parts.length > 0 && parts.every((part) => JSON.stringify(part ?? "").length > 2);
};

/** In these notebooks a cell that shows its last line ends without a semicolon. */
const isToShow = (cell: Cell) => !sourceOf(cell).endsWith(";");

describe(`notebooks of Jupyter${lacking === undefined ? "" : `: ${lacking}`}`, () => {
  let copies: string;

  before(async function () {
    this.timeout(120_000);
    if (lacking !== undefined) {
      if (process.env.SPIKELINE_REQUIRE_ALL !== undefined) throw new Error(lacking);
      this.skip();
    }
    copies = mkdtempSync(join(tmpdir(), "spikeline-notebooks-"));
    for (const name of notebooks) copyFileSync(join(folder, name), join(copies, name));
    await execute(notebooks.map((name) => join(copies, name)));
  });
  after(() => {
    if (copies) rmSync(copies, { recursive: true });
  });

  it("are there", () => {
    expect(notebooks).to.include("01-first-look.ipynb");
  });
  for (const name of notebooks) {
    it(`${name} runs without an error`, () => {
      const wrong = codeOf(join(copies, name))
        .flatMap(({ outputs = [] }) => outputs)
        .filter((output) => output.output_type === "error" || output.name === "stderr");
      expect(wrong).to.deep.equal([]);
    });
    it(`${name} shows something where a cell ends in a value, and nothing elsewhere`, () => {
      const code = codeOf(join(copies, name));
      expect(code.filter(({ outputs }) => outputs?.some(isFilled)).map(sourceOf)).to.deep.equal(
        code.filter(isToShow).map(sourceOf),
      );
    });
    it(`${name} holds the outputs of today; \`npm run notebooks\` renews them`, () => {
      const [committed, executed] = [folder, copies].map((where) => cellsOf(join(where, name)));
      for (const [i, cell] of executed.entries())
        expect(committed[i], `cell ${i + 1}: ${sourceOf(cell)}`).to.deep.equal(cell);
    });
  }
});
