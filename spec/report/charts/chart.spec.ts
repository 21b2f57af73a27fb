import { expect } from "chai";
import {
  chart,
  type ChartName,
  concurrencySpikeAnalysis,
  distributionChart,
  lanesChart,
  latencyChart,
  OptionError,
  timelineChart,
} from "../../../lib/index.js";
import { smallTrace } from "../../support/small-trace.js";

describe("chart(tables, name, options)", () => {
  const { tables } = concurrencySpikeAnalysis(smallTrace);
  const options = { theme: "dark", width: 300, height: 90, window: [0, 3], by: "name" } as const;

  it("is the chart of that name, with the options that concern it", () => {
    expect(chart(tables, "timeline", options)).to.deep.equal(
      timelineChart(tables.segments, { ...options, threshold: 2 }),
    );
    expect(chart(tables, "distribution", options)).to.deep.equal(distributionChart(tables.distribution, options));
    expect(chart(tables, "latency", options)).to.deep.equal(latencyChart(tables.latency_by_concurrency, options));
    expect(chart(tables, "lanes", options)).to.deep.equal(lanesChart(tables.calls, options));
  });
  it("takes another threshold than that of the analysis", () => {
    expect(chart(tables, "timeline", { threshold: 1 })).to.deep.equal(timelineChart(tables.segments, { threshold: 1 }));
  });
  it("says which charts there are", () => {
    expect(() => chart(tables, "pie" as ChartName)).to.throw(
      OptionError,
      '`chart` must be timeline, distribution, latency, lanes, not "pie".',
    );
  });
});
