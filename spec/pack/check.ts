// Packs the package, lints what was packed, and uses it in empty projects, as those will who install it. A line each.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromiumPath } from "../support/chromium.js";
import { type Consumer, install, SAID } from "./consumer.js";
import { deno } from "./deno.js";
import { node } from "./node.js";
import { run } from "./run.js";
import { scriptTag } from "./script-tag.js";
import { bundler, nodenext } from "./typescript.js";
import { vite } from "./vite.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "spikeline-pack-"));

/** Says in a line whether something holds; what it throws says why not. */
async function check(name: string, holds: () => void | Promise<void>): Promise<void> {
  try {
    await holds();
    console.log(`ok      ${name}`);
  } catch (error) {
    console.log(`FAILED  ${name}\n${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}

async function use(consumer: Consumer, place: string, tarball: string): Promise<void> {
  mkdirSync(place);
  install(consumer, place, tarball);
  const said = await consumer.run(place);
  if (said.trim() !== SAID) throw new Error(`it said: ${said}`);
}

try {
  // of what `npm run build` made
  const [{ filename }] = JSON.parse(
    run(root, "npm", "pack", "--ignore-scripts", "--json", "--pack-destination", folder),
  ) as [{ filename: string }];
  const tarball = join(folder, filename);
  await check("publint", () => void run(root, "npx", "--no-install", "publint", "run", tarball, "--strict"));
  await check("attw", () => void run(root, "npx", "--no-install", "attw", "--profile", "esm-only", tarball));
  for (const [i, consumer] of [node, deno, bundler, nodenext].entries())
    await check(consumer.name, () => use(consumer, join(folder, String(i)), tarball));
  for (const [i, consumer] of [vite, scriptTag].entries()) {
    if (chromiumPath !== undefined) await check(consumer.name, () => use(consumer, join(folder, `page-${i}`), tarball));
    else {
      console.log(`-       ${consumer.name}: not opened, for there is no Chromium; \`npm run setup\` installs it`);
      if (process.env.SPIKELINE_REQUIRE_ALL === "1") process.exitCode = 1;
    }
  }
} finally {
  rmSync(folder, { recursive: true });
}
