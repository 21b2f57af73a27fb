import { expect } from "chai";
import { concurrencySpikeAnalysis, detectConcurrencySpikes, listSpikeCalls, loadTrace } from "../../lib/index.js";

/** Observable Plot and Vega-Lite take rows as they are: a class of ours in a cell would show as an object, a BigInt throws in a scale. */
function expectPlain(rows: readonly Record<string, unknown>[], name: string): void {
  expect(rows.length, name).to.be.greaterThan(0);
  for (const row of rows) {
    expect(Object.getPrototypeOf(row), name).to.equal(Object.prototype);
    for (const [column, value] of Object.entries(row)) {
      if (value !== null) expect(typeof value, `${name}.${column}`).to.be.oneOf(["number", "string"]);
    }
  }
}

describe("table.objects() for Observable Plot and Vega-Lite", () => {
  for (const file of ["research-agents.json", "support-desk.csv", "coding-sessions.csv"]) {
    it(`holds numbers, texts and null only, in every table of ${file}`, async () => {
      const trace = await loadTrace(`data/${file}`);
      const result = concurrencySpikeAnalysis(trace);
      for (const [name, table] of Object.entries(result.tables)) expectPlain(table.objects() as never, name);
      const spikes = detectConcurrencySpikes(result.segments, 5);
      expectPlain(listSpikeCalls(spikes, result.calls).objects() as never, "spike_calls");
      expectPlain(("events" in trace ? trace.events : trace.spans).objects() as never, "events or spans");
    });
  }
});
