import { table } from "arquero";
import { expect } from "chai";
import { concurrencySpikeAnalysis } from "../../lib/index.js";
import { nearInTime } from "../../lib/tables/near-in-time.js";
import { seeded } from "../support/random.js";

const n = 70_000;
const random = seeded(5);
const sorted = Array.from({ length: n }, (_, i) => {
  const start = i + random();
  return {
    start_time: start,
    end_time: start + 40 * random(),
    prompt_tokens: Math.floor(100 * random()),
    uuid: `c${i}`,
  };
});
const shuffled = sorted
  .map((call) => ({ call, key: random() }))
  .sort((a, b) => a.key - b.key)
  .map(({ call }) => call);

/** Arquero's table of rows. */
function tableOf(rows: typeof sorted) {
  const numbers = (name: "start_time" | "end_time" | "prompt_tokens") => Float64Array.from(rows, (row) => row[name]);
  return table({
    start_time: numbers("start_time"),
    end_time: numbers("end_time"),
    prompt_tokens: numbers("prompt_tokens"),
    uuid: rows.map((row) => row.uuid),
  });
}

describe("nearInTime(calls)", () => {
  it("is the calls themselves where they are near already", () => {
    const calls = tableOf(sorted);
    expect(nearInTime(calls, "f")).to.equal(calls);
  });
  it("brings scattered rows together, with the columns that sums need", () => {
    const near = nearInTime(tableOf(shuffled), "f");
    expect(near.columnNames()).to.deep.equal(["start_time", "end_time", "prompt_tokens"]);
    const starts = Float64Array.from(near.array("start_time") as Iterable<number>);
    let most = 0;
    for (let i = 1; i < n; i++) most = Math.max(most, starts[i - 1] - starts[i]);
    expect(most).to.be.below(n / 2000);
    expect(starts.slice().sort()).to.deep.equal(Float64Array.from(sorted, (call) => call.start_time));
  });
});

describe("the analysis of scattered rows", () => {
  it("gives what it gives of sorted ones", () => {
    const ofSorted = concurrencySpikeAnalysis(tableOf(sorted));
    const ofShuffled = concurrencySpikeAnalysis(tableOf(shuffled));
    for (const name of ["segments", "distribution", "percentiles", "spikes", "spike_tokens"] as const)
      expect(ofShuffled.tables[name].objects()).to.deep.equal(ofSorted.tables[name].objects());
    const means = (result: typeof ofSorted) => [...(result.latencyByConcurrency.array("mean_latency") as Float64Array)];
    means(ofShuffled).forEach((mean, k) => {
      expect(mean).to.be.closeTo(means(ofSorted)[k], 1e-12 * mean);
    });
    expect(ofShuffled.calls.get("uuid", 0)).to.equal(shuffled[0].uuid);
  });
});
