import { desc, table } from "arquero";
import { expect } from "chai";
import fc from "fast-check";
import { Dictionary } from "../../lib/kernels/dictionary.js";
import { Reader } from "../../lib/tables/read.js";
import { type Text, TextColumn } from "../../lib/tables/text-column.js";

const texts = fc.array(
  fc.option(fc.oneof(fc.constantFrom("", "a", "b", "🙂", "\ufeff", "\ud800", "\udc00", "null"), fc.string())),
  { maxLength: 40, size: "max" },
);
const distinct = (rows: readonly Text[]) => [...new Set(rows)].filter((row) => row !== null);

describe("TextColumn", () => {
  it("holds each different text once, and nothing for a missing one", () => {
    const column = TextColumn.from(["b", null, "a", "b", ""]);
    expect([...column.codes]).to.deep.equal([0, -1, 1, 0, 2]);
    expect(column.dictionary.size).to.equal(3);
    expect([...column]).to.deep.equal(["b", null, "a", "b", ""]);
    expect([column.at(1), column.at(2), column.length]).to.deep.equal([null, "a", 5]);
  });
  it("is made of any values: numbers and flags as texts, objects as JSON, NaN as missing", () => {
    expect([...TextColumn.from([1, true, 2n, { a: 1 }, NaN, undefined])]).to.deep.equal([
      "1",
      "true",
      "2",
      '{"a":1}',
      null,
      null,
    ]);
  });
  it("is made of one text, or of a few", () => {
    expect([...TextColumn.of("x", 2)]).to.deep.equal(["x", "x"]);
    expect([...TextColumn.of(null, 2)]).to.deep.equal([null, null]);
    expect([...TextColumn.of("x", 0)]).to.deep.equal([]);
    expect([...TextColumn.among(["no", "yes", "no"], Int32Array.of(5, 6, 9), (item) => item % 3)]).to.deep.equal([
      "no",
      "no",
      "no",
    ]);
    expect([...TextColumn.among(["no", "yes"], Int32Array.of(5, 6), (item) => item % 2)]).to.deep.equal(["yes", "no"]);
  });
  it("fills gaps, and is itself where there are none", () => {
    const column = TextColumn.from(["a", null]);
    expect([...column.orElse("a")]).to.deep.equal(["a", "a"]);
    expect([...column.orElse("z")]).to.deep.equal(["a", "z"]);
    expect([...column]).to.deep.equal(["a", null]);
    const full = column.orElse("z");
    expect(full.orElse("y")).to.equal(full);
  });
  it("changes texts, also into one another, and is itself where nothing changes", () => {
    const column = TextColumn.from(["a", "A", null, "b"]);
    const upper = column.map((text) => text.toUpperCase());
    expect([...upper]).to.deep.equal(["A", "A", null, "B"]);
    expect([...upper.codes]).to.deep.equal([0, 0, -1, 1]);
    expect(column.map((text) => text)).to.equal(column);
  });
  it("knows whether it has any text, and whether any occurs twice, a missing one too", () => {
    const has = (...rows: Text[]) => [TextColumn.from(rows).hasAny(), TextColumn.from(rows).isUnique()];
    expect([has(), has(null), has(null, null), has("a", null), has("a", "b", "a")]).to.deep.equal([
      [false, true],
      [false, true],
      [false, false],
      [true, true],
      [true, false],
    ]);
  });

  it("agrees with plain arrays, in all that it does", () => {
    fc.assert(
      fc.property(texts, fc.array(fc.integer({ min: -1, max: 39 })), (rows, wanted) => {
        const column = TextColumn.from(rows);
        expect([...column]).to.deep.equal(rows);
        expect(Array.from(column.codes.keys(), (i) => column.at(i))).to.deep.equal(rows);
        const taken = wanted.filter((row) => row < rows.length);
        const picked = taken.map((row) => (row < 0 ? null : rows[row]));
        expect([...column.take(Int32Array.from(taken))]).to.deep.equal(picked);
        expect([...column.map((text) => text.slice(0, 1))]).to.deep.equal(rows.map((row) => row?.slice(0, 1) ?? null));
        expect([...column.orElse("b")]).to.deep.equal(rows.map((row) => row ?? "b"));
        expect(column.hasAny()).to.equal(rows.some((row) => row !== null));
        expect(column.isUnique()).to.equal(new Set(rows).size === rows.length);

        const again = TextColumn.from(rows);
        const counts = distinct(rows).map((row) => [row, rows.filter((other) => other === row).length]);
        const missing = rows.filter((row) => row === null).length;
        expect([...again.counts()]).to.deep.equal(missing > 0 ? [...counts, [null, missing]] : counts);
        const flags = again.flags((text) => text > "a");
        const flagged = rows.map((row) => row !== null && row > "a");
        expect(Array.from(again.codes, (code) => code >= 0 && flags[code] === 1)).to.deep.equal(flagged);
      }),
      { numRuns: 1000 },
    );
  });

  it("tells its texts in the codes of another dictionary, which learns those that it lacks", () => {
    fc.assert(
      fc.property(texts, texts, (rows, others) => {
        const [column, other] = [TextColumn.from(rows), TextColumn.from(others)];
        const codes = column.codesIn(other.dictionary);
        expect([...new TextColumn(codes, other.dictionary)]).to.deep.equal(rows);
        expect([...other]).to.deep.equal(others);
        expect(other.dictionary.size).to.equal(new Set([...distinct(others), ...distinct(rows)]).size);
        expect(other.codesIn(other.dictionary)).to.equal(other.codes);
      }),
      { numRuns: 500 },
    );
  });

  it("gives equal texts equal codes where its dictionary repeats them", () => {
    const dictionary = new Dictionary(true);
    const add = (text: string) => {
      const bytes = new TextEncoder().encode(`<${text}>`);
      return dictionary.add(new DataView(bytes.buffer), 1, bytes.length - 1);
    };
    fc.assert(
      fc.property(texts, (rows) => {
        // halves of surrogate pairs cannot come as bytes
        const codes = rows.map((row) =>
          row === null ? -1 : /\p{Surrogate}/u.test(row) ? dictionary.addText(row) : add(row),
        );
        const column = new TextColumn(Int32Array.from(codes), dictionary);
        expect([...column]).to.deep.equal(rows);
        expect([...column.unified()]).to.deep.equal(rows);
        const same = (of: ArrayLike<unknown>) => Array.from(of, (row) => Array.from(of).indexOf(row));
        expect(same(column.unified().codes)).to.deep.equal(same(rows));
        expect(column.isUnique()).to.equal(new Set(rows).size === rows.length);
        for (const [row, count] of column.counts())
          expect(count).to.equal(rows.filter((other) => other === row).length);
        expect(column.counts().size).to.equal(new Set(rows).size);
      }),
      { numRuns: 300 },
    );
    const plain = TextColumn.from(["a"]);
    expect(plain.unified()).to.equal(plain);
  });

  it("is a column to Arquero, filtered and ordered", () => {
    const t = table({ n: [1, 2, 3], text: TextColumn.from(["a", null, "c"]) } as never);
    const view = t.filter((d: { n: number }) => d.n > 1).orderby(desc("n"));
    expect(view.objects()).to.deep.equal([
      { n: 3, text: "c" },
      { n: 2, text: null },
    ]);
  });
});

