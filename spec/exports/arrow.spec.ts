import {
  columnFromArray,
  type DataType,
  dateDay,
  dictionary,
  float32,
  float64,
  int16,
  int32,
  int64,
  int8,
  list,
  type Table,
  tableFromColumns,
  tableToIPC,
  timestamp,
  TimeUnit,
  utf8,
} from "@uwdata/flechette";
import { type ColumnTable, desc, table } from "arquero";
import { expect } from "chai";
import { InputError, TableError } from "../../lib/errors.js";
import { concurrencySpikeAnalysis, fromArrow, loadTrace, tableSpecs, toArrow } from "../../lib/index.js";
import { TextColumn } from "../../lib/tables/text-column.js";
import { columnsOf, expectShape } from "../support/columns-of.js";

const bytesOf = (arrow: Table, format: "file" | "stream" = "file") => tableToIPC(arrow, { format }) as Uint8Array;

const arrowOf = (columns: Record<string, [DataType, unknown[]]>, maxBatchRows = 100): Table =>
  tableFromColumns(
    Object.entries(columns).map(([name, [type, values]]) => [
      name,
      columnFromArray(values, type, { useBigInt: true, maxBatchRows }),
    ]) as never,
  );

/** One column of every type, with something missing where that can be. */
const every = (): ColumnTable =>
  table({
    ints: Int32Array.of(-1, 0, 0x7fffffff),
    numbers: Float64Array.of(0.1, NaN, -Infinity),
    listed: [1, null, 2.5],
    coded: TextColumn.from(["a", null, "a"]),
    texts: ["", "日本", undefined],
    flags: [true, false, null],
    big: [2n ** 62n, null, -1n],
    dates: [new Date(1.7e12), null, new Date(-1)],
  });
const everyBack = {
  ints: [-1, 0, 0x7fffffff],
  numbers: [0.1, NaN, -Infinity],
  listed: [1, NaN, 2.5],
  coded: ["a", null, "a"],
  texts: ["", "日本", null],
  flags: [true, false, null],
  big: [2n ** 62n, null, -1n],
  dates: [new Date(1.7e12), null, new Date(-1)],
};

describe("toArrow(table)", () => {
  it("shares the memory of numbers, and of the codes of texts where none is missing", () => {
    const from = table({
      ints: Int32Array.of(1, 2),
      numbers: Float64Array.of(NaN, 2),
      texts: TextColumn.from(["a", "b"]),
    });
    const { children } = toArrow(from);
    expect(children.map(({ type }) => type.typeId)).to.deep.equal([
      int32().typeId,
      float64().typeId,
      dictionary(utf8()).typeId,
    ]);
    const shared = [from.column("ints"), from.column("numbers"), (from.column("texts") as unknown as TextColumn).codes];
    for (const [i, values] of (shared as unknown as Float64Array[]).entries()) {
      expect((children[i].data[0].values as Float64Array).buffer, String(i)).to.equal(values.buffer);
    }
  });

  it("makes a null of what is missing", () => {
    const arrow = toArrow(every());
    const cells = Object.fromEntries(arrow.names.map((name, i) => [name, [...arrow.children[i]]]));
    expect(cells).to.deep.equal({
      ...everyBack,
      numbers: [0.1, null, -Infinity],
      listed: [1, null, 2.5],
    });
  });

  it("writes lists, objects, what is of several kinds, and BigInts of more than 64 bits as texts", () => {
    const from = table({ a: [[1], null], b: [{ c: 1 }, undefined], d: [1, "x"], e: [2n ** 64n, 1n] });
    expect(toArrow(from).toColumns()).to.deep.equal({
      a: ["[1]", null],
      b: ['{"c":1}', null],
      d: ["1", "x"],
      e: ["18446744073709551616", "1"],
    });
  });

  it("respects filters and orders, and leaves out texts of rows that are not there", () => {
    const from = table({ x: Float64Array.of(1, 2, 3), t: TextColumn.from(["a", "b", "c"]) })
      .filter((d: { x: number }) => d.x > 1)
      .orderby(desc("x"))
      .groupby("t");
    const arrow = toArrow(from);
    expect(arrow.toColumns()).to.deep.equal({ x: Float64Array.of(3, 2), t: ["c", "b"] });
    const [batch] = arrow.children[1].data as unknown as { dictionary: { length: number } }[];
    expect(batch.dictionary.length).to.equal(2);
  });

  it("takes tables without rows, and without columns", () => {
    const arrow = toArrow(table({ i: new Int32Array(), f: new Float64Array(), t: TextColumn.from([]), u: [] }));
    expect(fromArrow(bytesOf(arrow)).columnNames()).to.deep.equal(["i", "f", "t", "u"]);
    expect(fromArrow(arrow).numRows()).to.equal(0);
    expect(toArrow(table({})).numCols).to.equal(0);
  });
});

