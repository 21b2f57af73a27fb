import { table } from "arquero";
import { expect } from "chai";
import { analyzeOn } from "../../lib/engines/analyze-on.js";
import { engineTables } from "../../lib/engines/engine.js";
import { trino } from "../../lib/engines/trino.js";
import { trinoClient, type TrinoOptions } from "../../lib/engines/trino-client.js";
import { server } from "./lab/config.js";
import { onCluster } from "./lab/on-cluster.js";
import { fragmentsOf, largestShare, rowsByNode, sweepOf } from "./lab/plan.js";
import { labTables } from "./lab/put-table.js";

const CALLS = 60_000;
/** The sweep is cut into so many buckets. */
const BUCKETS = 512;
/** What comes back of a query: the levels, the bins, or the largest spikes, from two workers. */
const COMES_BACK = 2 * 5001;

const options: TrinoOptions = { server, credentials: { user: "lab" }, session: { retry_policy: "NONE" } };
const client = trinoClient(options);

/** Half of all calls start within one minute of an hour. */
const burst = table({
  start_time: Float64Array.from({ length: CALLS }, (_, i) => (i % 2 === 0 ? i * 0.06 : 1800 + (60 * i) / CALLS)),
  end_time: Float64Array.from({ length: CALLS }, (_, i) =>
    i % 2 === 0 ? i * 0.06 + 2 + (i % 7) : 1800 + (60 * i) / CALLS + (i % 13) / 4,
  ),
  prompt_tokens: Float64Array.from({ length: CALLS }, (_, i) => i % 100),
  total_tokens: Float64Array.from({ length: CALLS }, (_, i) => 2 * (i % 100)),
});

onCluster("the plan of a sweep on a cluster", () => {
  const tables = labTables(client, "plan");
  const asked: string[] = [];
  let bytes = 0;
  before(async () => {
    const name = await tables.put(burst);
    const watched: TrinoOptions = {
      ...options,
      fetch: async (url, init) => {
        if (init.method === "POST" && init.body !== undefined) asked.push(init.body);
        const answer = await fetch(url, init);
        bytes += (await answer.clone().arrayBuffer()).byteLength;
        return answer;
      },
    };
    await analyzeOn(trino(watched), name, { tables: engineTables });
  });
  after(() => tables.dropAll());

  it("brings back less than a megabyte for all tables together", () => {
    console.log(`      ${asked.length} queries brought back ${(bytes / 1000).toFixed(0)} kB`);
    expect(bytes).to.be.below(1_000_000);
  });

  it("lets no single node see more rows than there are buckets, or come back", async () => {
    const sweeps = asked.filter((sql) => sql.includes("swept"));
    expect(sweeps.length).to.equal(6);
    for (const sql of sweeps) {
      const { rows } = await client.query(`EXPLAIN (TYPE DISTRIBUTED) ${sql}`);
      const planned = fragmentsOf(String(rows[0][0]));
      expect(sweepOf(planned).partitioning, sql).to.equal("HASH");
      const { rows: ran } = await client.query(`EXPLAIN ANALYZE ${sql}`);
      for (const fragment of fragmentsOf(String(ran[0][0])).filter(({ partitioning }) => partitioning === "SINGLE")) {
        const isOutput = !fragment.text.includes("Window[");
        expect(fragment.rows, fragment.text).to.be.at.most(isOutput ? COMES_BACK : BUCKETS);
      }
    }
  });

  it("shares a burst that holds half of all calls between the workers, 60 to 40 at worst", async () => {
    const [sql] = asked.filter((text) => text.includes("total_time"));
    const { rows } = await client.query(`EXPLAIN (TYPE DISTRIBUTED) ${sql}`);
    const { id } = sweepOf(fragmentsOf(String(rows[0][0])));
    const query = await client.query(sql);
    const share = await rowsByNode(client, query.id, id);
    console.log(`      rows of the window stage: ${[...share].map(([node, n]) => `${node} ${n}`).join(", ")}`);
    expect([...share.values()].reduce((sum, n) => sum + n, 0)).to.be.within(2 * CALLS, 2 * CALLS + 2 * BUCKETS);
    expect(largestShare(share)).to.be.at.most(0.6);
  });
});
