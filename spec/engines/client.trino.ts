import { expect } from "chai";
import { trinoClient, type TrinoQueryOptions } from "../../lib/engines/trino-client.js";
import { EngineError } from "../../lib/errors.js";
import { nodes, server } from "./lab/config.js";
import { onCluster } from "./lab/on-cluster.js";

const client = trinoClient({
  server,
  credentials: { user: "lab" },
  session: { retry_policy: "NONE", query_max_run_time: "19m" },
});
const failure = async (sql: string, options?: TrinoQueryOptions): Promise<EngineError> => {
  try {
    await client.query(sql, options);
  } catch (error) {
    expect(error).to.be.instanceOf(EngineError);
    return error as EngineError;
  }
  throw new Error("it did not fail");
};
/** Takes for ever. */
const endless = `SELECT count(*) FROM ${["a", "b", "c", "d"].map((name) => `UNNEST(sequence(1, 10000)) AS ${name}(${name})`).join(" CROSS JOIN ")}`;
const stateOf = async (id: string): Promise<unknown[]> => {
  const { rows } = await client.query(`SELECT state, error_code FROM system.runtime.queries WHERE query_id = '${id}'`);
  return rows[0];
};

onCluster("the client on a cluster", () => {
  it("keeps whole numbers exact, makes numbers of NaN and Infinity, and leaves decimals and times as they come", async () => {
    const { rows, columns } = await client.query(`
      SELECT 9007199254740991, 9007199254740993, BIGINT '-9223372036854775808', nan(), -infinity(), REAL '0.5', 1.7976931348623157E308,
        DECIMAL '12345678901234567890.10', TIMESTAMP '2026-01-01 00:00:00.123456', true, CAST(NULL AS bigint),
        ARRAY[CAST(ROW(infinity(), 9007199254740993, 'NaN') AS ROW(x double, n bigint, s varchar))], MAP(ARRAY['k'], ARRAY[9007199254740993])`);
    expect(rows).to.deep.equal([
      [
        9007199254740991,
        9007199254740993n,
        -9223372036854775808n,
        NaN,
        -Infinity,
        0.5,
        1.7976931348623157e308,
        "12345678901234567890.10",
        "2026-01-01 00:00:00.123456",
        true,
        null,
        [[Infinity, 9007199254740993n, "NaN"]],
        { k: 9007199254740993n },
      ],
    ]);
    expect(columns.map(({ type }) => type)).to.include.members([
      "bigint",
      "double",
      "decimal(22, 2)",
      "array(row(x double, n bigint, s varchar))",
    ]);
  });

  it("fetches all pages, in order", async () => {
    const { rows, stats } = await client.query(
      "SELECT 1000 * a + b FROM UNNEST(sequence(0, 99)) AS a(a) CROSS JOIN UNNEST(sequence(0, 999)) AS b(b) ORDER BY 1",
    );
    expect(rows.map(([n]) => n)).to.deep.equal(Array.from({ length: 100_000 }, (_, n) => n));
    expect(stats.state).to.equal("FINISHED");
  });

  it("has two workers to ask", async () => {
    const { rows } = await client.query("SELECT node_id, coordinator FROM system.runtime.nodes ORDER BY 1");
    expect(rows).to.deep.equal(nodes.map(({ name }, k) => [name, k === 0]));
  });

  it("tells the id while the query runs, how far it is, and ends it on the server when it is aborted", async () => {
    const stop = new AbortController();
    const states = new Set<string>();
    let id = "";
    let seen: Promise<unknown[]> | undefined;
    const error = await failure(endless, {
      signal: stop.signal,
      onId: (told) => (id = told),
      onProgress: ({ state, splitsTotal }) => {
        states.add(state);
        if (state === "RUNNING" && splitsTotal > 0)
          seen ??= stateOf(id).finally(() => {
            stop.abort();
          });
      },
    });
    expect(await seen).to.deep.equal(["RUNNING", null]);
    expect(error).to.include({ code: "USER_CANCELED", query: id });
    expect(await stateOf(id)).to.deep.equal(["FAILED", "USER_CANCELED"]);
    expect([...states]).to.include("RUNNING");
  });

  it("ends the query on the server when the loop over its pages is left", async () => {
    let id = "";
    for await (const page of client.pages(endless)) {
      id = page.id;
      if (page.stats.state === "RUNNING") break;
    }
    expect(await stateOf(id)).to.deep.equal(["FAILED", "USER_CANCELED"]);
  });

  for (const [sql, code, says] of [
    [
      "SELECT * FROM memory.default.nowhere",
      "TABLE_NOT_FOUND",
      /'memory\.default\.nowhere' does not exist\. .*SHOW TABLES/,
    ],
    ["SELECT * FROM memory.nowhere.t", "SCHEMA_NOT_FOUND", /Schema 'nowhere' does not exist\. .*SHOW SCHEMAS/],
    ["SELECT * FROM nowhere.a.t", "CATALOG_NOT_FOUND", /Catalog 'nowhere' not found\. .*SHOW CATALOGS/],
    [
      "SELECT nothing FROM system.runtime.nodes",
      "COLUMN_NOT_FOUND",
      /Column 'nothing' cannot be resolved\. .*DESCRIBE/,
    ],
    ["SELECT FROM WHERE", "SYNTAX_ERROR", /mismatched input/],
    ["SELECT * FROM t", "MISSING_SCHEMA_NAME", /catalog\.schema\.table/],
    ["SELECT 1 / 0", "DIVISION_BY_ZERO", /Division by zero/],
  ] as const)
    it(`says what is wrong with ${sql}`, async () => {
      const error = await failure(sql);
      expect(error.message)
        .to.match(says)
        .and.to.match(/ \(query \w+\)$/);
      expect(error.code).to.equal(code);
    });

  it("sends session properties, those of the query before those of the client", async () => {
    const options = { session: { query_max_run_time: "17m" } };
    const { rows } = await client.query("SHOW SESSION LIKE 'query_max_run_time'", options);
    expect(rows[0][1]).to.equal("17m");
    expect((await client.query("SHOW SESSION LIKE 'query_max_run_time'")).rows[0][1]).to.equal("19m");
    expect((await failure("SELECT 1", { session: { no_such: "1" } })).code).to.equal("INVALID_SESSION_PROPERTY");
  });

  it("says that the time ran out", async () => {
    const error = await failure(endless, { session: { query_max_run_time: "2s" } });
    expect(error.code).to.equal("EXCEEDED_TIME_LIMIT");
    expect(error.message).to.include("raise the session property `query_max_run_time`");
  });

  it("says that the memory ran out", async () => {
    const error = await failure(
      "SELECT count(*) FROM (SELECT a, b, count(*) FROM UNNEST(sequence(1, 10000)) AS a(a) CROSS JOIN UNNEST(sequence(1, 1000)) AS b(b) GROUP BY a, b)",
      { session: { query_max_memory: "20MB" } },
    );
    expect(error.code).to.match(/^EXCEEDED_(LOCAL|GLOBAL)_MEMORY_LIMIT$/);
    expect(error.message).to.include("let the administrator raise `query.max-memory");
  });
});
