// One suite for all engines: what they make is what the kernels make in memory, which the properties and the goldens of the kernels hold to.
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type ColumnTable, table } from "arquero";
import { expect } from "chai";
import fc from "fast-check";
import { analyzeOn, type AnalyzeOnOptions } from "../../lib/engines/analyze-on.js";
import { type Engine, type EngineInput, engineTables } from "../../lib/engines/engine.js";
import { memory } from "../../lib/engines/memory.js";
import { buildConcurrencySegments, concurrencySpikeAnalysis, loadTrace } from "../../lib/index.js";
import { expectNear } from "../support/near-tables.js";
import type { OracleCall } from "../support/oracle.js";
import * as traces from "../support/traces.js";

/** An engine that is held to the kernels. */
export interface Conforming {
  readonly name: string;
  readonly engine: () => Engine;
  /** lays a table of calls where the engine finds it */
  readonly put: (calls: ColumnTable) => EngineInput | Promise<EngineInput>;
  /** whether each query takes a while, so that only some cases have tables of their own; as groups of one table all are compared */
  readonly isSlow?: boolean;
  /** where segments can be written to, and how they are read from there */
  readonly segments: () => { readonly into: string; readonly read: () => Promise<ColumnTable> };
}

/** What the engines say of where calls come from is their own. */
const OWN = ["source", "format", "origin"];
/** Cases that also a slow engine has as tables of their own. */
const ALONE = ["no call", "of no length before, within and after others", "half of all in one burst"];
/** Goldens in which a percentile hangs on the last digit of a sum: that is the order of adding, which an engine chooses as it likes. */
const OF_ROUNDING = [
  "level-sum-in-order-of-time",
  "level-sum-plain",
  "percentile-knife-edge",
  "total-in-order-of-first-appearance",
];
const golden = fileURLToPath(new URL("../golden/", import.meta.url));

/** Random cases, the same in every run. */
const randomCases = fc.sample(traces.calls, { numRuns: 60, seed: 20261124 });

const call = (start: number, end: number, prompt = NaN, total = NaN): OracleCall => ({
  start,
  end,
  prompt,
  total,
  uuid: null,
});

/** Cases by what is special about them. */
const cases: Readonly<Record<string, readonly OracleCall[]>> = {
  "no call": [],
  "one call": [call(1, 3, 5, 8)],
  "one of no length": [call(2, 2, 5, 8)],
  "of no length before, within and after others": [
    call(0, 0, 1, 1),
    call(1, 4, 2, 3),
    call(2, 2, 4, 5),
    call(4, 4, 6, 7),
    call(9, 9, 8, 9),
  ],
  "touching ones": [call(0, 1, 1, 2), call(1, 2, 3, 4), call(2, 3, 5, 6)],
  "idle time between": [call(0, 1, 1, 2), call(5, 6, 3, 4), call(5, 7, 5, 6)],
  "all at one time": Array.from({ length: 50 }, (_, i) => call(3, 8, i, 2 * i)),
  "many on a coarse grid": Array.from({ length: 3000 }, (_, i) =>
    call((i * 7) % 50, ((i * 7) % 50) + (i % 4), i % 9, i % 11),
  ),
  "more than there are buckets, at times of their own": Array.from({ length: 3000 }, (_, i) =>
    call(i * 0.37, i * 0.37 + ((i * 7919) % 500) / 10 + 0.05, i % 9, i % 11),
  ),
  "half of all in one burst": Array.from({ length: 3000 }, (_, i) =>
    i % 2 === 0 ? call(i, i + 3.5, 1, 2) : call(1000 + i / 1e4, 1001 + i / 1e5, 3, 4),
  ),
  "a midpoint that rounds to the end": [call(1, 1 + 2 ** -52, 1, 1), call(0, 2, 1, 1)],
  "bins that are narrower than a float tells": [
    call(1.7e9, 1.7e9 + 2 ** -21, 1, 2),
    call(1.7e9 + 2 ** -22, 1.7e9 + 3 * 2 ** -22, 3, 4),
    call(1.7e9 + 2 ** -21, 1.7e9 + 3 * 2 ** -22, 5, 6),
  ],
  "times long after 1970, in floats": [call(1.7e9 + 0.1, 1.7e9 + 0.3, 1, 2), call(1.7e9 + 0.2, 1.7e9 + 0.4, 3, 4)],
};

/** Calls as a table; a case each, if they are several. */
function tableOf(...lists: readonly (readonly OracleCall[])[]): ColumnTable {
  const calls = lists.flatMap((list, k) => list.map((call) => ({ ...call, case: `case ${k}` })));
  return table({
    case: calls.map((call) => call.case),
    example_number: Int32Array.from(calls, (_, i) => i % 3),
    start_time: Float64Array.from(calls, (call) => call.start),
    end_time: Float64Array.from(calls, (call) => call.end),
    prompt_tokens: Float64Array.from(calls, (call) => call.prompt),
    total_tokens: Float64Array.from(calls, (call) => call.total),
  });
}

const isPlaced = ({ start, end }: OracleCall) => start <= end;

