import { execFileSync } from "node:child_process";
import { statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { DuckDBInstance } from "@duckdb/node-api";
import { duckdb } from "../../../lib/engines/duckdb.js";
import { memory } from "../../../lib/engines/memory.js";
import { type Engine, type EngineTable, usualTables } from "../../../lib/engines/engine.js";
import { analyzeOn, tableSql } from "../../../lib/index.js";
import { markdownTable } from "../markdown.js";
import { writeCalls } from "./write-calls.js";

interface Time {
  readonly wall: number;
  readonly cpu: number;
}

async function timed(work: () => Promise<unknown>): Promise<Time> {
  const [cpu, wall] = [process.cpuUsage(), performance.now()];
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return { wall: (performance.now() - wall) / 1000, cpu: (user + system) / 1e6 };
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1];

/** The distribution, beside the same SQL in a DuckDB that is opened for it: side by side, round by round, after one to warm up. */
export async function byHand(path: string, calls: number, rounds: number): Promise<void> {
  const sql = tableSql("distribution", { dialect: "duckdb", from: path });
  const works = {
    "analyzeOn(duckdb(), …)": () => analyzeOn(duckdb(), path, { tables: ["distribution"] }),
    "the same SQL by hand": async () => {
      const instance = await DuckDBInstance.create();
      const connection = await instance.connect();
      await connection.runAndReadAll(sql);
      connection.closeSync();
      instance.closeSync();
    },
  };
  const times = Object.keys(works).map((): Time[] => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [k, work] of Object.values(works).entries()) {
      const time = await timed(work);
      if (round > 0) times[k].push(time);
    }
  }
  const cpu = times.map((all) => median(all.map((time) => time.cpu)));
  const wall = times.map((all) => median(all.map((time) => time.wall)));
  const rows = Object.keys(works).map((name, k) => [
    name,
    cpu[k].toFixed(2),
    wall[k].toFixed(2),
    (cpu[k] / cpu[1]).toFixed(2),
    (wall[k] / wall[1]).toFixed(2),
  ]);
  console.log(`The distribution of ${calls.toExponential(0)} calls from Parquet (medians of ${rounds}):\n`);
  console.log(markdownTable(["work", "CPU s", "wall s", "CPU ratio", "wall ratio"], rows, new Set(["work"])) + "\n");
}

/** All tables, in memory and in DuckDB, each in a process of its own. */
export async function whichFits(folder: string, sizes: readonly number[], rounds: number): Promise<void> {
  const rows: string[][] = [];
  for (const size of sizes) {
    const path = await writeCalls(folder, size);
    for (const engine of ["memory", "duckdb"]) {
      const runs = Array.from({ length: Math.min(rounds, 3) }, () => inProcess(path, engine, usualTables));
      rows.push([
        size.toExponential(0),
        (statSync(path).size / 1e6).toFixed(0),
        engine,
        median(runs.map((run) => run.cpu)).toFixed(2),
        median(runs.map((run) => run.wall)).toFixed(2),
        Math.max(...runs.map((run) => run.peak)).toFixed(0),
      ]);
    }
  }
  console.log("All tables from Parquet:\n");
  console.log(
    markdownTable(["calls", "file MB", "engine", "CPU s", "wall s", "peak MB"], rows, new Set(["engine"])) + "\n",
  );
}

/** More calls than fit: each table within a limit of memory, in a process of its own. */
export function limited(path: string, calls: number, limit: string): void {
  const rows = usualTables
    .filter((name) => name !== "percentiles" && name !== "summary") // of the distribution and what spikes cost
    .map((name) => {
      try {
        const { cpu, wall, peak } = inProcess(path, limit, [name]);
        return [name, cpu.toFixed(1), wall.toFixed(1), peak.toFixed(0)];
      } catch (error) {
        if (!String((error as { stderr?: unknown }).stderr).includes("OUT_OF_MEMORY")) throw error;
        return [name, "out of memory", "", ""];
      }
    });
  console.log(
    `${calls.toExponential(0)} calls from Parquet (${(statSync(path).size / 1e6).toFixed(0)} MB) in DuckDB within ${limit}:\n`,
  );
  console.log(markdownTable(["table", "CPU s", "wall s", "peak MB of the process"], rows, new Set(["table"])) + "\n");
}

type Run = Time & { readonly peak: number };

const self = fileURLToPath(import.meta.url);

function inProcess(path: string, engine: string, tables: readonly EngineTable[]): Run {
  const args = ["--import", "tsx/esm", self, path, engine, tables.join()];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8", stdio: "pipe" })) as Run;
}

if (process.argv[1] === self) {
  const [path, name, tables] = process.argv.slice(2);
  const engine: Engine = name === "memory" ? memory() : name === "duckdb" ? duckdb() : duckdb({ memoryLimit: name });
  const time = await timed(() => analyzeOn(engine, path, { tables: tables.split(",") as EngineTable[] }));
  console.log(JSON.stringify({ ...time, peak: process.resourceUsage().maxRSS / 1000 }));
}
