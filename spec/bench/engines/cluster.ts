import { copyFileSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { trino } from "../../../lib/engines/trino.js";
import { trinoClient, type TrinoOptions } from "../../../lib/engines/trino-client.js";
import type { EngineTable } from "../../../lib/engines/engine.js";
import { analyzeOn } from "../../../lib/index.js";
import { catalogs, server, warehouse } from "../../engines/lab/config.js";
import { fragmentsOf, largestShare, rowsByNode, sweepOf } from "../../engines/lab/plan.js";
import { markdownTable } from "../markdown.js";
import { writeCalls } from "./write-calls.js";

const options: TrinoOptions = { server, credentials: { user: "lab" }, session: { retry_policy: "NONE" } };
const client = trinoClient(options);
const TABLES: readonly EngineTable[] = [
  "distribution",
  "spikes",
  "spike_tokens",
  "latency_by_concurrency",
  "tokens_in_flight",
  "bins",
];

/** Each table of calls, half of which stand in one burst: what crosses the wire, what it costs, and how the workers share the sweep. */
export async function cluster(files: string, sizes: readonly number[]): Promise<void> {
  const rows: string[][] = [];
  for (const size of sizes) {
    const name = await put(files, size);
    for (const table of TABLES) rows.push([size.toExponential(0), table, ...(await measure(name, table))]);
    await client.query(`DROP TABLE IF EXISTS ${name}`);
    rmSync(join(warehouse, folderOf(size)), { recursive: true, force: true });
  }
  const header = [
    "calls",
    "table",
    "wall s",
    "query CPU s",
    "kB on the wire",
    "rows of the sweep, by worker",
    "largest share",
  ];
  console.log("In a cluster of a coordinator and two workers on this machine:\n");
  console.log(markdownTable(header, rows, new Set(["table", "rows of the sweep, by worker"])) + "\n");
}

const folderOf = (size: number): string => `bench_${size}`;

async function put(files: string, size: number): Promise<string> {
  const folder = join(warehouse, folderOf(size));
  mkdirSync(folder, { recursive: true });
  copyFileSync(await writeCalls(files, size), join(folder, "calls.parquet"));
  const name = `${catalogs.files}.lab.${folderOf(size)}`;
  const columns =
    "start_time double, end_time double, operation_type varchar, team varchar, example varchar, prompt_tokens double, total_tokens double";
  await client.query(`CREATE SCHEMA IF NOT EXISTS ${catalogs.files}.lab`);
  await client.query(`DROP TABLE IF EXISTS ${name}`);
  await client.query(
    `CREATE TABLE ${name} (${columns}) WITH (format = 'PARQUET', external_location = 'local:///${folderOf(size)}')`,
  );
  return name;
}

async function measure(name: string, table: EngineTable): Promise<string[]> {
  let bytes = 0;
  const asked: string[] = [];
  const watched: TrinoOptions = {
    ...options,
    fetch: async (url, init) => {
      if (init.method === "POST" && init.body !== undefined) asked.push(init.body);
      const answer = await fetch(url, init);
      const body = new Uint8Array(await answer.clone().arrayBuffer());
      // it was unpacked on the way
      bytes += (answer.headers.get("content-encoding") === "gzip" ? gzipSync(body) : body).byteLength;
      return answer;
    },
  };
  const began = performance.now();
  await analyzeOn(trino(watched), name, { tables: [table] });
  const wall = (performance.now() - began) / 1000;
  // the last one is the table's own; once more, for its id
  const sql = asked[asked.length - 1];
  const { id } = sweepOf(fragmentsOf(String((await client.query(`EXPLAIN (TYPE DISTRIBUTED) ${sql}`)).rows[0][0])));
  const query = await client.query(sql);
  const share = await rowsByNode(client, query.id, id);
  const shown = [...share].sort().map(([node, rows]) => `${node} ${rows.toLocaleString("en")}`);
  return [
    wall.toFixed(1),
    query.stats.cpu.toFixed(1),
    (bytes / 1000).toFixed(0),
    shown.join(", "),
    `${(100 * largestShare(share)).toFixed(1)} %`,
  ];
}