/** How many cases each table was compared on. */
const compared = new Map<string, Map<string, number>>();

function count(engine: string, name: string, cases: number): void {
  const own = compared.get(engine) ?? new Map<string, number>();
  compared.set(engine, own.set(name, (own.get(name) ?? 0) + cases));
}

/** Compares all tables of calls, on both engines. */
async function compare(
  { name: engineName, engine, put, segments }: Conforming,
  calls: ColumnTable,
  options: AnalyzeOnOptions = {},
  n = 1,
): Promise<void> {
  const { into, read } = segments();
  const [actual, expected] = [
    await analyzeOn(engine(), await put(calls), { ...options, tables: engineTables, segments: into }),
    await analyzeOn(memory(), calls, { ...options, tables: engineTables }),
  ];
  if (options.groupBy === undefined) {
    expectNear(await read(), buildConcurrencySegments(calls), "segments");
    count(engineName, "segments", n);
  }
  for (const name of engineTables) {
    if (name === "diagnostics") continue; // a table of calls has none
    expectNear(actual.tables[name], expected.tables[name], name, OWN);
    count(engineName, name, n);
  }
}

/** The suite. */
export function conform(on: Conforming): void {
  describe(`${on.name} gives what the kernels give`, () => {
    for (const [title, calls] of Object.entries(cases).filter(([title]) => !on.isSlow || ALONE.includes(title))) {
      it(`of ${title}`, () => compare(on, tableOf(calls), { bins: 7 }));
    }

    it("of all these but the long ones as groups of one table", async () => {
      // the long ones have more spikes together than an engine lists
      const lists = Object.values(cases).filter((calls) => calls.length > 0 && calls.length < 1000);
      await compare(on, tableOf(...lists), { groupBy: "case", bins: 6 }, lists.length);
    });

    it("of random calls, many cases as groups of one table", async () => {
      await compare(
        on,
        tableOf(...randomCases.map((calls) => calls.filter(isPlaced))),
        { groupBy: "case", bins: 5 },
        60,
      );
    });

    it("of random calls with one threshold for all groups", async () => {
      const options = { groupBy: "case", threshold: 2, bins: 3 };
      await compare(on, tableOf(...randomCases.slice(0, 20).map((calls) => calls.filter(isPlaced))), options, 20);
    });

    for (const k of on.isSlow ? [0] : [0, 1, 2]) {
      it(`of random calls alone (${k + 1})`, () =>
        compare(
          on,
          tableOf(
            randomCases
              .slice(k * 20, k * 20 + 20)
              .flat()
              .filter(isPlaced),
          ),
        ));
    }

    it("of the calls of every golden trace", async () => {
      const folders = readdirSync(golden, { withFileTypes: true }).filter(
        (entry) => entry.isDirectory() && !OF_ROUNDING.includes(entry.name),
      );
      const lists = await Promise.all(
        folders.map(async ({ name }) => {
          const trace = await loadTrace(`${golden}${name}/traces.json`).catch(() => undefined);
          if (!trace) return [];
          const { calls } = concurrencySpikeAnalysis(trace);
          const at = (column: string) => Array.from(calls.array(column) as ArrayLike<number>);
          const [starts, ends, prompts, totals] = ["start_time", "end_time", "prompt_tokens", "total_tokens"].map(at);
          return starts.map((start, i) => call(start, ends[i], prompts[i], totals[i])).filter(isPlaced);
        }),
      );
      const there = lists.filter((calls) => calls.length > 0);
      expect(there.length).to.be.greaterThan(40);
      await compare(on, tableOf(...there), { groupBy: "case", bins: 9 }, there.length);
    });

    it("of those with a value, and of a group that has none", async () => {
      const calls = table({
        start_time: [0, 1, 2, 3],
        end_time: [4, 5, 6, 7],
        prompt_tokens: [1, 2, 3, 4],
        total_tokens: [2, 3, 4, 5],
        team: ["it's", "it's", null, "its"],
        model: ["a", "b", "a", "a"],
        example_number: [0, 0, 0, 1],
      });
      await compare(on, calls, { where: { model: "a" }, groupBy: "team", bins: 4 });
    });

    it("of floats that are whole as groups and as a value, without a point", async () => {
      const calls = table({
        start_time: [0, 1, 2, 3, 4],
        end_time: [4, 5, 6, 7, 8],
        prompt_tokens: [1, 2, 3, 4, 5],
        total_tokens: [2, 3, 4, 5, 6],
        attempt: Float64Array.of(1, 1, 2, 2.5, -3),
        shard: Float64Array.of(7, 7, 7, 7, 8),
        example_number: [0, 0, 0, 0, 0],
      });
      await compare(on, calls, { where: { shard: "7" }, groupBy: "attempt", bins: 4 });
    });
  });

  after(() => {
    const own = compared.get(on.name);
    if (own)
      console.log(
        `      compared with the kernels, ${on.name}:\n${[...own].map(([name, n]) => `        ${name.padEnd(24)}${n} cases`).join("\n")}`,
      );
  });
}
