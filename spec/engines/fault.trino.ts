import { expect } from "chai";
import { trinoClient, type TrinoQueryOptions } from "../../lib/engines/trino-client.js";
import { tableSql } from "../../lib/index.js";
import { sweepDistribution } from "../../lib/kernels/sweep-distribution.js";
import { dropCalls, type LabCalls, putCalls } from "./lab/calls.js";
import { nodes, pidOf, server } from "./lab/config.js";
import { onCluster } from "./lab/on-cluster.js";
import { untilReady } from "./lab/ready.js";
import { startNode, stopNode } from "./lab/run-node.js";

const CALLS = 2_000_000;
/** What a client has to hear of a lost worker within, in seconds: the cluster gives it up after ten. */
const TOLD_WITHIN = 15;
const victim = nodes[2];
const client = trinoClient({ server, credentials: { user: "lab" } });

/** Tells what happened when, for who reads along. */
class Log {
  readonly #begin = Date.now();
  get seconds(): number {
    return (Date.now() - this.#begin) / 1000;
  }
  tell(what: string): void {
    console.log(`      ${this.seconds.toFixed(1).padStart(6)} s  ${what}`);
  }
}

/** Waits until the worker is at work on a query, if it ever is. */
async function untilAtWork(id: string, isOver: () => boolean): Promise<void> {
  for (;;) {
    if (isOver()) throw new Error(`${id} was over before ${victim.name} was seen at work on it`);
    const { rows } = await client.query(
      `SELECT count(*) FROM system.runtime.tasks WHERE query_id = '${id}' AND node_id = '${victim.name}' AND state = 'RUNNING' AND processed_input_rows > 0`,
      { session: { retry_policy: "NONE" } },
    );
    if (Number(rows[0][0]) > 0) return;
  }
}

onCluster("a worker that is killed while it works on a query", () => {
  let calls: LabCalls;
  let expected: unknown[][];
  let sweep: string;
  before(async () => {
    calls = await putCalls(client, "fault_calls", CALLS);
    const columns = "start=start_time,end=end_time";
    sweep = tableSql("distribution", { dialect: "trino", from: calls.table, columns }).replace(/;\s*$/, "");
    const { levels, totals } = sweepDistribution(calls.starts, calls.ends, true);
    expected = Array.from(levels, (level, k) => [level, totals[k]]);
  });
  afterEach(async () => {
    if (pidOf(victim) === undefined) startNode(victim);
    expect(await untilReady(240), "the worker is back").to.equal(true);
  });
  after(async () => {
    await dropCalls(client, "fault_calls");
  });

  /** Runs the sweep under a policy, and kills the worker once it is at work. */
  const killDuring = async (policy: "TASK" | "NONE") => {
    const log = new Log();
    const told: { readonly at: number; readonly message: string }[] = [];
    let killed: Promise<number> | undefined;
    let isOver = false;
    const options: TrinoQueryOptions = {
      session: { retry_policy: policy },
      onId: (id) => {
        log.tell(`retry_policy=${policy}: query ${id} sweeps ${calls.starts.length} calls`);
        killed ??= untilAtWork(id, () => isOver).then(async () => {
          const pid = pidOf(victim);
          await stopNode(victim, "SIGKILL");
          log.tell(`killed ${victim.name} (process ${pid}), which was at work on it`);
          return log.seconds;
        });
        killed.catch(() => undefined); // it is waited for behind the answer
      },
      onRetry: (message) => {
        log.tell(`told: ${message}`);
        told.push({ at: log.seconds, message });
      },
    };
    const { id, rows, stats } = await client.query(sweep, options).finally(() => (isOver = true));
    const end = log.seconds;
    log.tell(`answer of query ${id}: ${rows.length} levels, from ${stats.splits} splits`);
    const killedAt = await (killed ?? Promise.reject(new Error("nothing was killed")));
    expect(killedAt, "the worker was killed before the answer came").to.be.below(end);
    return { rows, told, killedAt };
  };

  it("costs no answer under the policy TASK: the cluster does its work again, and the client is told nothing", async () => {
    const { rows, told } = await killDuring("TASK");
    expect(told).to.deep.equal([]);
    expect(rows.map(([level, seconds]) => [level, seconds])).to.deep.equal(expected);
  });

  it("is told of under the policy NONE, and the client's second run gives the answer of the worker that is left", async () => {
    const { rows, told, killedAt } = await killDuring("NONE");
    expect(told).to.have.length(1);
    expect(told[0].message).to.match(/A part of the cluster was lost\. .* It is run a second time\.$/);
    expect(told[0].at - killedAt).to.be.within(0, TOLD_WITHIN);
    expect(rows.map(([level, seconds]) => [level, seconds])).to.deep.equal(expected);
  });
});
