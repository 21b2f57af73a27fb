import { expect } from "chai";
import { tableSpecs, type TableSpec } from "../../lib/index.js";
import { entries } from "../../lib/report/entries.js";
import { explain, explainAll, nearestNames } from "../../lib/report/explain.js";
import { findings } from "../../lib/tables/diagnostics.js";

const all = entries();

describe("explain(term, entries, width)", () => {
  it("tells every sense of a name, each with where it is found", () => {
    expect(explain("threshold", all, 80)).to.equal(
      `threshold, a term
  The concurrency from which on a segment is a spike. If nobody gives one: p90
  of busy time, at least 1; in nat mode p90 of all time.

threshold, a column of summary: int32, calls
  concurrency from which on a segment is a spike
`,
    );
  });
  it("takes columns that mean the same in several tables for one", () => {
    expect(explain("concurrency", all, 80)).to.match(/\nconcurrency, a column of segments, spikes: int32, calls\n/);
    expect(explain("spike_id", all, 80)?.match(/^spike_id/gm)).to.have.length(2);
  });
  it("takes names for one that differ in case, blanks and underscores", () => {
    for (const name of ["busy_time", "Busy Time", "busyTime", "busy-time"])
      expect(explain(name, all, 80), name).to.equal(explain("busy time", all, 80));
  });
  it("knows every table, column and code that is declared", () => {
    const columns = Object.values<TableSpec>(tableSpecs).flatMap(({ columns }) => columns.map(({ name }) => name));
    for (const name of [...Object.keys(tableSpecs), ...columns, ...Object.keys(findings)])
      expect(explain(name, all, 80), name).to.be.a("string");
  });
  it("knows nothing else", () => {
    expect(explain("makespam", all, 80)).to.equal(undefined);
    expect(explain("", all, 80)).to.equal(undefined);
  });
});

describe("nearestNames(term, entries)", () => {
  it("are those that take the fewest changes, or that hold the term", () => {
    expect(nearestNames("makespam", all)[0]).to.equal("makespan");
    expect(nearestNames("Busy Tim", all)[0]).to.equal("busy_time");
    expect(nearestNames("midpoint", all)).to.include("midpoint concurrency");
  });
});

describe("explainAll(entries, width)", () => {
  it("lists every name in lines that fit", () => {
    const text = explainAll(all, 60);
    for (const { name, group } of all) expect(text).to.include(`\n  ${name}: `).and.to.include(`${group}\n`);
    expect(Math.max(...text.split("\n").map((line) => line.length))).to.be.within(50, 60);
  });
});
