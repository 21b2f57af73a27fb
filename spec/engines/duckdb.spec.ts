import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { table } from "arquero";
import { expect } from "chai";
import { analyzeOn } from "../../lib/engines/analyze-on.js";
import { duckdb } from "../../lib/engines/duckdb.js";
import { type Engine, usualTables } from "../../lib/engines/engine.js";
import { memory } from "../../lib/engines/memory.js";
import { buildConcurrencySegments, fromDuckDB, loadTrace } from "../../lib/index.js";
import { columnsOf } from "../support/columns-of.js";
import { temporaryFolder } from "../support/folder.js";
import { expectNear } from "../support/near-tables.js";

const messageOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => "no error",
    (error: unknown) => String(error),
  );
const spilled = () => readdirSync(tmpdir()).filter((name) => name.startsWith("spikeline-duckdb-"));
const shared = process.env.TMPDIR;
const putBack = () => {
  if (shared === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = shared;
};

/** A connection that runs statements otherwise than it is told. */
const rewriting = (connection: DuckDBConnection, change: (sql: string) => string): DuckDBConnection =>
  Object.assign(Object.create(connection) as DuckDBConnection, {
    runAndReadAll: (sql: string) => connection.runAndReadAll(change(sql)),
  });

describe("duckdb()", () => {
  const folder = temporaryFolder();
  // what others spill at the same time is none of what is looked at here
  beforeEach(() => {
    process.env.TMPDIR = folder.path;
  });
  afterEach(putBack);
  const parquet = async (name: string, select: string): Promise<string> => {
    const path = join(folder.path, name);
    const connection = await (await DuckDBInstance.create()).connect();
    await connection.run(`COPY (${select}) TO '${path}' (FORMAT parquet)`);
    connection.closeSync();
    return path;
  };
  /** compares all tables of files with those that are made in memory of the same files */
  const compare = async (files: string | readonly string[], options = {}) => {
    const [actual, expected] = await Promise.all([
      analyzeOn(duckdb(), files, options),
      analyzeOn(memory(), files, options),
    ]);
    for (const name of usualTables)
      expectNear(actual.tables[name], expected.tables[name], name, [
        "source",
        "format",
        "first_source",
        "first_row",
        "example",
      ]);
    return actual;
  };

  it("reads CSV, NDJSON and Parquet, several files as one, as they are read in memory", async () => {
    const rows = "start_time,end_time,prompt_tokens,total_tokens,example\n0,2,10,15,a\n1,3,20,30,b\n";
    const first = folder.put("a.csv", rows);
    const second = folder.put("b.csv", "start_time,end_time,prompt_tokens,total_tokens,example\n2.5,4,1,2,a\n");
    await compare([first, second]);
    await compare(join(folder.path, "*.csv"));
    await compare(
      folder.put(
        "a.ndjson",
        '{"start_time":0,"end_time":2,"total_tokens":5}\n{"start_time":1,"end_time":3,"total_tokens":6}\n',
      ),
    );
    await compare(
      await parquet("a.parquet", "SELECT 0.0::DOUBLE AS start_time, 2.0::DOUBLE AS end_time, 5 AS total_tokens"),
    );
  });

  it("reads the file that is named, though its name is a pattern for another", async () => {
    folder.put("a1.csv", "start_time,end_time,total_tokens\n0,7,1\n");
    const { tables } = await compare(folder.put("a[1].csv", "start_time,end_time,total_tokens\n0,2,1\n"));
    expect(tables.summary.get("makespan")).to.equal(2);
    await compare(folder.put("what? [*].csv", "start_time,end_time,total_tokens\n0,3,1\n"));
  });

  it("reads times in any unit, and dates, as they are read in memory", async () => {
    const since = "1760000000123456::BIGINT";
    const times = `SELECT ${since} + i * 1001 AS ts, ${since} + i * 1001 + 1500 * (i % 4) AS te, 1 AS total_tokens FROM range(40) AS t (i)`;
    const us = await parquet("us.parquet", times);
    const { tables } = await compare(us, { columns: "start=ts:us,end=te:us" });
    expect(tables.summary.get("origin")).to.equal("2025-10-09T08:53:20.123456Z");
    expect(tables.summary.get("end_time")).to.equal(0.043539);
    await compare(
      await parquet("ns.parquet", `SELECT ts * 1000 AS ts, te * 1000 + 7 AS te, total_tokens FROM (${times})`),
      {
        columns: "start=ts:ns,end=te:ns",
      },
    );
    await compare(
      await parquet("ms.parquet", `SELECT ts // 1000 AS ts, te // 1000 AS te, total_tokens FROM (${times})`),
      {
        columns: "start=ts:ms,end=te:ms",
      },
    );
    await compare(
      await parquet(
        "date.parquet",
        `SELECT make_timestamp(ts) AS start_time, make_timestamp(te) AS end_time, total_tokens FROM (${times})`,
      ),
    );
    await compare(
      await parquet(
        "zone.parquet",
        `SELECT make_timestamp(ts) AT TIME ZONE 'UTC' AS start_time, make_timestamp(te) AT TIME ZONE 'UTC' AS end_time, total_tokens FROM (${times})`,
      ),
    );
    const length = "SELECT i / 8 AS start_time, (i % 5) * 100 AS took, 1 AS total_tokens FROM range(40) AS t (i)";
    await compare(await parquet("took.parquet", length), { columns: "duration=took:ms" });
    const iso = folder.put(
      "iso.csv",
      "start_time,end_time,total_tokens\n2026-01-01T00:00:00.5Z,2026-01-01T00:00:02Z,3\n2026-01-01T00:00:01Z,2026-01-01T00:00:03.25Z,4\n",
    );
    await compare(iso);
  });

  it("shows and finds whole floats without a point, as memory does", async () => {
    const path = await parquet(
      "floats.parquet",
      "SELECT i::DOUBLE AS start_time, i + 1.5 AS end_time, 1 AS total_tokens, CASE WHEN i = 3 THEN NULL ELSE i / 2.0::DOUBLE END AS attempt FROM range(4) AS t (i)",
    );
    const { tables } = await compare(path, { groupBy: "attempt" });
    expect(tables.summary.array("attempt")).to.deep.equal([null, "0", "0.5", "1"]);
    const found = await analyzeOn(duckdb(), path, { where: { attempt: "1" }, tables: ["summary"] });
    expect(found.tables.summary.get("calls")).to.equal(1);
  });

  it("finds a column to group by under its short name, and no groups where there are no calls, as memory does", async () => {
    const path = folder.put(
      "names.csv",
      "start_time,end_time,operation_name,total_tokens,example\n0,2,a,1,x\n1,3,b,1,x\n",
    );
    const { tables } = await compare(path, { groupBy: "model" });
    expect(tables.summary.array("model")).to.deep.equal(["a", "b"]);
    for (const engine of [duckdb(), memory()]) {
      const options = { groupBy: "operation_name", where: { operation_name: "c" }, tables: ["summary"] } as const;
      const none = (await analyzeOn(engine, path, options)).tables.summary;
      expect(columnsOf(none), engine.name).to.deep.include({ operation_name: [null], calls: [0] });
    }
  });

  it("takes an empty text for none, as memory does where it reads files", async () => {
    const rows = "(0.0::DOUBLE, 2.0::DOUBLE, '', ''), (1, 3, NULL, NULL), (2, 5, 'a', 'x')";
    const select = `SELECT *, 1 AS total_tokens FROM (VALUES ${rows}) AS t (start_time, end_time, team, example)`;
    const path = await parquet("empty.parquet", select);
    const { tables } = await compare(path, { groupBy: "team" });
    expect(columnsOf(tables.summary)).to.deep.include({ team: [null, "a"], calls: [2, 1] });
    await compare(path);
    const none = await analyzeOn(duckdb(), path, { where: { team: "" }, tables: ["summary"] });
    expect(none.tables.summary.get("calls")).to.equal(0);
    const calls = table({ start_time: [0, 1, 2], end_time: [2, 3, 5], team: ["", null, "a"] });
    for (const engine of [duckdb(), memory()]) {
      const { tables } = await analyzeOn(engine, calls, { groupBy: "team", tables: ["summary"] });
      expect(tables.summary.array("team"), engine.name).to.deep.equal([null, "", "a"]);
    }
  });

  it("counts what cannot be used, and keeps it out", async () => {
    const path = await parquet(
      "bad.parquet",
      `SELECT * FROM (VALUES (0.0::DOUBLE, 2.0::DOUBLE, 'LLM', 'ok', 1.0::DOUBLE), (1, 4, 'tool', 'ok', 2), (3, 2, 'LLM', 'ok', 3),
        (NULL, 2, 'LLM', 'ok', 4), (3, NULL, 'LLM', 'ok', 5), (0, 9, 'AGENT', 'ok', 6), (0, 9, 'no such', 'ok', 7), (2, 5, NULL, 'ok', 8),
        (3, 6, 'LLM', 'unfinished', NULL)) AS t (start_time, end_time, operation_type, status, total_tokens)`,
    );
    const { tables } = await compare(path);
    expect(columnsOf(tables.diagnostics)).to.deep.include({
      code: ["counted", "ignored", "unknown_kind", "unfinished", "negative_duration", "missing_time"],
      events: [3, 1, 1, 1, 1, 2],
    });
    const nan = await parquet(
      "nan.parquet",
      "SELECT * FROM (VALUES (0.0::DOUBLE, 2.0::DOUBLE), ('nan', 3), (1, 'inf')) AS t (start_time, end_time)",
    );
    const found = await analyzeOn(duckdb(), nan, { tables: ["diagnostics"] });
    expect(columnsOf(found.tables.diagnostics)).to.deep.include({ code: ["counted", "nan_time"], events: [1, 2] });
  });

  it("tells of cells of CSV that are no times, wherever they stand, as memory does", async () => {
    const header = "start_time,end_time,team,total_tokens\n";
    const bad = "0,n/a,x,3\nabc,1,x,3\nnan,1,x,3\n1,-inf,x,3\n,1,x,5\n0,1,1.0,y\n";
    const { tables } = await compare(folder.put("late.csv", `${header}${"0,1,1,3\n".repeat(30_000)}${bad}`));
    expect(columnsOf(tables.diagnostics)).to.deep.include({
      code: ["counted", "nan_time", "unreadable_time", "missing_time"],
      events: [30_001, 2, 1, 2],
    });
    await compare(folder.put("early.csv", `${header}${bad}0,1,1,3\n`), { groupBy: "team" });
    const dates = "x,2026-01-01,a,1\n2026-01-01T10:00:00+02:00,2026-01-01 08:00:00.000000005,b,2\n,2026-01-01,a,3\n";
    await compare(folder.put("dates.csv", header + dates));
    const ticks = "ts,te,total_tokens\n1760000000000000,1760000000000500,3\nbad,4000,4\n1760000000000100,nan,5\n";
    for (const unit of ["ms", "us", "ns"])
      await compare(folder.put("ticks.csv", ticks), { columns: `start=ts:${unit},end=te:${unit}` });
  });

  it("finds no call in a header alone, and says that a file is empty, as memory does", async () => {
    const { tables } = await compare(folder.put("header.csv", "start_time,end_time,total_tokens\n"));
    expect(columnsOf(tables.diagnostics)).to.deep.include({ code: ["empty"], events: [0] });
    for (const name of ["empty.csv", "empty.ndjson"]) {
      const path = folder.put(name, "");
      for (const engine of [duckdb(), memory()])
        expect(await messageOf(analyzeOn(engine, path)), engine.name).to.equal(
          `InputError: ${path}: the file is empty. Give a file that holds a trace.`,
        );
    }
  });

  it("tells of the rows that were chosen, where memory has read them all", async () => {
    const rows = ["y,00:00,00:09", "x,00:10,00:12", "x,00:14,00:13", "z,00:16,00:15"];
    const path = folder.put(
      "where.csv",
      `team,start_time,end_time\n${rows.join("\n").replaceAll(/\d\d:\d\d/g, "2026-01-01T00:$&Z")}\n`,
    );
    const told = async (engine: Engine) => {
      const { tables } = await analyzeOn(engine, path, { where: { team: "x" }, tables: ["diagnostics", "summary"] });
      const { code, events } = columnsOf(tables.diagnostics) as Record<string, unknown>;
      const [start, origin] = ["start_time", "origin"].map((name): unknown => tables.summary.get(name));
      return { code, events, start, origin };
    };
    const code = ["counted", "negative_duration"];
    expect(await told(duckdb())).to.deep.equal({ code, events: [1, 1], start: 0, origin: "2026-01-01T00:00:10.000Z" });
    expect(await told(memory())).to.deep.equal({ code, events: [2, 2], start: 10, origin: "2026-01-01T00:00:00.000Z" });
  });

  it("writes segments to a Parquet file, whole or not at all", async () => {
    const calls = table({ start_time: [0, 1, 1, 6], end_time: [2, 3, 1, 7] });
    const path = join(folder.path, "segments.parquet");
    expect((await analyzeOn(duckdb(), calls, { tables: [], segments: path })).segments).to.equal(5);
    const written = await (await DuckDBInstance.create()).connect();
    const rows = fromDuckDB(await written.runAndReadAll(`SELECT * FROM '${path}' ORDER BY start_time`));
    expectNear(rows, buildConcurrencySegments(calls), "segments");
    const others = table({ start_time: [0], end_time: [2] });
    const deep = join(folder.path, "not/yet/there.parquet");
    expect((await analyzeOn(duckdb(), others, { tables: [], segments: deep })).segments).to.equal(1);
    expect((await analyzeOn(duckdb(), others, { tables: [], segments: path })).segments).to.equal(1);
    expect(readdirSync(join(folder.path, "not/yet"))).to.deep.equal(["there.parquet"]);
    expect(readdirSync(folder.path)).to.deep.equal(["not", "segments.parquet"]);
  });

  it("looks first whether segments can be written, and leaves nothing where they cannot", async () => {
    const file = folder.put("a file", "");
    mkdirSync(join(folder.path, "folder.parquet"));
    const cases: [into: string, message: RegExp][] = [
      [join(file, "x.parquet"), /^InputError: .*\/a file\/x\.parquet: a file stands where a folder is needed\.$/],
      [join(folder.path, "folder.parquet"), /^InputError: .*\/folder\.parquet: a folder has this name\. Move it/],
      [join(folder.path, "new/segments"), /^OptionError: `segments` must be a file like segments\.parquet/],
      ["https://a.b/segments.parquet", /^OptionError: `segments` must be a Parquet file, or an address .* not https:/],
      ["file:///tmp/segments.parquet", /^OptionError: `segments` must be a Parquet file, or an address .* not file:/],
      ["s3://bucket/segments.csv", /^OptionError: `segments` must be a Parquet file, or an address .* not s3:/],
    ];
    for (const [segments, message] of cases)
      // the calls are not even looked for
      expect(await messageOf(analyzeOn(duckdb(), "none.csv", { segments })), segments).to.match(message);
    expect(readdirSync(folder.path).sort()).to.deep.equal(["a file", "folder.parquet"]);
  });

  it("hands an address of a store of objects to DuckDB as it is", async () => {
    const statements: string[] = [];
    const connection = await (await DuckDBInstance.create()).connect();
    const watched = rewriting(connection, (sql) => {
      statements.push(sql);
      return sql.replace("s3://bucket/a.parquet", join(folder.path, "a.parquet"));
    });
    const calls = table({ start_time: [0], end_time: [2] });
    const options = { tables: [], segments: "s3://bucket/a.parquet" } as const;
    expect((await analyzeOn(duckdb({ connection: watched }), calls, options)).segments).to.equal(1);
    expect(statements.at(-1)).to.match(/ TO 's3:\/\/bucket\/a\.parquet' \(FORMAT parquet\)$/);
  });

  it("names the target where DuckDB cannot write it", async () => {
    const path = join(folder.path, "a.parquet");
    const connection = await (await DuckDBInstance.create()).connect();
    const failing = rewriting(connection, (sql) => sql.replace(".part' (FORMAT", ".part/' (FORMAT"));
    const calls = table({ start_time: [0], end_time: [2] });
    const message = await messageOf(analyzeOn(duckdb({ connection: failing }), calls, { tables: [], segments: path }));
    expect(message)
      .to.match(/^EngineError: duckdb: IO Error: /)
      .and.to.include(path)
      .and.not.to.include(".part");
    expect(readdirSync(folder.path)).to.deep.equal([]);
  });

  it("writes no table that would be gone in the end, and none over another", async () => {
    const calls = table({ start_time: [0], end_time: [2] });
    expect(await messageOf(analyzeOn(duckdb(), calls, { tables: [], segments: "seg" }))).to.equal(
      "OptionError: `segments` must be a file like segments.parquet, not seg: a new table is for a connection of yours.",
    );
    const connection = await (await DuckDBInstance.create()).connect();
    await connection.run("CREATE TABLE seg (x INTEGER)");
    expect(await messageOf(analyzeOn(duckdb({ connection }), calls, { tables: [], segments: "seg" }))).to.match(
      /^EngineError: duckdb: seg is there already\. Choose another name, or drop it\.$/,
    );
    expect(await messageOf(analyzeOn(duckdb({ connection }), "none.csv", { segments: "nope.seg" }))).to.match(
      /^EngineError: duckdb: Catalog Error: Schema with name nope does not exist/,
    );
  });

  it("reads and writes tables of a connection at hand, and leaves it open and clean", async () => {
    const connection = await (await DuckDBInstance.create()).connect();
    await connection.run(
      `CREATE SCHEMA "my traces"; CREATE TABLE "my traces".calls AS SELECT i AS start_time, i + 2.5 AS end_time, i % 2 AS "a ""team" FROM range(9) AS t (i)`,
    );
    const options = { tables: ["distribution"], groupBy: 'a "team', segments: "seg" } as const;
    const { tables, segments } = await analyzeOn(duckdb({ connection }), "my traces.calls", options);
    expect(columnsOf(tables.distribution)).to.deep.include({
      'a "team': ["0", "0", "1", "1"],
      concurrency: [1, 2, 1, 2],
    });
    const found = fromDuckDB(await connection.runAndReadAll('SELECT count(*) AS n, min("a ""team") AS team FROM seg'));
    expect(found.objects()).to.deep.equal([{ n: segments, team: "0" }]);
    await analyzeOn(duckdb({ connection }), table({ start_time: [0], end_time: [1] }), { tables: ["bins"] });
    const left = fromDuckDB(
      await connection.runAndReadAll("SELECT table_name FROM information_schema.tables ORDER BY 1"),
    );
    expect(left.array("table_name")).to.deep.equal(["calls", "seg"]);
  });

  it("takes dates without a zone for UTC, whatever the zone of a connection at hand", async () => {
    const connection = await (await DuckDBInstance.create()).connect();
    await connection.run("SET TimeZone = 'America/New_York'");
    await connection.run(
      `CREATE TABLE calls AS SELECT * FROM (VALUES ('2026-01-01 10:00:00', '2026-01-01T10:00:09Z'), ('2026-01-01T12:00:01.5+02:00', '2026-01-01T05:00:04-0500'),
        ('2026-01-01', '2026-01-01T00:00:02'), ('2026-01-01 10:00:00 America/New_York', '2026-01-02')) AS t (began, ended)`,
    );
    const columns = "start=began:iso,end=ended:iso";
    const { tables } = await analyzeOn(duckdb({ connection }), "calls", {
      columns,
      tables: ["summary", "spikes"],
      threshold: 2,
    });
    expect(columnsOf(tables.summary)).to.deep.include({
      calls: [3],
      origin: ["2026-01-01T00:00:00.000Z"],
      end_time: [36009],
    });
    expect(columnsOf(tables.spikes)).to.deep.include({ start_time: [36001.5], end_time: [36004] });
  });

  it("reads a database of a file, and does not make one", async () => {
    const path = join(folder.path, "traces.duckdb");
    const instance = await DuckDBInstance.create(path);
    const connection = await instance.connect();
    await connection.run("CREATE TABLE calls AS SELECT 0.0 AS start_time, 1.5 AS end_time");
    connection.closeSync();
    instance.closeSync();
    const { tables } = await analyzeOn(duckdb({ database: path }), "calls", { tables: ["summary"] });
    expect(tables.summary.get("makespan")).to.equal(1.5);
    const missing = join(folder.path, "none.duckdb");
    expect(await messageOf(analyzeOn(duckdb({ database: missing }), "calls", {}))).to.include(
      "none.duckdb cannot be opened",
    );
    expect(existsSync(missing)).to.equal(false);
  });

  it("stays within its memory by putting the rest into a folder, which is gone in the end", async () => {
    const path = await parquet(
      "many.parquet",
      "SELECT random() * 1000 AS start_time, 1000 + random() AS end_time FROM range(400000)",
    );
    expect(spilled()).to.deep.equal([]);
    const { tables } = await analyzeOn(duckdb({ memoryLimit: "60MB", threads: 1 }), path, { tables: ["distribution"] });
    expect(tables.distribution.numRows()).to.be.greaterThan(100_000);
    expect(spilled()).to.deep.equal([]);
  });

  it("says what does not fit, and what to do", async () => {
    const path = await parquet(
      "many.parquet",
      "SELECT random() * 1000 AS start_time, 1000 + random() AS end_time FROM range(200000)",
    );
    expect(await messageOf(analyzeOn(duckdb({ memoryLimit: "4MB" }), path, { tables: ["distribution"] }))).to.match(
      /^EngineError: duckdb: Out of Memory Error.*Give it more/,
    );
  });

  it("has no tokens in flight where calls have no tokens, as memory has none", async () => {
    const path = folder.put("a.csv", "start_time,end_time,team\n0,2,a\n1,3,b\n");
    for (const options of [{}, { groupBy: "team" }]) {
      const [actual, expected] = await Promise.all(
        [duckdb(), memory()].map((engine) => analyzeOn(engine, path, { ...options, tables: ["tokens_in_flight"] })),
      );
      expectNear(actual.tables.tokens_in_flight, expected.tables.tokens_in_flight, "tokens_in_flight");
      expect([...actual.tables.tokens_in_flight.array("peak_tokens")]).to.deep.equal([0, 0]);
    }
  });

  it("has tables for a thousand groups, as memory has", async () => {
    const grouped = (groups: number) => {
      const i = Array.from({ length: groups + 7 }, (_, k) => k);
      return table({ start_time: i, end_time: i.map((k) => k + 1.5), team: i.map((k) => `team ${k % groups}`) });
    };
    for (const engine of [duckdb(), memory()]) {
      const { tables } = await analyzeOn(engine, grouped(1000), { tables: ["summary"], groupBy: "team" });
      expect(tables.summary.numRows()).to.equal(1000);
      expect(await messageOf(analyzeOn(engine, grouped(1001), { tables: ["summary"], groupBy: "team" }))).to.match(
        /^OptionError: `groupBy` has 1001 values, and there are tables for 1000 at most/,
      );
    }
  });

  it("lists the largest spikes where there are very many, by their place among all, and says so", async () => {
    const n = 6000;
    const starts = Float64Array.from({ length: n }, (_, i) => 2 * i);
    // the later the longer, so that the last are the largest
    const calls = table({ start_time: starts, end_time: starts.map((start, i) => start + (i + 1) / n) });
    const { tables, notes } = await analyzeOn(duckdb(), calls, { tables: ["spikes", "summary"], threshold: 1 });
    expect(tables.spikes.numRows()).to.equal(5000);
    expect(tables.spikes.get("spike_id", 0)).to.equal(1000);
    expect(tables.summary.get("spikes")).to.equal(n);
    expect(notes).to.deep.equal(["Of the spikes the 5,000 largest are listed; the summary counts all."]);
  });

  it("says once that spikes are left out, and only where they are", async () => {
    const notesOf = async (n: number) => {
      const starts = Float64Array.from({ length: n }, (_, i) => 2 * i);
      const calls = table({ start_time: starts, end_time: starts.map((start) => start + 1) });
      const { tables, notes } = await analyzeOn(duckdb(), calls, { tables: ["spikes", "spikes"], threshold: 1 });
      expect(tables.spikes.numRows()).to.equal(5000);
      return notes;
    };
    expect(await notesOf(5000)).to.deep.equal([]);
    expect(await notesOf(5001)).to.have.length(1);
  });

  it("fails with what a callback throws", async () => {
    const path = await parquet(
      "many.parquet",
      "SELECT random() * 1000 AS start_time, 1000 + random() AS end_time FROM range(3000000)",
    );
    const progress = () => {
      throw new Error("no more room for progress");
    };
    expect(await messageOf(analyzeOn(duckdb(), path, { progress }))).to.equal("Error: no more room for progress");
  });

  it("stops when it is told to, and leaves nothing behind", async () => {
    const path = await parquet(
      "many.parquet",
      "SELECT random() * 1000 AS start_time, 1000 + random() AS end_time FROM range(3000000)",
    );
    expect(spilled()).to.deep.equal([]);
    const controller = new AbortController();
    const told: string[] = [];
    const running = analyzeOn(duckdb(), path, {
      signal: controller.signal,
      progress: ({ table }) => {
        told.push(table);
        if (table !== "diagnostics") controller.abort(new Error("enough"));
      },
    });
    expect(await messageOf(running)).to.equal("Error: enough");
    expect(told.at(-1)).to.equal("distribution");
    expect(spilled()).to.deep.equal([]);
  });

  it("tells of columns that are missing or of the wrong type, and of options that are wrong", async () => {
    const path = folder.put("a.csv", "ts,end_time,name\n2026-01-01x,2,a\n");
    const ask = (options = {}, file = path) => messageOf(analyzeOn(duckdb(), file, options));
    expect(await ask()).to.include(`${path} has no column start_time; it has ts, end_time, name. Name the one`);
    expect(await ask({ columns: "start=tss" })).to.include("Is it ts?");
    const texts = await parquet("texts.parquet", "SELECT 'x' AS ts, 2.0 AS end_time");
    expect(await ask({ columns: "start=ts" }, texts))
      .to.include("column ts of ")
      .and.to.include("must hold times")
      .and.to.include("but is VARCHAR");
    const lists = await parquet("lists.parquet", "SELECT ['2026-01-01'] AS ts, 2.0 AS end_time");
    expect(await ask({ columns: "start=ts:iso" }, lists)).to.include("must hold times, but is VARCHAR[]");
    expect(await ask({ columns: "start=end_time", groupBy: "nam" }))
      .to.include("`groupBy` names the column nam")
      .and.to.include("Is it name?");
    expect(await ask({ columns: "start=end_time", where: { mdel: "x" } })).to.include("`where` names the column mdel");
    expect(await ask({ threshold: 0 })).to.equal("OptionError: `threshold` must be a positive whole number, not 0.");
    expect(await ask({ mode: "nat" })).to.include("`mode` needs all calls in memory");
    expect(await ask({ nonsense: 1 })).to.include("is not an option here");
    expect(await ask({ tables: ["calls"] as never })).to.include("`tables` names calls; engines make summary");
    expect(await ask({}, join(folder.path, "none.parquet"))).to.include("none.parquet");
    expect(await ask({}, folder.put("a.arrow", "x"))).to.include("DuckDB reads calls from Parquet, CSV or NDJSON");
    expect(await ask({}, folder.put("a.parquet", "no parquet"))).to.match(/^EngineError: duckdb: .*Look whether/);
    expect(await messageOf(analyzeOn(duckdb(), await loadTrace("data/research-agents.json")))).to.include(
      "Hand over its calls",
    );
    for (const memoryLimit of ["much", "50%"])
      expect(await messageOf(analyzeOn(duckdb({ memoryLimit }), path))).to.include("must be like 1GB");
    expect(readFileSync(path, "utf8")).to.include("2026-01-01x");
  });
});
