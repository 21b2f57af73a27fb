import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type ColumnTable, desc, escape, table } from "arquero";
import { expect } from "chai";
import { concat, DataFrame, Series } from "danfojs-node";
import { TableError } from "../../lib/errors.js";
import {
  buildCallTreeForExample,
  buildCallTreePerExample,
  concurrencySpikeAnalysis,
  type DanfoFrame,
  fromDanfo,
  loadTrace,
  toDanfo,
} from "../../lib/index.js";
import { TextColumn } from "../../lib/tables/text-column.js";
import { columnOf, columnsOf } from "../support/columns-of.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

const every = (): ColumnTable =>
  table({
    ints: Int32Array.of(-1, 0, 0x7fffffff),
    numbers: Float64Array.of(0.1, NaN, 2 ** 40),
    listed: [1, null, undefined],
    coded: TextColumn.from(["a", null, "a"]),
    texts: ["NaN", "undefined", undefined],
    flags: [true, false, null],
    dates: [new Date(1.7e12), null, new Date(NaN)],
    big: [1n, null, 3n],
    very_big: [1n, null, 2n ** 60n],
    lists: [[1], null, { a: 1 }],
  });

describe("toDanfo(table)", () => {
  it("states the type of every column, and keeps what it holds", async () => {
    const df = await toDanfo(every());
    expect(df).to.be.instanceOf(DataFrame);
    expect(Object.fromEntries(df.columns.map((name, k) => [name, df.dtypes[k]]))).to.deep.equal({
      ints: "int32",
      numbers: "float32",
      listed: "float32",
      coded: "string",
      texts: "string",
      flags: "boolean",
      dates: "datetime",
      big: "float32",
      very_big: "string",
      lists: "string",
    });
    expect(df.values).to.deep.equal([
      [-1, 0.1, 1, "a", "NaN", true, new Date(1.7e12), 1, "1", "[1]"],
      [0, NaN, NaN, null, "undefined", false, null, NaN, null, null],
      [0x7fffffff, 2 ** 40, NaN, "a", null, null, null, 3, "1152921504606846976", '{"a":1}'],
    ]);
  });

  it("leaves numbers and what is missing such that Danfo counts with them", async () => {
    const df = await toDanfo(every());
    expect(df.column("listed").sum()).to.equal(1);
    expect(df.column("coded").isNa().values).to.deep.equal([false, true, false]);
    expect(df.column("numbers").isNa().values).to.deep.equal([false, true, false]);
    expect(df.column("flags").isNa().values).to.deep.equal([false, false, true]);
  });

  it("respects filters and orders, and counts the index from 0", async () => {
    const from = table({ x: Float64Array.of(1, 2, 3), t: TextColumn.from(["a", "b", "c"]) })
      .filter((d: { x: number }) => d.x > 1)
      .orderby(desc("x"))
      .groupby("t");
    const df = await toDanfo(from);
    expect(df.values).to.deep.equal([
      [3, "c"],
      [2, "b"],
    ]);
    expect(df.index).to.deep.equal([0, 1]);
  });

  it("takes tables without rows", async () => {
    const df = await toDanfo(table({ i: new Int32Array(), f: new Float64Array(), t: TextColumn.from([]) }));
    expect([df.shape, df.columns]).to.deep.equal([
      [0, 3],
      ["i", "f", "t"],
    ]);
    const back = fromDanfo(df);
    expect(back.numRows()).to.equal(0);
    expect(back.column("f")).to.be.instanceOf(Float64Array);
  });

  it("uses the Danfo that is handed over", async () => {
    class Other {
      constructor(
        readonly rows: unknown,
        readonly options: unknown,
      ) {}
    }
    expect(await toDanfo(table({ x: [1] }), { DataFrame: Other })).to.deep.equal(
      new Other([[1]], { columns: ["x"], dtypes: ["float32"] }),
    );
  });

  it("names the package where it is not installed", () => {
    const hook = `export const resolve = (name, context, next) => {
      if (name === "danfojs-node") throw new Error("not here");
      return next(name, context);
    };`;
    const script = `
      import { register } from "node:module";
      register("data:text/javascript,${encodeURIComponent(hook)}");
      const { toDanfo } = await import("./dist/index.js");
      const { table } = await import("arquero");
      await toDanfo(table({ x: [1] })).catch((error) => console.log(error.name, error.message));`;
    const { stdout } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
      cwd: root,
      encoding: "utf8",
    });
    expect(stdout).to.include(
      "OptionError `danfo` is not given, and the package danfojs-node is not installed: npm install",
    );
  });
});

