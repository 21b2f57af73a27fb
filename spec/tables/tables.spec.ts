import { desc, fromArrow, table, type ColumnTable } from "arquero";
import { expect } from "chai";
import {
  buildConcurrencySegments,
  computeMidpointConcurrency,
  concurrencySpikeAnalysis,
  detectConcurrencySpikes,
  distributionOf,
  findCallsActiveInInterval,
  findPercentileConcurrency,
  listSpikeCalls,
  loadTrace,
  TableError,
  tableSpecs,
  type TableSpec,
} from "../../lib/index.js";
import { columnOf } from "../support/columns-of.js";

const CALLS = {
  start_time: [0, 1, 5],
  end_time: [4, 3, 6],
  prompt_tokens: [10, 30, null],
  total_tokens: [15, 45, null],
  example_number: [0, 0, 1],
  note: ["x", "y", "z"],
};
const calls = (): ColumnTable => table(CALLS);

describe("every table", () => {
  it("has the columns that are declared, in their order, with their types", async () => {
    const trace = await loadTrace("data/research-agents.json");
    const result = concurrencySpikeAnalysis(trace);
    const made: Record<string, ColumnTable> = {
      ...result.tables,
      bins: result.bins(),
      spike_calls: result.spikeCalls(),
      tokens_in_flight: result.tokensInFlight(),
      events: "events" in trace ? trace.events : table({}),
    };
    expect(Object.keys(made).sort()).to.deep.equal(Object.keys(tableSpecs).sort());
    for (const [name, { columns }] of Object.entries(tableSpecs) as [string, TableSpec][]) {
      const names = made[name].columnNames();
      expect(names.slice(0, columns.length), name).to.deep.equal(columns.map((c) => c.name));
      for (const { name: c, type, missing } of columns) {
        const data = made[name].column(c) as unknown;
        if (type === "int32") expect(data, `${name}.${c}`).to.be.instanceOf(Int32Array);
        if (type === "float64") expect(data, `${name}.${c}`).to.be.instanceOf(Float64Array);
        if (type === "text")
          for (const value of data as unknown[])
            expect(value === null ? missing : typeof value).to.be.oneOf(["string", "null"]);
        if (missing === "never" && type === "float64")
          expect([...(data as Float64Array)].some(Number.isNaN), `${name}.${c}`).to.equal(false);
      }
    }
  });

  it("is empty where there are no calls", () => {
    const { tables } = concurrencySpikeAnalysis(table({ start_time: [], end_time: [] }));
    for (const name of [
      "calls",
      "segments",
      "distribution",
      "spikes",
      "latency_by_concurrency",
      "diagnostics",
    ] as const)
      expect(tables[name].numRows(), name).to.equal(0);
    expect(columnOf(tables.percentiles, "concurrency")).to.deep.equal([0, 0, 0, 0]);
    expect(tables.summary.object()).to.include({ calls: 0, makespan: 0, peak: 0, threshold: 1 });
  });
});

describe("a function that takes a table", () => {
  it("respects filters and orders", () => {
    const some = calls().filter((d: { note: string }) => d.note !== "y");
    expect(columnOf(buildConcurrencySegments(some), "concurrency")).to.deep.equal([1, 0, 1]);
    const ordered = calls().orderby("end_time");
    expect(columnOf(computeMidpointConcurrency(ordered, buildConcurrencySegments(ordered)), "note")).to.deep.equal([
      "y",
      "x",
      "z",
    ]);
    expect(columnOf(findCallsActiveInInterval(ordered, 0, 2), "note")).to.deep.equal(["y", "x"]);
  });

  it("takes a table grouped by example_number, and names groupBy for another grouping", () => {
    expect(columnOf(buildConcurrencySegments(calls().groupby("example_number")), "concurrency")).to.deep.equal([
      1, 2, 1, 0, 1,
    ]);
    expect(() => buildConcurrencySegments(calls().groupby("note"))).to.throw(
      TableError,
      /buildConcurrencySegments: the table is grouped by note.*`groupBy`/,
    );
  });

  it("takes Arrow's columns, with nulls as missing numbers", () => {
    const arrow = fromArrow(calls().toArrowIPC());
    const result = concurrencySpikeAnalysis(arrow);
    expect(result.toJSON()).to.deep.equal(concurrencySpikeAnalysis(calls()).toJSON());
    expect(result.spikeTokens.object()).to.deep.equal({ metric: "prompt_tokens", mean_in_spikes: 20, pairs: 2 });
  });

  it("names the function, the missing column, and those that stand there instead", () => {
    expect(() => buildConcurrencySegments(table({ start_time: [0], stop: [1] }))).to.throw(
      TableError,
      "buildConcurrencySegments: the table has no column end_time; it has start_time, stop.",
    );
    expect(() => buildConcurrencySegments(table({ start_time: [0], end_time: ["1 s"] }))).to.throw(
      TableError,
      'column end_time must hold numbers, but row 1 holds "1 s".',
    );
    expect(() => distributionOf(table({ start_time: [0], end_time: [1], concurrency: [0.5] }))).to.throw(
      TableError,
      "column concurrency must hold whole numbers from 0, but row 1 holds 0.5.",
    );
  });

  it("keeps further columns, and leaves its input as it was", () => {
    const input = calls();
    const before = JSON.stringify(input.objects());
    const result = concurrencySpikeAnalysis(input, { align: "start" });
    listSpikeCalls(result.spikes, input);
    expect(columnOf(result.calls, "note")).to.deep.equal(["x", "y", "z"]);
    expect(columnOf(result.calls, "start_time")).to.deep.equal([0, 1, 0]);
    expect(JSON.stringify(input.objects())).to.equal(before);
  });

  it("names the row where segments or levels are out of order", () => {
    const segments = buildConcurrencySegments(calls()).orderby(desc("start_time"));
    expect(() => computeMidpointConcurrency(calls(), segments)).to.throw(
      TableError,
      /row 2 starts before row 1\. Use orderby/,
    );
    const distribution = table({ concurrency: [2, 1], total_time: [1, 1] });
    expect(() => findPercentileConcurrency(distribution, 50)).to.throw(
      TableError,
      /levels must ascend, but row 2 does not/,
    );
  });

  it("prints no NaN where a call never ends", () => {
    expect(concurrencySpikeAnalysis(table({ start_time: [0], end_time: [Infinity] })).report()).to.not.match(
      /NaN|Infinity/,
    );
  });

  it("names the row where spikes overlap or are out of order", () => {
    const spikes = table({ start_time: [0, 1], end_time: [2, 3] });
    expect(() => listSpikeCalls(spikes, calls())).to.throw(/row 2 starts at 1, before row 1 ends at 2/);
    expect(() => detectConcurrencySpikes(buildConcurrencySegments(calls()), 1.5)).to.throw(/whole number, not 1\.5/);
  });
});
