import { join } from "node:path";
import { calls, type Consumer, READ } from "./consumer.js";
import { run } from "./run.js";
import { shownIn } from "./shown-in.js";

export const vite: Consumer = {
  name: "a page built by Vite",
  packages: ["vite@8"],
  files: {
    "public/calls.csv.gz": calls,
    "main.js": `${READ}document.body.textContent = \`\${result.summary.get("peak")} calls in flight\`;`,
    "index.html": `<!doctype html><body><script type="module" src="/main.js"></script>`,
  },
  run(folder) {
    const told = run(folder, process.execPath, "node_modules/vite/bin/vite.js", "build");
    // what it says of modules that only Node has
    if (told.includes("externalized")) throw new Error(told);
    return shownIn(join(folder, "dist"));
  },
};
