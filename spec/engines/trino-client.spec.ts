import { expect } from "chai";
import { trinoClient, type TrinoOptions, type TrinoQueryOptions } from "../../lib/engines/trino-client.js";
import { EngineError, OptionError } from "../../lib/errors.js";
import { answer, column, failure, type FakeTrino, fakeTrino, type Reply } from "../support/fake-trino.js";

const credentials = { user: "ada" };
const client = ({ url }: { url: string }, options: Partial<TrinoOptions> = {}) =>
  trinoClient({ server: url, credentials, ...options });
const at = (url: string, page: number) => `${url}/v1/statement/q1/${page}`;

/** A server that answers, each but the last answer with the address of the next. */
const serving = (...replies: readonly Reply[]): Promise<FakeTrino> =>
  fakeTrino((url) =>
    replies.map((reply, k) =>
      typeof reply === "object" && "id" in reply && k < replies.length - 1
        ? { nextUri: at(url, k + 1), ...reply }
        : reply,
    ),
  );

const failed = async (asked: Promise<unknown>): Promise<EngineError> => {
  try {
    await asked;
  } catch (error) {
    expect(error).to.be.instanceOf(EngineError);
    return error as EngineError;
  }
  throw new Error("it did not fail");
};
/** What the client says of one answer to the statement. */
const saying = async (reply: Reply, options: Partial<TrinoOptions> = {}, told: TrinoQueryOptions = {}) =>
  failed(client(await serving(reply), { patience: 0, ...options }).query("select 1", told));

const refused = (options: Partial<TrinoOptions>): string => {
  try {
    trinoClient({ server: "http://127.0.0.1:1", credentials, ...options });
  } catch (error) {
    expect(error).to.be.instanceOf(OptionError);
    return (error as Error).message;
  }
  return "taken";
};

