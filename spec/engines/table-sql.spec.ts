import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { type ColumnTable, table } from "arquero";
import { expect } from "chai";
import fc from "fast-check";
import { analyzeOn } from "../../lib/engines/analyze-on.js";
import { groupKey, together } from "../../lib/engines/grouped.js";
import { memory } from "../../lib/engines/memory.js";
import type { Dialect } from "../../lib/engines/sql/dialect.js";
import { duckdbDialect } from "../../lib/engines/sql/duckdb-dialect.js";
import { laidOut } from "../../lib/engines/sql/layout.js";
import { type SqlTable, sqlTables, tableSqlIn, type TableSqlOptions } from "../../lib/engines/table-sql.js";
import { buildConcurrencySegments, clipSegments, fromDuckDB, tableSql, timeBins, toDuckDB } from "../../lib/index.js";
import { columnsOf } from "../support/columns-of.js";
import { temporaryFolder } from "../support/folder.js";
import { expectNear } from "../support/near-tables.js";
import type { OracleCall } from "../support/oracle.js";
import * as traces from "../support/traces.js";

type Options = Omit<TableSqlOptions, "dialect">;

/** Calls of random cases, each a group; the same in every run. */
const cases = fc
  .sample(traces.calls, { numRuns: 60, seed: 20261125 })
  .map((calls) => calls.filter(({ start, end }) => start <= end))
  .filter((calls) => calls.length > 0);
/** Those of one long case, at times of their own, with more ends than there are buckets. */
const many: OracleCall[] = Array.from({ length: 2000 }, (_, i) => ({
  start: i * 0.37,
  end: i * 0.37 + ((i * 7919) % 500) / 10 + 0.05,
  prompt: i % 9,
  total: i % 5 === 0 ? NaN : i % 11,
  uuid: null,
}));

const teamOf = (k: number) => (k === 0 ? null : `team '${k}'`);

function callsOf(lists: readonly (readonly OracleCall[])[]): ColumnTable {
  const calls = lists.flatMap((list, k) => list.map((call) => ({ ...call, team: teamOf(k) })));
  return table({
    team: calls.map(({ team }) => team),
    operation_type: calls.map((_, i) => ["LLM", "tool", null][i % 3]),
    start_time: Float64Array.from(calls, ({ start }) => start),
    end_time: Float64Array.from(calls, ({ end }) => end),
    prompt_tokens: Float64Array.from(calls, ({ prompt }) => prompt),
    completion_tokens: Float64Array.from(calls, () => NaN),
    total_tokens: Float64Array.from(calls, ({ total }) => total),
    status: calls.map(() => "ok"),
  });
}

/** The segments of each list, a team each where they are grouped. */
function segmentsOf(lists: readonly (readonly OracleCall[])[], groupBy?: string): ColumnTable {
  if (groupBy === undefined) return buildConcurrencySegments(callsOf(lists));
  const parts = lists.map((list, k) => [groupKey(teamOf(k)), buildConcurrencySegments(callsOf([list]))] as const);
  return together(new Map([...parts].sort(([a], [b]) => (a < b ? -1 : 1))), groupBy);
}

const dialects: Readonly<Record<string, Dialect>> = {
  duckdb: duckdbDialect,
  "duckdb in buckets": { ...duckdbDialect, spreads: true },
};

