import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import { csvCell } from "../../lib/files/csv-cell.js";
import { readCsv } from "../../lib/files/csv.js";
import { numberAt, type Row, tokensAt, ValueRow } from "../../lib/formats/row.js";
import { Dictionary } from "../../lib/kernels/dictionary.js";
import { loadTrace, type SpanTrace } from "../../lib/index.js";

/** What a row tells of each cell: its text, its number, its tokens, and the text of its code. */
const told = (row: Row, columns: number, dictionary: Dictionary) =>
  Array.from({ length: columns }, (_, column) => {
    const code = row.code(column, dictionary);
    return {
      text: row.cell(column),
      number: numberAt(row, column),
      tokens: tokensAt(row, column),
      code,
      named: code < 0 ? null : dictionary.text(code),
    };
  });

/** The same cells as a row of CSV, quoted where they must be, or all. */
async function throughCsv<T>(cells: readonly string[], quoted: boolean, read: (row: Row) => T): Promise<T> {
  const line = cells.map((cell) => (quoted ? `"${cell.replaceAll('"', '""')}"` : csvCell(cell))).join(",");
  const head = cells.map((_, column) => `c${column}`).join(",");
  async function* bytes() {
    await Promise.resolve();
    yield Buffer.from(`${head}\n${line}\n`);
  }
  const found: T[] = [];
  const csv = await readCsv(bytes(), undefined);
  await csv.rows((row) => found.push(read(row)));
  expect(found).to.have.length(1);
  return found[0];
}

const number = fc.oneof(
  fc.double().map(String),
  fc.integer().map(String),
  fc.tuple(fc.stringMatching(/^\d{0,19}$/), fc.stringMatching(/^\d{0,19}$/)).map((parts) => parts.join(".")),
  fc.constantFrom(
    "-0",
    "1e3",
    "1E-400",
    "+5",
    " 5 ",
    "5\t",
    ".",
    "-",
    "0x10",
    "0b1",
    "1_000",
    "1,5",
    "9007199254740993",
  ),
);
const word = fc.oneof(
  fc.string({ maxLength: 5 }),
  fc.constantFrom(
    "",
    " ",
    "nan",
    "NaN",
    "NULL",
    "None",
    "n/a",
    "\\N",
    "Infinity",
    '"',
    '""',
    "a\nb",
    "é",
    "🙂",
    "\ufeff",
  ),
);
const cells = fc.array(
  fc.oneof(number, word).map((cell) => cell.replaceAll("\r", ".")),
  { minLength: 2, maxLength: 6 },
);

describe("a row of CSV and a row of the same values", () => {
  it("give the same texts, numbers, tokens and codes", async () => {
    await fc.assert(
      fc.asyncProperty(cells, fc.boolean(), async (values, quoted) => {
        const [one, two] = [new Dictionary(), new Dictionary()];
        const expected = told(new ValueRow(values), values.length, one);
        expect(await throughCsv(values, quoted, (row) => told(row, values.length, two))).to.deep.equal(expected);
      }),
      { numRuns: 1000 },
    );
  });

  it("have nothing in column -1", async () => {
    const nothing = { text: undefined, number: NaN, tokens: NaN, code: -1 };
    const read = (row: Row) => ({
      text: row.cell(-1),
      number: numberAt(row, -1),
      tokens: tokensAt(row, -1),
      code: row.code(-1, new Dictionary()),
    });
    expect(read(new ValueRow(["1", "2"]))).to.deep.equal(nothing);
    expect(await throughCsv(["1", "2"], false, read)).to.deep.equal(nothing);
  });
});

describe("numberAt(row, column)", () => {
  const at = (value: unknown) => numberAt(new ValueRow([value]), 0);
  it("is NaN where there is no number, undefined where what stands there is not one", () => {
    expect([7, "7", " 7 ", 7n, "1e3"].map(at)).to.deep.equal([7, 7, 7, 7, 1000]);
    expect([null, undefined, "", "NaN", "none", NaN].map(at)).to.deep.equal([NaN, NaN, NaN, NaN, NaN, NaN]);
    expect(["x", "0x10", true, {}].map(at)).to.deep.equal([undefined, undefined, undefined, undefined]);
  });
});

describe("tokensAt(row, column)", () => {
  it("is NaN for what is not a number", () => {
    expect(["12", "x", null].map((value) => tokensAt(new ValueRow([value]), 0))).to.deep.equal([12, NaN, NaN]);
  });
});

describe("two files with different columns", () => {
  it("are one trace: a column that a file lacks is empty for its rows", async () => {
    const folder = mkdtempSync(join(tmpdir(), "spikeline-"));
    try {
      writeFileSync(join(folder, "a.csv"), "start_time,end_time,team,uuid\n0,2,red,u1\n1,3,,u2\n");
      writeFileSync(join(folder, "b.csv"), "city,uuid,end_time,start_time,total_tokens\nRome,u1,5,4,7\nOslo,,6,4,\n");
      const { spans } = (await loadTrace([join(folder, "a.csv"), join(folder, "b.csv")])) as SpanTrace;
      const column = (name: string) => Array.from(spans.array(name) as Iterable<unknown>);
      expect(column("team")).to.deep.equal(["red", null, null, null]);
      expect(column("city")).to.deep.equal([null, null, "Rome", "Oslo"]);
      expect(column("uuid")).to.deep.equal(["u1", "u2", "u1", null]);
      expect(column("start_time")).to.deep.equal([0, 1, 4, 4]);
      expect(column("end_time")).to.deep.equal([2, 3, 5, 6]);
      expect(column("total_tokens")).to.deep.equal([NaN, NaN, 7, NaN]);
      expect(column("operation_type")).to.deep.equal(["LLM", "LLM", "LLM", "LLM"]);
      expect(column("row")).to.deep.equal([1, 2, 1, 2]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