describe("trinoClient(options).query(sql)", () => {
  it("sends the statement with who asks and where, and collects the pages", async () => {
    const columns = [column("n", "bigint"), column("name", "varchar")];
    const server = await serving(
      answer(),
      answer({ columns, data: [[1, "a"]] }),
      answer({ columns }),
      answer({ columns, data: [[2, "b"]], stats: { state: "FINISHED", cpuTimeMillis: 250, totalSplits: 4 } }),
    );
    const options = { catalog: "lake", schema: "default", session: { query_max_run_time: "5m", join: "a,b=c" } };
    const result = await client(server, options).query("select n, name from t");
    expect(result).to.deep.include({ id: "q1", rows: [[1, "a"], [2, "b"]] }); // prettier-ignore
    expect(result.columns).to.deep.equal([
      { name: "n", type: "bigint" },
      { name: "name", type: "varchar" },
    ]);
    expect(result.stats).to.include({ state: "FINISHED", cpu: 0.25, splits: 4 });
    expect(server.paths()).to.deep.equal([
      "POST /v1/statement",
      "GET /v1/statement/q1/1",
      "GET /v1/statement/q1/2",
      "GET /v1/statement/q1/3",
    ]);
    expect(server.asked[0].body).to.equal("select n, name from t");
    expect(server.asked[0].headers).to.include({
      "x-trino-user": "ada",
      "x-trino-source": "spikeline",
      "x-trino-catalog": "lake",
      "x-trino-schema": "default",
      "x-trino-session": "query_max_run_time=5m,join=a%2Cb%3Dc",
    });
    expect(server.asked[1].headers).to.include({ "x-trino-user": "ada" });
  });

  it("asks below the path of an address that has one", async () => {
    const server = await serving(answer());
    await trinoClient({ server: `${server.url}/trino`, credentials }).query("select 1");
    expect(server.paths()).to.deep.equal(["POST /trino/v1/statement"]);
  });

  it("tells the id and how far it is, with the first answer, before there are columns", async () => {
    const server = await serving(
      answer(),
      answer({ stats: { state: "FINISHED", totalSplits: 4, completedSplits: 4 } }),
    );
    const told: unknown[] = [];
    const result = await client(server).query("create table t (n bigint)", {
      onId: (id) => told.push([id, server.asked.length]),
      onProgress: ({ state, splitsDone, splitsTotal, rows, elapsed }) =>
        told.push([state, splitsDone, splitsTotal, rows, elapsed]),
    });
    expect(told).to.deep.equal([
      ["q1", 1],
      ["RUNNING", 1, 4, 10, 1.5],
      ["FINISHED", 4, 4, 0, 0],
    ]);
    expect(result).to.deep.include({ columns: [], rows: [] });
  });

  it("keeps whole numbers exact, makes numbers of NaN and Infinity, and leaves decimals and times as they come", async () => {
    const type = (rawType: string, ...inner: readonly unknown[]) => ({
      rawType,
      arguments: inner.map((value) => ({ kind: "TYPE", value })),
    });
    const row = {
      rawType: "row",
      arguments: [
        { kind: "NAMED_TYPE", value: { fieldName: { name: "x" }, typeSignature: type("double") } },
        { kind: "NAMED_TYPE", value: { typeSignature: type("bigint") } },
        { kind: "NAMED_TYPE", value: { typeSignature: type("varchar") } },
      ],
    };
    const signatures = [
      ...["bigint", "bigint", "bigint", "double", "real", "double", "decimal", "timestamp", "varchar"].map((name) =>
        type(name),
      ),
      type("array", row),
      type("map", type("varchar"), type("bigint")),
      type("array", type("bigint")),
    ];
    const columns = signatures.map((typeSignature, k) => ({ name: `c${k}`, type: "…", typeSignature }));
    const json = `[[9007199254740991,9007199254740993,-9223372036854775808,"NaN","-Infinity",1.7976931348623157E308,"1.10",
      "2026-01-01 00:00:00.123456","9007199254740993",[["Infinity",9007199254740993,"NaN"],[0.1234567890123456789,null,null]],
      {"k":9007199254740993},[9007199254740993,null]],[null,null,null,null,null,null,null,null,null,null,null,null]]`;
    const text = JSON.stringify(answer({ columns })).replace(/}$/, `,"data":${json}}`);
    const server = await serving({ status: 200, text });
    const { rows } = await client(server).query("select");
    expect(rows).to.deep.equal([
      [
        9007199254740991,
        9007199254740993n,
        -9223372036854775808n,
        NaN,
        -Infinity,
        1.7976931348623157e308,
        "1.10",
        "2026-01-01 00:00:00.123456",
        "9007199254740993",
        [
          [Infinity, 9007199254740993n, "NaN"],
          [0.12345678901234568, null, null],
        ],
        { k: 9007199254740993n },
        [9007199254740993n, null],
      ],
      new Array(12).fill(null),
    ]);
  });

  it("follows to the server that was asked only", async () => {
    const other = await serving(answer());
    const server = await fakeTrino(() => [answer({ nextUri: at(other.url, 1) })]);
    const error = await failed(client(server, { credentials: { user: "ada", password: "s3cret" } }).query("select 1"));
    expect(error.message).to.match(/sends to .*127\.0\.0\.1.*process-forwarded=true.* \(query q1\)$/);
    expect(error).to.include({ code: "ELSEWHERE", query: "q1" });
    expect(other.asked).to.deep.equal([]);
  });

  it("follows no redirection", async () => {
    const error = await saying({ status: 307, text: "", headers: { location: "https://elsewhere.example/" } });
    expect(error.message).to.include("sends elsewhere, to https://elsewhere.example/. Give the address");
  });

  it("ends the query on the server when its signal is aborted, while it waits for an answer too", async () => {
    const server = await serving(answer(), "silent", answer());
    const stop = new AbortController();
    const asked = client(server).query("select 1", { signal: stop.signal });
    while (server.asked.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    stop.abort();
    const error = await failed(asked);
    expect(error.message).to.equal("trino: the query was cancelled. (query q1)");
    expect(error).to.include({ code: "USER_CANCELED", engine: "trino" });
    expect(server.paths().at(-1)).to.equal("DELETE /v1/statement/q1/1");
  });

  it("waits for the id of a query that is cancelled before it has one, to end it", async () => {
    const stop = new AbortController();
    const server = await fakeTrino((url) => [answer({ nextUri: at(url, 1) })]);
    const slow = async (...args: Parameters<typeof fetch>) => {
      const response = await fetch(...args);
      stop.abort();
      return response;
    };
    await failed(client(server, { fetch: slow }).query("select 1", { signal: stop.signal }));
    expect(server.paths()).to.deep.equal(["POST /v1/statement", "DELETE /v1/statement/q1/1"]);
  });

  it("asks nothing when its signal was aborted before, and says when it was for the time", async () => {
    const server = await serving(answer());
    const error = await failed(
      client(server).query("select 1", { signal: AbortSignal.abort(new DOMException("late", "TimeoutError")) }),
    );
    expect(error.message).to.include("the time that was given ran out");
    expect(server.asked).to.deep.equal([]);
  });

  it("asks again where the server is busy or breaks the connection off, and tells of it once a time", async () => {
    const columns = [column("n", "integer")];
    const server = await fakeTrino((url) => [
      { status: 503, text: "starting" },
      answer({ nextUri: at(url, 1) }),
      "reset",
      { status: 502, text: "" },
      answer({ nextUri: at(url, 2), columns, data: [[1]] }),
      { status: 429, text: "", headers: { "retry-after": "0" } },
      { status: 504, text: "" },
      answer({ columns, data: [[2]] }),
    ]);
    const told: string[] = [];
    const { rows } = await client(server).query("select 1", { onRetry: (message) => told.push(message) });
    expect(rows).to.deep.equal([[1], [2]]);
    expect(told.map((message) => /answers \d+|breaks the connection off/.exec(message)?.[0])).to.deep.equal([
      "answers 503",
      "breaks the connection off",
      "answers 429",
    ]);
    expect(server.paths().filter((path) => path.startsWith("POST"))).to.have.length(2);
  });

  it("does not wait longer than it has patience, nor than it is asked to", async () => {
    const busy: Reply = { status: 503, text: "starting" };
    const server = await serving(busy, busy, busy, busy, busy);
    const error = await failed(client(server, { patience: 0.4 }).query("select 1"));
    expect(error.message).to.include("answers 503: starting. Ask again later.");
    expect(server.asked).to.have.length(3); // after 0.1 s, and 0.2 s
    const late: Reply = { status: 429, text: "", headers: { "retry-after": "60" } };
    expect((await saying(late, { patience: 30 })).code).to.equal("429");
  });

  it("sends a statement that writes only once, if the server may have heard it", async () => {
    for (const reply of ["reset", { status: 502, text: "" }] as const) {
      const server = await serving(reply, answer());
      await failed(client(server).query("insert into t values (1)"));
      expect(server.asked).to.have.length(1);
    }
    const unheard = await serving({ status: 503, text: "" }, answer());
    await client(unheard).query("insert into t values (1)");
    expect(unheard.asked).to.have.length(2);
  });

  const lost = failure("REMOTE_HOST_GONE", "INTERNAL_ERROR", "Node is gone");
  it("runs a query that reads a second time where the cluster lost a part of itself, without the rows of the first", async () => {
    const columns = [column("n", "integer")];
    const server = await fakeTrino((url) => [
      answer({ nextUri: at(url, 1), columns, data: [[1]] }),
      lost,
      answer({ id: "q2", columns, data: [[1], [2]] }),
    ]);
    const [ids, told]: [string[], string[]] = [[], []];
    const { rows } = await client(server).query("-- all\n(WITH x AS (SELECT 1) SELECT * FROM x)", {
      onId: (id) => ids.push(id),
      onRetry: (message) => told.push(message),
    });
    expect(rows).to.deep.equal([[1], [2]]);
    expect(ids).to.deep.equal(["q1", "q2"]);
    expect(told).to.deep.equal([
      "trino: Node is gone. A part of the cluster was lost. Ask again. (query q1) It is run a second time.",
    ]);
  });
  it("runs it again when the server no longer knows it", async () => {
    const server = await fakeTrino((url) => [answer({ nextUri: at(url, 1) }), { status: 404, text: "" }, answer()]);
    await client(server).query("select 1");
    expect(server.asked).to.have.length.at.least(3);
  });
  it("runs it a second time, not a third, and no statement that writes or is wrong", async () => {
    const often = await serving(lost, lost, answer());
    // each fails with its first answer
    expect((await failed(client(often).query("select 1"))).code).to.equal("REMOTE_HOST_GONE");
    expect(often.asked).to.have.length(2);
    for (const [sql, reply] of [
      ["insert into t select * from u", lost],
      ["explain analyze insert into t select 1", lost],
      ["select 1", failure("SYNTAX_ERROR", "USER_ERROR", "line 1:1: mismatched input")],
    ] as const) {
      const server = await serving(reply, answer());
      await failed(client(server).query(sql));
      expect(server.asked, sql).to.have.length(1);
    }
  });
});

