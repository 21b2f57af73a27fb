// Runs the specs of kernels and tables in other runtimes: those that are named, or all.
import { chromium } from "./chromium.js";
import { deno } from "./deno.js";
import { node24 } from "./node24.js";

const runtimes: Readonly<Record<string, () => void | Promise<void>>> = { chromium, deno, node24 };
const names = process.argv.slice(2);

for (const name of names.length > 0 ? names : Object.keys(runtimes)) {
  if (!(name in runtimes))
    throw new Error(`there is no runtime ${name}; there are ${Object.keys(runtimes).join(", ")}`);
  await runtimes[name]();
}