describe("tableSql(name, options)", () => {
  const folder = temporaryFolder();
  let connection: DuckDBConnection;
  before(async () => {
    connection = await (await DuckDBInstance.create()).connect();
  });
  after(() => {
    connection.closeSync();
  });
  const run = async (sql: string): Promise<ColumnTable> => fromDuckDB(await connection.runAndReadAll(sql));
  /** a Parquet file of what a query gives */
  const parquet = async (name: string, select: string): Promise<string> => {
    const path = join(folder.path, name);
    await connection.run(`COPY (${select}) TO '${path}' (FORMAT parquet)`);
    return path;
  };
  const parquetOf = async (calls: ColumnTable): Promise<string> => {
    await toDuckDB(connection, "written", calls);
    const path = await parquet("calls.parquet", "SELECT * FROM written");
    await connection.run("DROP TABLE written");
    return path;
  };

  for (const [name, dialect] of Object.entries(dialects)) {
    const compare = async (lists: readonly (readonly OracleCall[])[], options: Options) => {
      const calls = callsOf(lists);
      const from = await parquetOf(calls);
      const { threshold = 2, ...others } = options;
      const { groupBy } = others;
      const given = { threshold, ...(groupBy !== undefined && { groupBy }) };
      const expected = await analyzeOn(memory(), calls, given);
      const onDemand = await analyzeOn(memory(), calls, { ...given, tables: ["tokens_in_flight"] });
      for (const table of sqlTables) {
        if (table === "bins" || table === "diagnostics") continue; // below
        const isSpiky = table === "spikes" || table === "spike_tokens";
        const sql = tableSqlIn(dialect, table, { ...others, from, ...(isSpiky && { threshold }) });
        const wanted =
          table === "segments"
            ? segmentsOf(lists, groupBy)
            : table === "tokens_in_flight"
              ? onDemand.tables.tokens_in_flight
              : expected.tables[table];
        expectNear(await run(sql), wanted, table);
      }
    };

    it(`${name}: what is printed gives the tables of the kernels, of random calls in groups`, async () => {
      expect(cases.length).to.be.greaterThan(40);
      await compare(cases, { groupBy: "team" });
      await compare(cases, { groupBy: "team", threshold: 1 });
    });

    it(`${name}: … of random calls together, and of many`, async () => {
      await compare([cases.flat()], {});
      await compare([many], { threshold: 60 });
    });

    it(`${name}: … and the bins of a window`, async () => {
      const calls = callsOf([many.slice(0, 300)]);
      const from = await parquetOf(calls);
      const segments = buildConcurrencySegments(calls);
      for (const [window, bins] of [
        [[10, 90.5], 7],
        [[0, 0.37], 1],
        [[3.7, 37], 100],
      ] as const) {
        const found = await run(tableSqlIn(dialect, "bins", { from, window, bins }));
        expectNear(found, timeBins(clipSegments(segments, window[0], window[1]), bins), "bins");
      }
    });

    it(`${name}: bins beyond the calls are idle, of each group that has calls`, async () => {
      const from = await parquet(
        "idle.parquet",
        "SELECT * FROM (VALUES ('a', 1e0, 3e0, 'LLM'), ('a', 1e0, 1e0, 'LLM'), (NULL, 4e0, 4e0, 'LLM'), ('b', 9e0, 8e0, 'LLM')) AS t (team, start_time, end_time, operation_type)",
      );
      const found = await run(tableSqlIn(dialect, "bins", { from, window: [-2, 6], bins: 2, groupBy: "team" }));
      expect(columnsOf(found)).to.deep.equal({
        team: [null, null, "a", "a"],
        start_time: [-2, 2, -2, 2],
        end_time: [2, 6, 2, 6],
        mean_concurrency: [0, 0, 0.25, 0.25],
        peak_concurrency: [0, 0, 1, 1],
      });
    });

    it(`${name}: no calls are no rows, but for bins, which are idle`, async () => {
      const from = await parquet(
        "none.parquet",
        "SELECT 1e0 AS start_time, 2e0 AS end_time, 'AGENT' AS operation_type, 1e0 AS prompt_tokens, 1e0 AS completion_tokens, 1e0 AS total_tokens",
      );
      for (const table of ["distribution", "tokens_in_flight", "latency_by_concurrency", "segments"] as const)
        expect((await run(tableSqlIn(dialect, table, { from }))).numRows(), table).to.equal(0);
      expect((await run(tableSqlIn(dialect, "spikes", { from, threshold: 1 }))).numRows()).to.equal(0);
      const bins = await run(tableSqlIn(dialect, "bins", { from, window: [0, 2], bins: 2 }));
      expect(columnsOf(bins)).to.deep.include({
        start_time: [0, 1],
        mean_concurrency: [0, 0],
        peak_concurrency: [0, 0],
      });
    });

    it(`${name}: whole numbers and dates are seconds since 1970`, async () => {
      const since = "1760000000123456::BIGINT";
      const times = `SELECT ${since} + i * 1001 AS ts, ${since} + i * 1001 + 1500 * (i % 4) AS te, i % 5 AS n FROM range(40) AS t (i)`;
      /** the same from floats of seconds since 1970, of as many ticks a second */
      const wantedOf = async (ticks: string) => {
        const read = await run(
          `SELECT (ts * (${ticks}::BIGINT // 1000000))::DOUBLE / ${ticks} AS start_time, (te * (${ticks}::BIGINT // 1000000))::DOUBLE / ${ticks} AS end_time, n::DOUBLE AS total_tokens FROM (${times})`,
        );
        return (await analyzeOn(memory(), read, { tables: ["distribution", "tokens_in_flight"] })).tables;
      };
      const files: readonly (readonly [select: string, columns: string])[] = [
        [times, "start=ts:us,end=te:us,total_tokens=n"],
        [`SELECT ts * 1000 AS ts, te * 1000 AS te, n FROM (${times})`, "start=ts:ns,end=te:ns,total_tokens=n"],
        [
          `SELECT make_timestamp(ts) AS ts, make_timestamp(te) AS te, n FROM (${times})`,
          "start=ts:iso,end=te:iso,total_tokens=n",
        ],
        [
          `SELECT make_timestamp(ts) AT TIME ZONE 'UTC' AS ts, make_timestamp(te) AT TIME ZONE 'UTC' AS te, n FROM (${times})`,
          "start=ts:iso,end=te:iso,total_tokens=n",
        ],
      ];
      for (const [select, columns] of files) {
        const from = await parquet("ticks.parquet", select);
        const options = { from, columns };
        const wanted = await wantedOf(columns.includes(":ns") ? "1e9" : "1e6");
        expect(tableSqlIn(dialect, "distribution", options)).to.include("-- Times are seconds since 1970.\n");
        expectNear(await run(tableSqlIn(dialect, "distribution", options)), wanted.distribution, columns);
        expectNear(await run(tableSqlIn(dialect, "tokens_in_flight", options)), wanted.tokens_in_flight, columns);
      }
    });
  }

  it("tells what became of the rows, as files that are read in memory tell it", async () => {
    const from = await parquet(
      "bad.parquet",
      `SELECT * FROM (VALUES (0e0, 2e0, 'LLM', 'ok'), (1, 4, 'tool', 'ok'), (3, 2, 'LLM', 'ok'), (NULL, 2, 'LLM', 'ok'), (3, NULL, 'LLM', 'ok'),
        (0, 9, 'AGENT', 'ok'), (0, 9, 'no such', 'ok'), (0, 9, 'AI.GENERATETEXT', 'ok'), (2, 5, NULL, 'ok'), (3, 6, 'LLM', 'unfinished'))
        AS t (start_time, end_time, operation_type, status)`,
    );
    const found = await run(tableSql("diagnostics", { dialect: "duckdb", from }));
    const { tables } = await analyzeOn(memory(), from, { tables: ["diagnostics"] });
    expectNear(
      found.select("code", "events"),
      tables.diagnostics.orderby("code").select("code", "events").reify(),
      "diagnostics",
    );
    expect(
      Object.fromEntries(
        (found.objects() as { code: string; example: string }[]).map(({ code, example }) => [code, example]),
      ),
    ).to.include({
      unknown_kind: "NO SUCH",
      counted: null,
    });
  });

  it("counts kinds and rows that are asked for, and takes a length of time for the end", async () => {
    const from = await parquet(
      "few.parquet",
      `SELECT * FROM (VALUES (0, 2000, 'chat', 'it''s'), (1, 1000, 'chat', 'it''s'), (0, 5000, 'tool', 'it''s'), (0, 9000, 'chat', 'b')) AS t (began, took, kind, "the ""model""")`,
    );
    const sql = tableSql("distribution", {
      dialect: "duckdb",
      from,
      columns: "start=began,duration=took:ms,kind=kind",
      kinds: ["chat"],
      where: { 'the "model"': "it's" },
    });
    expect(columnsOf(await run(sql))).to.deep.equal({
      concurrency: [1, 2],
      total_time: [1, 1],
      share: [0.5, 0.5],
      cumulative_share: [0.5, 1],
      first_time: [0, 1],
    });
  });

  it("asks only for the columns that it uses", async () => {
    const from = await parquet("few.parquet", "SELECT 0e0 AS start_time, 1e0 AS end_time, 'LLM' AS operation_type");
    for (const table of ["distribution", "segments", "latency_by_concurrency"] as const)
      expect((await run(tableSql(table, { dialect: "duckdb", from }))).numRows(), table).to.equal(1);
  });

  it("names tables, whatever they are called, and files where DuckDB reads them", () => {
    const fromOf = (from: string, dialect: "duckdb" | "trino") =>
      /^ {4}FROM (.*)$/m.exec(tableSql("distribution", { dialect, from }))?.[1];
    expect(fromOf('hive.my traces.ca"lls', "trino")).to.equal('"hive"."my traces"."ca""lls"');
    expect(fromOf("calls/it's*.parquet", "duckdb")).to.equal(
      "read_parquet('calls/it''s*.parquet', union_by_name = true)",
    );
    expect(fromOf("a.csv.gz", "duckdb")).to.equal("read_csv('a.csv.gz', union_by_name = true)");
    expect(fromOf("s3://b/a.ndjson", "duckdb")).to.equal("read_json('s3://b/a.ndjson', union_by_name = true)");
  });

  it("begins with a comment that nothing can break out of, and ends with a semicolon", () => {
    const sql = tableSql("distribution", { dialect: "trino", from: "a\nDROP TABLE b", groupBy: "c\r\nd" });
    const [first, ...others] = sql.split("\n");
    expect(first).to.equal("-- distribution: a row is a level of concurrency, ascending, of each c d.");
    expect(others[0]).to.equal("-- Of a DROP TABLE b, for Trino; written by spikeline. Counted are LLM, TOOL.");
    expect(sql).to.match(/[^;\s];\n$/);
  });

  it("says what is wrong, and the way out", () => {
    const told = (table: string, options: Partial<TableSqlOptions> & Record<string, unknown> = {}) => {
      try {
        return tableSql(table as SqlTable, { dialect: "trino", ...options });
      } catch (error) {
        return String(error);
      }
    };
    expect(told("spikes")).to.include("OptionError: `threshold` is missing").and.to.include("p90 of busy time");
    expect(told("spike_tokens")).to.include("OptionError: `threshold` is missing");
    expect(told("bins")).to.include("OptionError: `window` is missing");
    expect(told("bins", { window: [5, 5] })).to.include("must be like 0..3600 in seconds, not 5..5");
    expect(told("bins", { window: [1e9, 1e9 + 1e-6], bins: 100 })).to.include("`bins` are too many");
    expect(told("summary")).to.include("`summary` is made of distribution");
    expect(told("percentiles")).to.include("`percentiles` are made of distribution");
    expect(told("calls")).to.include("there are distribution, tokens_in_flight");
    expect(told("distribution", { threshold: 3 })).to.include("is for spikes and spike_tokens");
    expect(told("distribution", { window: [0, 1] })).to.include("`window` is for the table bins");
    expect(told("spikes", { threshold: 2, bins: 3 })).to.include("`bins` is for the table bins");
    expect(told("diagnostics", { groupBy: "team" })).to.include("`groupBy` does not go with diagnostics");
    expect(told("distribution", { dialect: "mysql" as never })).to.include("must be trino or duckdb");
    expect(told("distribution", { from: "a..b" })).to.include("must be a table like calls");
    expect(told("distribution", { from: "a.parquet" })).to.include("must be a table of trino");
    expect(told("distribution", { from: "calls/", dialect: "duckdb" })).to.include("must name files by their ending");
    expect(told("distribution", { columns: "start=ts:ms" })).to.include("has no column end_time");
    expect(told("distribution", { columns: "start=ts:ms,end=te:us" })).to.include("must be in one unit");
    expect(told("tokens_in_flight", { columns: "start=a,end=b" })).to.include("Name it: columns total_tokens=NAME");
    expect(told("spike_tokens", { columns: "start=a,end=b", threshold: 2 })).to.include("columns prompt_tokens=NAME");
    expect(told("distribution", { mode: "nat" })).to.include("`mode` needs all calls in memory");
  });
});

describe("laidOut(sql)", () => {
  it("changes nothing but blanks, in quotes not even these", () => {
    const sql = `WITH\n  a AS (SELECT 'FROM  (' AS "x  )", 1 FROM b),\n  c AS (SELECT * FROM a)\nSELECT * FROM c`;
    expect(laidOut(sql)).to.equal(
      [
        "WITH",
        "  a AS (",
        `    SELECT 'FROM  (' AS "x  )", 1`,
        "    FROM b",
        "  ),",
        "  c AS (",
        "    SELECT *",
        "    FROM a",
        "  )",
        "SELECT *",
        "FROM c",
      ].join("\n"),
    );
  });

  it("puts each column of a long SELECT on a line, and breaks what is longer between words", () => {
    const long = Array.from({ length: 30 }, (_, i) => `f(a, ${i})`).join(" + ");
    const lines = laidOut(`SELECT a, ${long} AS b FROM c`).split("\n");
    expect(lines.slice(0, 2)).to.deep.equal(["SELECT", "  a,"]);
    expect(lines.at(-1)).to.equal("FROM c");
    expect(Math.max(...lines.map((line) => line.length))).to.be.at.most(100);
  });
});
