import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { type ColumnTable, desc, table } from "arquero";
import { expect } from "chai";
import { TableError } from "../../lib/errors.js";
import {
  buildCallTreePerExample,
  concurrencySpikeAnalysis,
  fromDuckDB,
  generateTrace,
  loadTrace,
  tableSpecs,
  toDuckDB,
} from "../../lib/index.js";
import { TextColumn } from "../../lib/tables/text-column.js";
import { columnsOf, expectShape } from "../support/columns-of.js";

describe("DuckDB", () => {
  let connection: DuckDBConnection;
  beforeEach(async () => {
    connection = await (await DuckDBInstance.create()).connect();
  });
  afterEach(() => {
    connection.closeSync();
  });
  const query = async (sql: string): Promise<ColumnTable> => fromDuckDB(await connection.runAndReadAll(sql));

  describe("toDuckDB(connection, name, table)", () => {
    it("states the type of every column, and keeps what it holds", async () => {
      await toDuckDB(
        connection,
        "t",
        table({
          ints: Int32Array.of(-0x80000000, 0, 0x7fffffff),
          numbers: Float64Array.of(0.1, NaN, -Infinity),
          listed: [1, null, 2.5],
          coded: TextColumn.from(["a", null, "日本"]),
          texts: ["", "it's", undefined],
          flags: [true, false, null],
          big: [2n ** 62n, null, -1n],
          dates: [new Date(1_700_000_000_123), null, new Date(-1)],
          lists: [[1], { a: 1 }, null],
        }),
      );
      const types = await query("select column_name, data_type from (describe t) as t (column_name, data_type)");
      expect(types.objects().map((row) => Object.values(row as Record<string, unknown>))).to.deep.equal([
        ["ints", "INTEGER"],
        ["numbers", "DOUBLE"],
        ["listed", "DOUBLE"],
        ["coded", "VARCHAR"],
        ["texts", "VARCHAR"],
        ["flags", "BOOLEAN"],
        ["big", "BIGINT"],
        ["dates", "TIMESTAMP"],
        ["lists", "VARCHAR"],
      ]);
      const back = await query("from t");
      expect(columnsOf(back)).to.deep.equal({
        ints: [-0x80000000, 0, 0x7fffffff],
        numbers: [0.1, NaN, -Infinity],
        listed: [1, NaN, 2.5],
        coded: ["a", null, "日本"],
        texts: ["", "it's", null],
        flags: [true, false, null],
        big: [2n ** 62n, null, -1n],
        dates: [new Date(1_700_000_000_123), null, new Date(-1)],
        lists: ["[1]", '{"a":1}', null],
      });
      expect((await query("select count(*) as n from t where numbers is null")).get("n")).to.equal(1);
    });

    it("respects filters and orders, and takes a table that is grouped", async () => {
      const from = table({ x: Float64Array.of(1, 2, 3), t: TextColumn.from(["a", "b", "c"]) })
        .filter((d: { x: number }) => d.x > 1)
        .orderby(desc("x"))
        .groupby("t");
      await toDuckDB(connection, "t", from);
      expect(columnsOf(await query("from t"))).to.deep.equal({ x: [3, 2], t: ["c", "b"] });
    });

    it("quotes names", async () => {
      await toDuckDB(connection, 'a "b"; drop', table({ 'x "y"': [1], select: ["q"] }));
      expect(columnsOf(await query('from "a ""b""; drop"'))).to.deep.equal({ 'x "y"': [1], select: ["q"] });
    });

    it("takes a table without rows, not one without columns, and leaves alone one that is there", async () => {
      await toDuckDB(connection, "t", table({ i: new Int32Array(), t: TextColumn.from([]) }));
      expect((await query("from t")).columnNames()).to.deep.equal(["i", "t"]);
      await failing(toDuckDB(connection, "u", table({})), TableError, "toDuckDB: the table has no column");
      await failing(toDuckDB(connection, "t", table({ x: [1] })), Error, "already exists");
      expect((await query("from t")).columnNames()).to.deep.equal(["i", "t"]);
    });

    it("gives every table of an analysis back, with its types", async () => {
      for (const name of ["research-agents.json", "support-desk.csv"]) {
        const { tables } = concurrencySpikeAnalysis(await loadTrace(`data/${name}`));
        for (const [table, from] of Object.entries(tables)) {
          await toDuckDB(connection, `${name} ${table}`, from);
          const back = await query(`from "${name} ${table}"`);
          expect(columnsOf(back), table).to.deep.equal(columnsOf(from));
          const { columns } = tableSpecs[table as keyof typeof tables];
          expectShape(back.select(columns.map(({ name }) => name)), columns);
        }
      }
    });

    it("gives a hundred thousand calls back, and counts as DuckDB does", async () => {
      // the generator hands out table after table
      const [first, ...others] = generateTrace({ seed: 1, calls: 1e5, examples: 5000 });
      const calls = buildCallTreePerExample(first.concat(others));
      expect(calls.numRows()).to.equal(1e5);
      await toDuckDB(connection, "calls", calls);
      const back = await query("from calls");
      for (const [name, values] of Object.entries(columnsOf(calls))) {
        const again = Array.from(back.array(name) as Iterable<unknown>);
        expect(again.length, name).to.equal(values.length);
        expect(
          values.findIndex((value, i) => !Object.is(value, again[i])),
          name,
        ).to.equal(-1);
      }
      const sums = await query("select count(*) as calls, sum(total_tokens) as tokens from calls");
      const { tables } = concurrencySpikeAnalysis(calls);
      expect(sums.get("calls")).to.equal(tables.summary.get("calls"));
      expect(sums.get("tokens")).to.equal(tables.summary.get("total_tokens"));
    });
  });

  describe("fromDuckDB(reader)", () => {
    it("gives numbers where they are exact, else BigInts", async () => {
      const back = await query(`select * from (values
      (1::bigint, 1::hugeint, 9007199254740993::bigint, 1::utinyint, 1::integer, 1.25::decimal(9, 2), 0.5::float),
      (2::bigint, null, null, 2::utinyint, null, null, null)) as t (long, huge, exact, tiny, gaps, money, single)`);
      expect(columnsOf(back)).to.deep.equal({
        long: [1, 2],
        huge: [1, NaN],
        exact: [9007199254740993n, null],
        tiny: [1, 2],
        gaps: [1, NaN],
        money: [1.25, NaN],
        single: [0.5, NaN],
      });
      for (const name of ["long", "huge", "gaps", "money", "single"])
        expect(back.column(name), name).to.be.instanceOf(Float64Array);
      expect(back.column("tiny")).to.be.instanceOf(Int32Array);
    });

    it("gives Dates, texts, lists and objects", async () => {
      const back =
        await query(`select timestamp '2026-01-05 08:00:00.123456' as t, timestamptz '2026-01-05 08:00:00+00' as z,
      timestamp_ns '2026-01-05 08:00:00.123456789' as ns, date '2026-01-05' as d, epoch_ns(timestamp_ns '2026-01-05 08:00:00.123456789') as exact,
      'LLM'::enum('LLM', 'TOOL') as e, '00000000-0000-0000-0000-000000000001'::uuid as u, [1, 2] as l, {a: 1} as s`);
      expect(back.objects()).to.deep.equal([
        {
          t: new Date("2026-01-05T08:00:00.123Z"),
          z: new Date("2026-01-05T08:00:00Z"),
          ns: new Date("2026-01-05T08:00:00.123Z"),
          d: new Date("2026-01-05"),
          exact: 1767600000123456789n,
          e: "LLM",
          u: "00000000-0000-0000-0000-000000000001",
          l: [1, 2],
          s: { a: 1 },
        },
      ]);
    });

    it("goes by DuckDB's types where nothing is there", async () => {
      const nothing = `select null::integer as i, null::double as f, null::decimal(9, 2) as m, null::varchar as t, null::boolean as b,
      null::timestamp as d, null::integer[] as l, null::interval as v`;
      const missing = { i: NaN, f: NaN, m: NaN, t: null, b: null, d: null, l: null, v: null };
      expect((await query(nothing)).objects()).to.deep.equal([missing]);
      const empty = await query(`${nothing} limit 0`);
      expect(empty.columnNames()).to.deep.equal(Object.keys(missing));
      expect(empty.numRows()).to.equal(0);
      expect(empty.column("i")).to.be.instanceOf(Int32Array);
      expect(empty.column("f")).to.be.instanceOf(Float64Array);
    });

    it("counts on a name that comes twice", async () => {
      expect((await query("select 1 as x, 2 as x")).objects()).to.deep.equal([{ x: 1, "x:1": 2 }]);
    });
  });
});

async function failing(promise: Promise<unknown>, type: new (...args: never) => Error, message: string): Promise<void> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).to.be.instanceOf(type);
  expect((error as Error).message).to.include(message);
}
