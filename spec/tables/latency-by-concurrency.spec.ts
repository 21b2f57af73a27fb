import { table } from "arquero";
import { expect } from "chai";
import { averageLatencyByMidpointConcurrency, buildConcurrencySegments, tableSpecs } from "../../lib/index.js";
import { columnsOf, expectShape } from "../support/columns-of.js";

const latency = (calls: ReturnType<typeof table>) =>
  averageLatencyByMidpointConcurrency(calls, buildConcurrencySegments(calls));

describe("averageLatencyByMidpointConcurrency(calls, segments)", () => {
  it("is the mean duration of the calls at each level", () => {
    const result = latency(table({ start_time: [0, 1, 6, 7], end_time: [4, 3, 8, 7] }));
    expectShape(result, tableSpecs.latency_by_concurrency.columns);
    expect(columnsOf(result)).to.deep.equal({ concurrency: [0, 1, 2], calls: [1, 1, 2], mean_latency: [0, 2, 3] });
  });
  it("goes by the duration where there is one", () => {
    expect(latency(table({ start_time: [0], end_time: [4], duration: [9] })).get("mean_latency")).to.equal(9);
  });
  it("leaves out missing durations", () => {
    const result = latency(table({ start_time: [0, 0], end_time: [4, 4], duration: [null, 2] }));
    expect(columnsOf(result)).to.deep.equal({ concurrency: [2], calls: [1], mean_latency: [2] });
  });
  it("is empty for no calls", () => {
    expectShape(latency(table({ start_time: [], end_time: [] })), tableSpecs.latency_by_concurrency.columns);
  });
});