describe("what a query that failed says", () => {
  for (const [name, type, message, wayOut] of [
    ["TABLE_NOT_FOUND", "USER_ERROR", "line 1:15: Table 'a.b.c' does not exist", "`SHOW TABLES FROM catalog.schema`"],
    ["COLUMN_NOT_FOUND", "USER_ERROR", "line 1:8: Column 'x' cannot be resolved", "`DESCRIBE table`"],
    ["SCHEMA_NOT_FOUND", "USER_ERROR", "line 1:15: Schema 'b' does not exist", "`SHOW SCHEMAS FROM catalog`"],
    ["CATALOG_NOT_FOUND", "USER_ERROR", "line 1:15: Catalog 'a' not found", "`SHOW CATALOGS`"],
    ["EXCEEDED_LOCAL_MEMORY_LIMIT", "INSUFFICIENT_RESOURCES", "Query exceeded 1GB", "`query.max-memory-per-node`"],
    ["EXCEEDED_TIME_LIMIT", "INSUFFICIENT_RESOURCES", "Query exceeded 3.00s", "`query_max_run_time`"],
    ["ADMINISTRATIVELY_KILLED", "USER_ERROR", "Query killed. Message: slow", "ask there why"],
    ["DIVISION_BY_ZERO", "USER_ERROR", "Division by zero", "Mend the statement"],
  ])
    it(`is the engine's own words, the way out and the query: ${name}`, async () => {
      const error = await saying(failure(name, type, message));
      expect(error.message).to.satisfy((text: string) => text.startsWith(`trino: ${message}. `));
      expect(error.message)
        .to.include(wayOut)
        .and.to.match(/ \(query q1\)$/);
      expect(error).to.include({ code: name, query: "q1", engine: "trino" });
    });

  it("is on one line, and not for ever", async () => {
    const error = await saying(failure("GENERIC_USER_ERROR", "USER_ERROR", `a\n\n  b ${"long ".repeat(1000)}`));
    expect(error.message)
      .to.match(/^trino: a b long/)
      .and.to.have.length.below(450);
    expect(error.message).to.not.include("\n");
  });

  for (const [what, reply, says] of [
    [
      "a page of HTML",
      { status: 200, text: "<!doctype html><title>Hello</title>" },
      "is no Trino: it answers something",
    ],
    ["404", { status: 404, text: "not here" }, "is no Trino: it answers 404."],
    ["405 and HTML", { status: 405, text: "<html></html>" }, "is no Trino: it answers 405 and HTML."],
    ["other JSON", { hello: "world" }, "is no Trino: it answers JSON, but tells of no query."],
    ["nothing", { status: 200, text: "" }, "is no Trino: it answers something that is no JSON."],
    ["401", { status: 401, text: "" }, "asks for a login. Set SPIKELINE_TRINO_USER and"],
    ["403", { status: 403, text: "Access Denied" }, 'lets the user "ada" not in here: Access Denied. Log in as'],
    ["400", { status: 400, text: "SQL is empty" }, "answers 400: SQL is empty. Check the options."],
  ] as const)
    it(`is what the server answers: ${what}`, async () => {
      expect((await saying(reply)).message).to.include(says);
    });

  it("is that a password is not taken, without the password", async () => {
    const error = await saying({ status: 401, text: "" }, { credentials: { user: "ada", password: "s3cret" } });
    expect(error.message).to.include('does not take the user "ada" with this password or token');
    expect(error.message).to.not.include("s3cret");
  });

  it("is that nobody listens there, or that no machine has the name", async () => {
    const gone = await failed(trinoClient({ server: "http://127.0.0.1:9", credentials }).query("select 1"));
    expect(gone.message).to.match(/^trino: http:\/\/127\.0\.0\.1:9 (refuses the connection|cannot be asked)/);
    const nowhere = trinoClient({ server: "https://nowhere.invalid", credentials });
    expect((await failed(nowhere.query("select 1"))).message).to.include("is no machine that is known here");
  });

  it("is that it does not speak https there", async () => {
    const { url } = await serving(answer());
    const error = await failed(client({ url: url.replace("http", "https") }).query("select 1"));
    expect(error.message).to.include("does not speak https: at this port");
  });
});