describe("fromArrow(arrow)", () => {
  it("gives back every type, from a table and from bytes", () => {
    for (const arrow of [toArrow(every()), bytesOf(toArrow(every())), bytesOf(toArrow(every()), "stream")]) {
      const back = fromArrow(arrow);
      expect(columnsOf(back)).to.deep.equal(everyBack);
      expect(back.column("ints")).to.be.instanceOf(Int32Array);
      expect(back.column("numbers")).to.be.instanceOf(Float64Array);
      expect(back.column("coded")).to.be.instanceOf(TextColumn);
    }
  });

  it("shares the memory of the table", () => {
    const from = table({ i: Int32Array.of(1, 2), f: Float64Array.of(NaN, 2), t: TextColumn.from(["a", "b"]) });
    const back = fromArrow(toArrow(from));
    for (const name of ["i", "f"]) {
      expect((back.column(name) as unknown as Float64Array).buffer, name).to.equal(
        (from.column(name) as unknown as Float64Array).buffer,
      );
    }
    expect((back.column("t") as unknown as TextColumn).codes).to.equal(
      (from.column("t") as unknown as TextColumn).codes,
    );
  });

  it("shares the memory of bytes", () => {
    const bytes = bytesOf(toArrow(table({ i: Int32Array.of(1, 2), f: Float64Array.of(0.5, 2) })));
    const back = fromArrow(bytes);
    expect((back.column("f") as unknown as Float64Array).buffer).to.equal(bytes.buffer);
    expect((back.column("i") as unknown as Int32Array).buffer).to.equal(bytes.buffer);
    expect(columnsOf(fromArrow(bytes.slice().buffer))).to.deep.equal({ i: [1, 2], f: [0.5, 2] });
  });

  it("puts NaN where another number stands beneath a null, and leaves the memory as it was", () => {
    const arrow = arrowOf({ f: [float64(), [1, null, 3]] });
    expect((arrow.children[0].data[0].values as Float64Array)[1]).to.equal(0);
    expect(columnsOf(fromArrow(arrow))).to.deep.equal({ f: [1, NaN, 3] });
    expect((arrow.children[0].data[0].values as Float64Array)[1]).to.equal(0);
  });

  it("reads what others write: other widths, several batches, other dictionaries, lists", () => {
    const arrow = arrowOf(
      {
        tiny: [int8(), [1, -2, 3]],
        short: [int16(), [1, null, 3]],
        single: [float32(), [0.5, 1, null]],
        long: [int64(), [1n, 2n, 3n]],
        maybe_long: [int64(), [1n, null, 3n]],
        too_long: [int64(), [1n, 2n ** 60n, null]],
        plain: [utf8(), ["a", null, ""]],
        coded: [dictionary(utf8(), int8()), ["a", null, "a"]],
        nothing: [float64(), [null, null, null]],
        numbers: [dictionary(float64()), [1.5, 2, 1.5]],
        time: [timestamp(TimeUnit.MICROSECOND), [new Date(5), null, new Date(6)]],
        day: [dateDay(), [new Date(86_400_000), null, new Date(0)]],
        lists: [list(int32()), [[1], null, []]],
      },
      2,
    );
    const expected = {
      tiny: Int32Array.of(1, -2, 3),
      short: Float64Array.of(1, NaN, 3),
      single: Float64Array.of(0.5, 1, NaN),
      long: Float64Array.of(1, 2, 3),
      maybe_long: Float64Array.of(1, NaN, 3),
      too_long: [1n, 2n ** 60n, null],
      plain: ["a", null, ""],
      coded: ["a", null, "a"],
      nothing: Float64Array.of(NaN, NaN, NaN),
      numbers: Float64Array.of(1.5, 2, 1.5),
      time: [new Date(5), null, new Date(6)],
      day: [new Date(86_400_000), null, new Date(0)],
    };
    const back = fromArrow(bytesOf(arrow));
    for (const [name, values] of Object.entries(expected)) {
      const column = back.column(name) as unknown;
      expect(column instanceof TextColumn ? [...column] : column, name).to.deep.equal(values);
    }
    expect((back.get("lists", 0) as Iterable<number>)[Symbol.iterator]().next().value).to.equal(1);
  });

  it("joins texts that a dictionary holds twice", () => {
    const arrow = toArrow(table({ t: TextColumn.from(["a", "b", "c"]) }));
    const [batch] = arrow.children[0].data as unknown as { setDictionary(texts: unknown): void }[];
    batch.setDictionary(columnFromArray(["x", "y", "x"], utf8()));
    const back = fromArrow(arrow).column("t") as unknown as TextColumn;
    expect([...back]).to.deep.equal(["x", "y", "x"]);
    expect([...back.codes]).to.deep.equal([0, 1, 0]);
  });

  it("says what it takes", () => {
    expect(() => fromArrow(Uint8Array.of(1, 2, 3))).to.throw(InputError, "Arrow");
    expect(() => fromArrow({ schema: {} } as never)).to.throw(
      TableError,
      "fromArrow: takes a table of @uwdata/flechette",
    );
  });

  it("gives every table of an analysis back, with its types", async () => {
    for (const name of ["research-agents.json", "support-desk.csv", "coding-sessions.csv"]) {
      const { tables } = concurrencySpikeAnalysis(await loadTrace(`data/${name}`));
      for (const [table, from] of Object.entries(tables)) {
        const { columns } = tableSpecs[table as keyof typeof tables];
        const back = fromArrow(bytesOf(toArrow(from)));
        expect(columnsOf(back), table).to.deep.equal(columnsOf(from));
        expectShape(back.select(columns.map(({ name }) => name)), columns);
      }
    }
  });
});
