import type { ColumnTable } from "arquero";
import type { Example } from "./example.js";
import { expectedTime, usualWindow } from "./expected-time.js";
import { incidentOf } from "./incidents.js";
import { type GenerateOptions, resolveGenerateOptions } from "./options.js";
import { simulate } from "./simulate.js";
import { spansTable } from "./spans.js";
import { Tally, type Truth } from "./truth.js";
import { makeWorld, type World } from "./world.js";

/** Rows of a table, about: examples are not cut. */
const ROWS_AT_ONCE = 5_000;

/**
 * Generates a trace of agents at work, table after table: sessions that arrive, take turns, call models and tools, at times agents within
 * agents, with exactly so many calls in exactly so many examples. The same options give the same trace. Memory is that of the examples
 * in flight. O(n log n).
 *
 * @param options see `GenerateOptions`
 * @returns tables of spans with the columns of `calls` and agent, host, attempt; an example stands whole in one table, after those that
 *   began before it. A row more for each example, of the type WORKFLOW, is around its calls. What the generator returns at its end is
 *   the truth, as of `truthOf`.
 * @throws OptionError for a wrong option, when the first table is asked for
 * @example
 * const [spans] = generateTrace({ calls: 50, examples: 5 });
 * buildCallTreePerExample(spans).numRows(); // 50
 */
export function* generateTrace(options: GenerateOptions = {}): Generator<ColumnTable, Truth, undefined> {
  const world = plan(options);
  const tally = new Tally();
  let batch: Example[] = [];
  let rows = 0;
  for (const example of simulate(world)) {
    tally.add(example);
    batch.push(example);
    rows += example.spans.length;
    if (rows >= ROWS_AT_ONCE) {
      yield spansTable(batch);
      batch = [];
      rows = 0;
    }
  }
  if (rows > 0) yield spansTable(batch);
  return tally.truth(world);
}

/**
 * What is true of the trace that these options give: the options with all defaults, the incidents, the counts, the clocks. It plays the
 * whole trace through; whoever generates it anyway gets the same at the end of `generateTrace`.
 *
 * @throws OptionError for a wrong option
 * @example
 * const { incidents } = truthOf({ incident: "burst", incidentWindow: [100, 160] });
 * incidents; // [{ kind: "burst", start_time: 100, end_time: 160, arrivals_factor: 4, latency_factor: 1 }]
 */
export function truthOf(options: GenerateOptions = {}): Truth {
  const world = plan(options);
  const tally = new Tally();
  for (const example of simulate(world)) tally.add(example);
  return tally.truth(world);
}

/** The world that these options give, with its incident in its place. */
function plan(given: GenerateOptions): World {
  const options = resolveGenerateOptions(given);
  const { incident, incidentFactor } = options;
  if (incident === "none") return makeWorld(options, []);
  const { incidentWindow = windowOf(expectedTime(options)) } = options;
  return makeWorld({ ...options, incidentWindow }, [incidentOf(incident, incidentFactor, incidentWindow)]);
}

const windowOf = (time: number): [number, number] => [
  Math.round(usualWindow[0] * time * 1e6) / 1e6,
  Math.round(usualWindow[1] * time * 1e6) / 1e6,
];
