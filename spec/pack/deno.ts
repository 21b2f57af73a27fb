import { fileURLToPath } from "node:url";
import { calls, type Consumer, READ } from "./consumer.js";
import { run } from "./run.js";

const command = fileURLToPath(new URL("../../node_modules/.bin/deno", import.meta.url));
const ISOLATED = ["--no-remote", "--cached-only", "--node-modules-dir=manual"];

/** Both ways to name it: as package.json has it, and as `npm:` has it, which is looked up in node_modules too. */
export const deno: Consumer = {
  name: "Deno",
  files: {
    "calls.csv.gz": calls,
    "main.ts": `${READ}import { loadTrace as same } from "npm:spikeline";
if (same !== loadTrace) throw new Error("npm:spikeline is another");
console.log(result.summary.get("peak"), "calls in flight");`,
  },
  run(folder) {
    run(folder, command, "check", ...ISOLATED, "main.ts");
    return run(folder, command, "run", ...ISOLATED, "--allow-read", "--allow-env", "main.ts");
  },
};
