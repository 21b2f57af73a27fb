import { table } from "arquero";
import { expect } from "chai";
import { concurrencySpikeAnalysis, tableSpecs } from "../../lib/index.js";
import { resultTables } from "../../lib/tables/tables.js";
import { expectShape } from "../support/columns-of.js";

const events = (n: number) =>
  table({
    example_number: Int32Array.of(0, 0).slice(0, n),
    event_type: ["LLM_START", "LLM_END"].slice(0, n),
    event_timestamp: [0, 1].slice(0, n),
    uuid: ["a", "a"].slice(0, n),
  });

describe("tableSpecs", () => {
  for (const mode of ["default", "nat"] as const) {
    for (const [what, n] of [
      ["a trace", 2],
      ["an unfinished trace", 1],
      ["an empty trace", 0],
    ] as const) {
      it(`declares the columns and types of every table of ${what}, ${mode} mode`, () => {
        const result = concurrencySpikeAnalysis(events(n), { mode });
        for (const name of resultTables) expectShape(result.tables[name], tableSpecs[name].columns);
        expectShape(result.bins(), tableSpecs.bins.columns);
        expectShape(result.spikeCalls(), tableSpecs.spike_calls.columns);
        expectShape(result.tokensInFlight(), tableSpecs.tokens_in_flight.columns);
      });
    }
  }
  it("names no column twice, and gives each a meaning", () => {
    for (const { columns, row } of Object.values(tableSpecs)) {
      expect(new Set(columns.map(({ name }) => name)).size).to.equal(columns.length);
      for (const { meaning } of columns) expect(meaning).not.to.equal("");
      expect(row).not.to.equal("");
    }
  });
});