describe("trinoClient(options).pages(sql)", () => {
  it("yields a page for each answer, and ends the query when the loop is left", async () => {
    const columns = [column("n", "bigint")];
    const server = await serving(answer(), answer({ columns, data: [[1]] }), answer({ columns, data: [[2]] }));
    const seen: unknown[] = [];
    for await (const { id, columns: told, rows } of client(server).pages("select n from t")) {
      seen.push([id, told?.length, rows]);
      if (rows.length > 0) break;
    }
    expect(seen).to.deep.equal([
      ["q1", undefined, []],
      ["q1", 1, [[1]]],
    ]);
    expect(server.paths().at(-1)).to.equal("DELETE /v1/statement/q1/2");
  });

  it("says what is wrong as an EngineError, also where the cluster is at fault", async () => {
    const server = await serving(failure("REMOTE_HOST_GONE", "INTERNAL_ERROR", "gone"));
    const read = async () => {
      for await (const page of client(server).pages("select 1")) expect(page.rows).to.deep.equal([]);
    };
    expect((await failed(read())).code).to.equal("REMOTE_HOST_GONE");
  });
});

describe("trinoClient(options)", () => {
  it("sends a password or a token as a header, and no user with a token alone", async () => {
    const server = await serving({ ...(answer() as object), nextUri: undefined }, answer());
    await client(server, { credentials: { user: "ada", password: "pä:ss" } }).query("select 1");
    expect(server.asked[0].headers.authorization).to.equal(`Basic ${Buffer.from("ada:pä:ss").toString("base64")}`);
    const other = await serving(answer());
    await client(other, { credentials: { token: "abc.def" } }).query("select 1");
    expect(other.asked[0].headers).to.include({ authorization: "Bearer abc.def" }).and.to.not.have.key("x-trino-user");
  });

  it("refuses plain http to another machine, unless it is allowed", () => {
    expect(refused({ server: "http://trino.example:8080" })).to.match(/^`server` is plain http to another machine/);
    expect(refused({ server: "http://127.0.0.1.example" })).to.include("plain http");
    expect(refused({ server: "http://0.0.0.0" })).to.include("plain http");
    for (const server of ["http://localhost", "http://127.0.0.2:1", "http://[::1]:8080", "https://trino.example"])
      expect(refused({ server }), server).to.equal("taken");
    expect(refused({ server: "http://trino.example:8080", allowHttp: true })).to.equal("taken");
  });

  it("refuses what is no address, and one with a password in it", () => {
    for (const server of ["localhost:8080", "", "ftp://x"])
      expect(refused({ server })).to.include("must be an address");
    const message = refused({ server: "https://ada:s3cret@trino.example" });
    expect(message).to.include("must hold no user and no password").and.to.not.include("s3cret");
  });

  it("refuses what a header cannot carry", async () => {
    const query = async (options: Partial<TrinoOptions>): Promise<string> =>
      trinoClient({ server: "http://127.0.0.1:9", credentials, ...options })
        .query("select 1")
        .then(String, String);
    expect(await query({ catalog: "a\r\nx-trino-user: root" })).to.match(/^OptionError: `catalog`/);
    expect(await query({ credentials: { user: "a\nb" } })).to.match(/^OptionError: `credentials`/);
    expect(await query({ credentials: { user: "a:b", password: "c" } })).to.match(/^OptionError: `credentials`/);
    expect(await query({ credentials: { token: "a", password: "c" } })).to.include("not both");
    expect(await query({ credentials: {} })).to.include("must name a user");
    expect(await query({ session: { "a=b,c": "d" } })).to.match(/^OptionError: `session`/);
  });
});
