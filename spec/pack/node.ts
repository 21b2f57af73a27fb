import { calls, type Consumer, READ } from "./consumer.js";
import { run } from "./run.js";

export const node: Consumer = {
  name: "Node",
  files: { "calls.csv.gz": calls, "main.js": `${READ}console.log(result.summary.get("peak"), "calls in flight");` },
  run(folder) {
    const report = run(folder, "npx", "--no-install", "spikeline", "analyze", "calls.csv.gz");
    if (!report.includes("calls")) throw new Error(`spikeline analyze printed:\n${report}`);
    return run(folder, process.execPath, "main.js");
  },
};
