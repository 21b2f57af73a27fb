// Measures spikeline beside peers that do the same work on the same columns; see README.md.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { measure } from "./cells.js";
import { Inputs } from "./inputs.js";
import { machine } from "./machine.js";
import { memory, nat, prompt } from "./own.js";
import { buildPeers, fileWorks, isFileWork, isPython, peers as allPeers, PYTHON, works as peerWorks } from "./peers.js";
import { report, type Results } from "./report.js";
import { orders } from "./traffic.js";

const RESULTS = new URL("results/latest.json", import.meta.url);
const README = new URL("README.md", import.meta.url);
const ORDERS_SIZE = 1e6;
const CSV_MOST = 1e6; // larger files tell nothing new, in minutes

const allWorks = [...peerWorks, ...Object.keys(fileWorks), "orders", "memory", "nat", "prompt"];
const { values } = parseArgs({
  options: {
    sizes: { type: "string", default: "1e5,1e6,1e7" },
    works: { type: "string", default: allWorks.join() },
    peers: { type: "string", default: allPeers.map(({ name }) => name).join() },
    rounds: { type: "string" },
    write: { type: "boolean", default: false },
  },
});

const works = chosen("works", allWorks);
const names = chosen(
  "peers",
  allPeers.map(({ name }) => name),
);
const asked = new Set(works.map((work) => (work === "orders" ? "tables" : work)));
const peers = allPeers.filter((peer) => names.includes(peer.name) && peer.works.some((work) => asked.has(work)));
const sizes = values.sizes.split(",").map(Number);
const rounds = values.rounds === undefined ? undefined : Number(values.rounds);
if (!sizes.every((size) => Number.isInteger(size) && size > 0))
  fail(`--sizes must be whole numbers, not ${values.sizes}.`);
if (rounds !== undefined && !(Number.isInteger(rounds) && rounds > 0))
  fail("--rounds must be a positive whole number.");
if (peers.some(isPython) && !existsSync(PYTHON)) {
  fail(
    "there is no Python environment for the Python peers. Make it: npm run bench:setup\n" +
      "Or go without them: npm run bench -- --peers spikeline,arquero,JSON.parse,hyparquet",
  );
}

console.log("Everything takes about twenty minutes; --sizes 1e5 about four.");
buildPeers();
const inputs = new Inputs();
process.on("SIGINT", () => process.exit(130)); // the peer ends of it, then the folder of the inputs is removed
try {
  const results: Results = {
    date: new Date().toISOString().slice(0, 10),
    machine: machine(peers),
    cells: [],
    files: [],
    orders: [],
  };
  for (const size of sizes) {
    for (const work of peerWorks.filter((name) => works.includes(name))) {
      if (work === "csv" && size > CSV_MOST) continue;
      say(`${work} of ${size} calls`);
      results.cells.push(...measure(inputs, peers, work, size, "exporter", rounds));
    }
  }
  for (const work of works.filter(isFileWork)) {
    const size = Math.min(fileWorks[work], Math.max(...sizes));
    say(`${work} of ${size} calls`);
    results.files.push(...measure(inputs, peers, work, size, "exporter", rounds));
  }
  if (works.includes("orders")) {
    const size = sizes.includes(ORDERS_SIZE) ? ORDERS_SIZE : Math.max(...sizes);
    const compared = peers.filter(({ name }) => name === "spikeline" || name === "numpy");
    for (const order of orders) {
      say(`tables of ${size} calls, ${order}`);
      results.orders.push(...measure(inputs, compared, "tables", size, order, rounds));
    }
  }
  if (works.includes("memory")) {
    say("memory");
    results.memory = memory(inputs, Math.max(...sizes));
  }
  if (works.includes("nat")) {
    say("the lists of NAT mode");
    results.nat = nat(inputs);
  }
  if (works.includes("prompt")) {
    say("the prompt");
    results.prompt_seconds = prompt(inputs);
  }
  mkdirSync(new URL(".", RESULTS), { recursive: true });
  writeFileSync(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
  console.log(`\n${report(results)}`);
  if (values.write) writeReadme(report(results));
} catch (error) {
  console.error(`bench: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  inputs.remove();
}

/** Puts the results between the two marks in the README. */
function writeReadme(text: string): void {
  const readme = readFileSync(README, "utf8");
  const marked = /(<!-- results -->\n).*(\n<!-- end of results -->)/s;
  writeFileSync(
    README,
    readme.replace(marked, (_, open: string, close: string) => `${open}\n${text}\n${close}`),
  );
}

function chosen(option: "works" | "peers", known: readonly string[]): string[] {
  const given = values[option].split(",");
  const unknown = given.find((name) => !known.includes(name));
  if (unknown !== undefined) fail(`--${option} names ${unknown}; there are ${known.join(", ")}.`);
  return given;
}

function say(what: string): void {
  process.stderr.write(`… ${what}\n`);
}

function fail(message: string): never {
  process.stderr.write(`bench: ${message}\n`);
  process.exit(1);
}
