import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** The newest server that Maven Central has. */
export const version = "476";
/** What is fetched once and kept. */
export const cache = join(process.env.SPIKELINE_CACHE ?? join(homedir(), ".cache", "spikeline"), "trino");
/** Where the nodes live: their configuration, logs and data. */
export const lab = join(cache, "lab");
/** The coordinator's port; the workers have the next ones. */
export const port = Number(process.env.SPIKELINE_TRINO_PORT ?? 18080);
export const server = `http://127.0.0.1:${port}`;
/** Where the hive catalog finds Parquet: `local:///calls` is the folder `calls` in here. */
export const warehouse = join(lab, "warehouse");
/** Where the nodes leave what others go on with, under `retry_policy` TASK. */
export const exchange = join(lab, "exchange");
export const catalogs = { files: "lake", memory: "memory" } as const;

export interface LabNode {
  readonly name: string;
  readonly port: number;
  readonly folder: string;
}

export const nodes: readonly LabNode[] = ["coordinator", "worker-1", "worker-2"].map((name, k) => ({
  name,
  port: port + k,
  folder: join(lab, name),
}));

export const pidFile = (node: LabNode): string => join(node.folder, "pid");

/** The process of a node that runs; the number in the file may be another's by now. */
export function pidOf(node: LabNode): number | undefined {
  if (!existsSync(pidFile(node))) return undefined;
  const pid = Number(readFileSync(pidFile(node), "utf8"));
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8");
    return command.includes(`-Dnode.data-dir=${join(node.folder, "data")}`) ? pid : undefined;
  } catch {
    return undefined;
  }
}
