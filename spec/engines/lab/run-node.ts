import { spawn } from "node:child_process";
import { existsSync, mkdirSync, openSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { catalogs, exchange, type LabNode, nodes, pidFile, pidOf, server, warehouse } from "./config.js";
import { findJava } from "./find-java.js";
import { install } from "./install.js";

/** Each node may use so much memory. */
const HEAP = "2G";

/** Starts a node, which goes on when this process ends. It is not yet ready then. One that runs already, whoever started it, is left alone. */
export function startNode(node: LabNode): void {
  const running = pidOf(node);
  if (running !== undefined) throw new Error(`${node.name} runs already, as process ${running}`);
  const home = install();
  configure(node, home);
  const log = openSync(join(node.folder, "log.txt"), "w");
  const child = spawn(
    join(findJava(), "bin", "java"),
    [
      `-Xmx${HEAP}`,
      "-XX:+ExitOnOutOfMemoryError",
      "-XX:ReservedCodeCacheSize=256M",
      "-Djdk.attach.allowAttachSelf=true",
      "-Dfile.encoding=UTF-8",
      "--enable-native-access=ALL-UNNAMED",
      "--sun-misc-unsafe-memory-access=allow",
      "-Dconfig=etc/config.properties",
      "-Dlog.levels-file=etc/log.properties",
      "-Dnode.environment=lab",
      `-Dnode.id=${node.name}`,
      `-Dnode.data-dir=${join(node.folder, "data")}`,
      "-Dnode.bind-ip=127.0.0.1",
      "-Dnode.internal-address=127.0.0.1",
      "-cp",
      join(home, "lib", "*"),
      "io.trino.server.TrinoServer",
    ],
    { cwd: node.folder, detached: true, stdio: ["ignore", log, log] },
  );
  if (child.pid === undefined) throw new Error(`${node.name} cannot be started`);
  writeFileSync(pidFile(node), String(child.pid));
  child.unref();
}

/** Ends a node and waits until it is gone. */
export async function stopNode(node: LabNode, signal: "SIGTERM" | "SIGKILL" = "SIGTERM"): Promise<void> {
  const pid = pidOf(node);
  if (pid !== undefined) process.kill(pid, signal);
  for (let tries = 0; pidOf(node) !== undefined; tries++) {
    if (tries === 100) process.kill(pidOf(node) ?? 0, "SIGKILL");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  rmSync(pidFile(node), { force: true });
}

function configure(node: LabNode, home: string): void {
  const isCoordinator = node === nodes[0];
  for (const folder of [join(node.folder, "etc", "catalog"), join(node.folder, "data"), warehouse, exchange])
    mkdirSync(folder, { recursive: true });
  for (const name of ["plugin", "secrets-plugin"]) {
    const link = join(node.folder, name);
    rmSync(link, { force: true });
    if (existsSync(join(home, name))) symlinkSync(join(home, name), link);
  }
  const write = (name: string, lines: readonly string[]) => {
    writeFileSync(join(node.folder, "etc", name), `${lines.join("\n")}\n`);
  };
  write("config.properties", [
    `coordinator=${isCoordinator}`,
    ...(isCoordinator ? ["node-scheduler.include-coordinator=false"] : []),
    `http-server.http.port=${node.port}`,
    `discovery.uri=${server}`,
    // a lost node is given up after these
    "exchange.max-error-duration=10s",
    "query.remote-task.max-error-duration=10s",
    // a query can turn it off by its session property `retry_policy`
    "retry-policy=TASK",
    "fault-tolerant-execution-task-memory=512MB",
    "fault-tolerant-execution-max-partition-count=8",
  ]);
  write("log.properties", ["io.trino=WARN"]);
  write("exchange-manager.properties", ["exchange-manager.name=filesystem", `exchange.base-directories=${exchange}`]);
  write(`catalog/${catalogs.memory}.properties`, ["connector.name=memory", "memory.max-data-per-node=256MB"]);
  write(`catalog/${catalogs.files}.properties`, [
    "connector.name=hive",
    "hive.metastore=file",
    "hive.metastore.catalog.dir=local:///metastore",
    "fs.native-local.enabled=true",
    `local.location=${warehouse}`,
    "hive.non-managed-table-writes-enabled=true",
  ]);
}