describe("Reader.take and Reader.pick, of typed columns", () => {
  const columns = () => ({
    a: Float64Array.of(1, 2, NaN),
    b: Int32Array.of(4, 5, 6),
    c: TextColumn.from(["x", null, "y"]),
    d: [{ e: 1 }, null, "z"],
  });
  const view = () =>
    table(columns() as never)
      .filter((row: { b: number }) => row.b !== 5)
      .orderby(desc("b"));

  it("keep their types, and their order as the view shows it", () => {
    const taken = new Reader(view(), "f").take(Int32Array.of(1, 0, 0));
    expect(taken.a).to.deep.equal(Float64Array.of(1, NaN, NaN));
    expect(taken.b).to.deep.equal(Int32Array.of(4, 6, 6));
    expect(taken.c).to.be.instanceOf(TextColumn);
    expect([...(taken.c as unknown as Iterable<Text>)]).to.deep.equal(["x", "y", "y"]);
    expect(taken.d).to.deep.equal([{ e: 1 }, "z", "z"]);
  });
  it("leave columns out", () => {
    const read = new Reader(view(), "f");
    expect(Object.keys(read.take(Int32Array.of(0), new Set(["a", "d"])))).to.deep.equal(["b", "c"]);
    expect(read.pick((i) => i === 1).objects()).to.deep.equal([{ a: 1, b: 4, c: "x", d: { e: 1 } }]);
    expect(read.pick(() => false).numRows()).to.equal(0);
    expect(read.pick(() => false).columnNames()).to.deep.equal(["a", "b", "c", "d"]);
  });
  it("read the same as plain columns", () => {
    const read = new Reader(view(), "f");
    expect(read.numbers("a")).to.deep.equal(Float64Array.of(NaN, 1));
    expect(read.ints("b")).to.deep.equal(Int32Array.of(6, 4));
    expect([...read.texts("c")]).to.deep.equal(["y", "x"]);
    expect([0, 1].map((i) => read.cell("c", i))).to.deep.equal(["y", "x"]);
    expect(read.cell("none", 0)).to.equal(undefined);
  });
});
