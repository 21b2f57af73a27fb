import { expect } from "chai";
import {
  binsTimelineChart,
  chart,
  type ChartName,
  concurrencySpikeAnalysis,
  distributionChart,
  lanesChart,
  latencyChart,
  OptionError,
  timeBins,
  timelineChart,
} from "../../../lib/index.js";
import { smallTrace } from "../../support/small-trace.js";

describe("chart(tables, name, options)", () => {
  const { tables } = concurrencySpikeAnalysis(smallTrace);
  const without = { ...tables, calls: undefined, segments: undefined };
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
  it("draws the timeline of bins where there are no segments, and of segments where there are both", () => {
    const bins = timeBins(tables.segments, 5);
    expect(chart({ ...without, bins }, "timeline", options)).to.deep.equal(
      binsTimelineChart(bins, { ...options, threshold: 2 }),
    );
    expect(chart({ ...tables, bins }, "timeline")).to.deep.equal(chart(tables, "timeline"));
  });
  it("says which table it needs and does not find", () => {
    expect(() => chart(without, "lanes")).to.throw(
      OptionError,
      "`chart` is lanes, which needs `calls`: analyse in memory, where they are made.",
    );
    expect(() => chart(without, "timeline")).to.throw(
      OptionError,
      "`chart` is timeline, which needs `segments` or `bins`: analyse in memory, where they are made.",
    );
  });
  it("says which charts there are", () => {
    expect(() => chart(tables, "pie" as ChartName)).to.throw(
      OptionError,
      '`chart` must be timeline, distribution, latency, lanes, not "pie".',
    );
  });
});
