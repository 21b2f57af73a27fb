import { expect } from "chai";
import { arrivalsFactor, incidentOf, latencyFactor, nextEdge } from "../../lib/generate/incidents.js";

describe("incidents", () => {
  it("multiply arrivals, latency, or both by the square root", () => {
    const factors = (["burst", "slowdown", "both"] as const).map((kind) => {
      const { arrivals_factor, latency_factor } = incidentOf(kind, 9, [1, 2]);
      return [kind, arrivals_factor, latency_factor];
    });
    expect(factors).to.deep.equal([
      ["burst", 9, 1],
      ["slowdown", 1, 9],
      ["both", 3, 3],
    ]);
  });

  it("hold in [start, end), and together where they overlap", () => {
    const incidents = [incidentOf("slowdown", 4, [10, 20]), incidentOf("both", 9, [15, 30])];
    const at = (of: typeof latencyFactor) => [9, 10, 15, 19, 20, 30].map((time) => of(incidents, time));
    expect(at(latencyFactor)).to.deep.equal([1, 4, 12, 12, 3, 1]);
    expect(at(arrivalsFactor)).to.deep.equal([1, 1, 3, 3, 3, 1]);
  });

  it("have edges, one after the other", () => {
    const incidents = [incidentOf("slowdown", 4, [10, 20]), incidentOf("both", 9, [15, 30])];
    expect([0, 10, 15, 20, 30].map((time) => nextEdge(incidents, time))).to.deep.equal([10, 15, 20, 30, Infinity]);
  });
});
