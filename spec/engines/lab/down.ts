// Stops what up.ts started, and nothing else.
import { nodes, pidOf } from "./config.js";
import { stopNode } from "./run-node.js";

const running = nodes.filter((node) => pidOf(node) !== undefined);
await Promise.all(running.map((node) => stopNode(node)));
console.log(running.length > 0 ? `Stopped: ${running.map(({ name }) => name).join(", ")}` : "Trino is not up.");
