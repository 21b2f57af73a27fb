// Starts a small cluster of Trino on this machine: a coordinator and two workers.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { nodes, pidOf, server } from "./config.js";
import { activeNodes, untilReady } from "./ready.js";
import { startNode } from "./run-node.js";

const LONGEST = 300;

if ((await activeNodes()) === nodes.length) console.log(`Trino is up already: ${server}`);
else {
  const begin = Date.now();
  for (const node of nodes) if (pidOf(node) === undefined) startNode(node);
  if (await untilReady(LONGEST)) {
    console.log(
      `Trino is up after ${Math.round((Date.now() - begin) / 1000)} s, with ${nodes.length} nodes: ${server}`,
    );
  } else {
    for (const { name, folder } of nodes) {
      const log = join(folder, "log.txt");
      const lines = existsSync(log) ? readFileSync(log, "utf8").trimEnd().split("\n") : [];
      console.error(`${name} (${log}):\n${lines.slice(-15).join("\n")}`);
    }
    console.error(`Trino is not up after ${LONGEST} s. npm run trino:down stops what runs.`);
    process.exitCode = 1;
  }
}
