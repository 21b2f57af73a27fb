import { type ColumnTable, table } from "arquero";
import { expect } from "chai";
import { analyzeOn } from "../../lib/engines/analyze-on.js";
import { groupKey, together } from "../../lib/engines/grouped.js";
import { memory } from "../../lib/engines/memory.js";
import { trinoClient } from "../../lib/engines/trino-client.js";
import { buildConcurrencySegments, clipSegments, timeBins } from "../../lib/index.js";
import { columnsOf } from "../support/columns-of.js";
import { expectNear } from "../support/near-tables.js";
import { seeded } from "../support/random.js";
import { mappedTrinoTexts, trinoTexts } from "../support/trino-texts.js";
import { catalogs, server } from "./lab/config.js";
import { onCluster } from "./lab/on-cluster.js";
import { labTables } from "./lab/put-table.js";
import { tableOfRows } from "./lab/table-of-rows.js";

const CALLS = 800;
const client = trinoClient({ server, credentials: { user: "lab" }, session: { retry_policy: "NONE" } });

const random = seeded(7);
// the first of each team at 0, where the window of the printed bins begins
const starts = Float64Array.from({ length: CALLS }, (_, i) => (i < 3 ? 0 : Math.floor(random() * 4000) / 64));
const kinds = Array.from(starts, (_, i) => (i % 4 === 0 ? "TOOL" : "LLM"));
const teams = Array.from(starts, (_, i) => ["a", "it's b", null][i % 3]);
const calls = table({
  start_time: starts,
  end_time: starts.map((start) => start + Math.floor(random() * 60) / 64),
  operation_type: kinds,
  status: Array.from(starts, () => "ok"),
  example: Array.from(starts, (_, i) => `e${i % 9}`),
  team: teams,
  prompt_tokens: Float64Array.from(starts, (_, i) => i % 50),
  completion_tokens: Float64Array.from(starts, (_, i) => i % 7),
  total_tokens: Float64Array.from(starts, (_, i) => (i % 50) + (i % 7)),
});

const rowsWhere = (test: (i: number) => boolean): ColumnTable => calls.reify(Array.from(starts.keys()).filter(test));
/** What is made of the calls of each team, ascending, those of none first. */
const ofTeams = (make: (calls: ColumnTable) => ColumnTable): ColumnTable => {
  const each = [null, "a", "it's b"].map(
    (team) => [groupKey(team), make(rowsWhere((i) => teams[i] === team))] as const,
  );
  return together(new Map(each), "team");
};

onCluster("what is printed for Trino runs, and gives the tables of the kernels:", () => {
  const tables = labTables(client, "printed");
  let from: string;
  before(async () => {
    from = await tables.put(calls);
  });
  after(() => tables.dropAll());

  for (const { name } of trinoTexts("calls")) {
    it(name, async () => {
      const text = trinoTexts(from).find((other) => other.name === name);
      const { columns, rows } = await client.query(text?.sql ?? "");
      const found = tableOfRows(columns, rows);
      const [of, grouped] = name.split("-by-") as [string, string | undefined];
      if (of === "diagnostics") {
        // of calls that are all right; others are below
        expect(columnsOf(found)).to.deep.include({ code: ["counted"], events: [CALLS] });
        return;
      }
      if (of === "segments" || of === "bins") {
        const make = (calls: ColumnTable) => {
          const segments = buildConcurrencySegments(calls);
          return of === "segments" ? segments : timeBins(clipSegments(segments, 0, 60), 6);
        };
        expectNear(found, grouped === undefined ? make(calls) : ofTeams(make), name);
        return;
      }
      const options = { threshold: 3, bins: 6, ...(grouped !== undefined && { groupBy: grouped }) };
      const expected = await analyzeOn(memory(), calls, { ...options, tables: [of as "spikes"] });
      expectNear(found, expected.tables[of as "spikes"], name);
    });
  }

  it("of timestamps, a length of time, and other names", async () => {
    const requests = `${catalogs.memory}.default.requests`;
    await client.query(`DROP TABLE IF EXISTS ${requests}`);
    const timestamp = (time: string) => `CAST(from_unixtime_nanos(CAST(1e9 * ${time} AS bigint)) AS timestamp(6))`;
    await client.query(
      `CREATE TABLE ${requests} AS SELECT ${timestamp("start_time")} AS began, ${timestamp("end_time")} AS ended, CAST(total_tokens AS bigint) AS n, if(operation_type = 'LLM', 'Chat', 'tool') AS kind, if(team IS NULL, team, 'it''s') AS team FROM ${from}`,
    );
    const [{ name, sql }] = mappedTrinoTexts(requests);
    const { columns, rows } = await client.query(sql);
    await client.query(`DROP TABLE ${requests}`);
    const chosen = rowsWhere((i) => kinds[i] === "LLM" && teams[i] !== null);
    const expected = await analyzeOn(memory(), chosen, { tables: ["tokens_in_flight"] });
    expectNear(tableOfRows(columns, rows), expected.tables.tokens_in_flight, name);
  });

  it("what became of rows that are no calls", async () => {
    const bad = `${catalogs.memory}.default.bad`;
    await client.query(`DROP TABLE IF EXISTS ${bad}`);
    await client.query(
      `CREATE TABLE ${bad} AS SELECT * FROM (VALUES (0e0, 2e0, 'LLM', 'ok'), (1, 4, 'tool', 'ok'), (3, 2, 'LLM', 'ok'), (NULL, 2, 'LLM', 'ok'), (3, NULL, 'LLM', 'ok'), (nan(), 2, 'LLM', 'ok'), (3, infinity(), 'LLM', 'ok'), (0, 9, 'AGENT', 'ok'), (0, 9, 'no such', 'ok'), (0, 9, 'AI.GENERATETEXT', 'ok'), (2, 5, NULL, 'ok'), (3, 6, 'LLM', 'unfinished')) AS t (start_time, end_time, operation_type, status)`,
    );
    const { rows } = await client.query(trinoTexts(bad).find(({ name }) => name === "diagnostics")?.sql ?? "");
    await client.query(`DROP TABLE ${bad}`);
    expect(rows.map(([code, events]) => [code, Number(events)])).to.have.deep.members([
      ["counted", 3],
      ["unfinished", 1],
      ["negative_duration", 1],
      ["missing_time", 2],
      ["nan_time", 2],
      ["ignored", 2],
      ["unknown_kind", 1],
    ]);
    expect(Object.fromEntries(rows.map(([code, , example]) => [code, example]))).to.deep.include({
      unknown_kind: "NO SUCH",
      counted: null,
    });
  });
});