describe("fromDanfo(df)", () => {
  it("gives back every type that Danfo has", async () => {
    const back = fromDanfo(
      await toDanfo(every().select("ints", "numbers", "listed", "coded", "texts", "flags", "dates")),
    );
    expect(columnsOf(back)).to.deep.equal({
      ints: [-1, 0, 0x7fffffff],
      numbers: [0.1, NaN, 2 ** 40],
      listed: [1, NaN, NaN],
      coded: ["a", null, "a"],
      texts: ["NaN", "undefined", null],
      flags: [true, false, null],
      dates: [new Date(1.7e12), null, null],
    });
    expect(back.column("ints")).to.be.instanceOf(Int32Array);
    expect(back.column("numbers")).to.be.instanceOf(Float64Array);
  });

  it("goes by the cells where Danfo's guess from the first rows is wrong", () => {
    const whole = Array.from({ length: 40 }, (_, i) => i);
    const df = new DataFrame(
      whole.map((i) => [i, i < 30 ? i : i + 0.5, i < 30 ? i : 2 ** 40, i < 30 ? NaN : `t${i}`, i < 30 ? i : null]),
      { columns: ["whole", "halves", "large", "late_texts", "late_gaps"] },
    );
    expect(df.dtypes).to.deep.equal(["int32", "int32", "int32", "float32", "int32"]);
    const back = fromDanfo(df);
    expect(back.column("whole")).to.deep.equal(Int32Array.from(whole));
    expect(back.column("halves")).to.deep.equal(Float64Array.from(whole, (i) => (i < 30 ? i : i + 0.5)));
    expect(back.column("large")).to.deep.equal(Float64Array.from(whole, (i) => (i < 30 ? i : 2 ** 40)));
    expect(columnOf(back, "late_texts")).to.deep.equal(whole.map((i) => (i < 30 ? null : `t${i}`)));
    expect(back.column("late_gaps")).to.deep.equal(Float64Array.from(whole, (i) => (i < 30 ? i : NaN)));
  });

  it("goes by what Danfo says where nothing is there", () => {
    const df = new DataFrame([[NaN, null, null, null]], {
      columns: ["n", "t", "b", "d"],
      dtypes: ["float32", "string", "boolean", "datetime"],
    });
    const back = fromDanfo(df);
    expect(columnsOf(back)).to.deep.equal({ n: [NaN], t: [null], b: [null], d: [null] });
    expect(back.column("n")).to.be.instanceOf(Float64Array);
  });

  it("takes what Danfo made of others, in the order of its rows", () => {
    const df = new DataFrame(
      [
        [2, "b"],
        [1, null],
      ],
      { columns: ["x", "t"] },
    );
    const both: unknown = concat({ dfList: [df.copy(), df.copy()], axis: 0 });
    expect(columnsOf(fromDanfo(both as DanfoFrame))).to.deep.equal({ x: [2, 1, 2, 1], t: ["b", null, "b", null] });
    expect(columnsOf(fromDanfo(df.sortValues("x")))).to.deep.equal({ x: [1, 2], t: [null, "b"] });
  });

  it("keeps a column of several kinds as it is", () => {
    const df = new DataFrame([["x"], [1], [undefined]], { columns: ["m"] });
    expect(columnsOf(fromDanfo(df))).to.deep.equal({ m: ["x", 1, null] });
  });

  it("says what it takes", () => {
    for (const other of [new Series([1, 2]), new DataFrame([[1]]).groupby(["0"]), {}]) {
      expect(() => fromDanfo(other as never)).to.throw(
        TableError,
        "fromDanfo: takes a DataFrame of Danfo, not a Series",
      );
    }
  });
});

/** Tables of calls one below the other, with positions counted on. */
function joined(tables: readonly ColumnTable[]): Record<string, unknown[]> {
  const all: Record<string, unknown[]> = {};
  let before = 0;
  for (const calls of tables) {
    for (const [name, values] of Object.entries(columnsOf(calls))) {
      const shift = name === "call_id" || name === "parent_call_id" ? before : 0;
      (all[name] ??= []).push(...values.map((value) => (shift ? (value as number) + shift : value)));
    }
    before += calls.numRows();
  }
  return all;
}

describe("events grouped by example_number", () => {
  for (const file of ["data/research-agents.json", "data/formats/nat-csv.csv"]) {
    it(`in Danfo or in Arquero, give the calls of the whole: ${file}`, async () => {
      const trace = await loadTrace(file);
      if (!("events" in trace)) throw new Error("no events");
      const { events } = trace;
      const whole = buildCallTreePerExample(events);
      expect(whole.numRows()).to.be.greaterThan(3);
      const examples = [...new Set(columnOf(events, "example_number") as number[])];

      const df = await toDanfo(events);
      const groups = df.groupby(["example_number"]) as { getGroup(keys: unknown[]): DataFrame };
      const inDanfo = examples.map((k) => buildCallTreeForExample(fromDanfo(groups.getGroup([k]))));
      expect(joined(inDanfo)).to.deep.equal(columnsOf(whole));

      const inArquero = examples.map((k) =>
        buildCallTreeForExample(events.filter(escape((d: { example_number: number }) => d.example_number === k))),
      );
      expect(joined(inArquero)).to.deep.equal(columnsOf(whole));

      const grouped = events.groupby("example_number");
      for (const again of [grouped, fromDanfo(df), fromDanfo(await toDanfo(grouped))]) {
        const [one, other] = [concurrencySpikeAnalysis(again), concurrencySpikeAnalysis(events)];
        for (const [name, table] of Object.entries(other.tables)) {
          expect(columnsOf(one.tables[name as keyof typeof one.tables]), name).to.deep.equal(columnsOf(table));
        }
      }
    });
  }

  it("and calls, from Danfo, give the tables of the whole: data/support-desk.csv", async () => {
    const calls = buildCallTreePerExample(await loadTrace("data/support-desk.csv"));
    const [one, other] = [concurrencySpikeAnalysis(fromDanfo(await toDanfo(calls))), concurrencySpikeAnalysis(calls)];
    for (const [name, table] of Object.entries(other.tables)) {
      expect(columnsOf(one.tables[name as keyof typeof one.tables]), name).to.deep.equal(columnsOf(table));
    }
  });
});
