import { expect } from "chai";
import { Code, Findings } from "../../lib/tables/diagnostics.js";
import { tableSpecs } from "../../lib/index.js";
import { columnsOf, expectShape } from "../support/columns-of.js";

describe("Findings", () => {
  it("counts findings by kind, with the place of the first, in the order of the kinds", () => {
    const findings = new Findings();
    findings.add("orphaned_end", "a.json", 7, "LLM_END x");
    findings.add("paired", null, NaN, null, 2);
    findings.add("orphaned_end", "b.json", 1, "LLM_END y");
    const table = findings.table();
    expectShape(table, tableSpecs.diagnostics.columns);
    expect(columnsOf(table)).to.deep.equal({
      code: ["paired", "orphaned_end"],
      meaning: ["a START or END of a finished call", "an END without START: left out"],
      events: [2, 2],
      first_source: [null, "a.json"],
      first_row: [NaN, 7],
      example: [null, "LLM_END x"],
    });
  });
  it("counts what became of rows, and describes the first row of each code", () => {
    const findings = new Findings();
    findings.add("ignored", "a.json", 7, "{}");
    const described: [number, string][] = [];
    findings.addRows(Uint8Array.of(Code.repeated, Code.ignored, Code.counted, Code.counted), (row, code) => {
      described.push([row, code]);
      return { source: "b.json", row: row + 1, example: `${row} ${code}` };
    });
    expect(described).to.deep.equal([
      [2, "counted"],
      [1, "ignored"],
      [0, "repeated"],
    ]);
    expect(columnsOf(findings.table())).to.deep.include({
      code: ["counted", "ignored", "repeated"],
      events: [2, 2, 1],
      first_source: ["b.json", "a.json", "b.json"],
      first_row: [3, 7, 1],
      example: ["2 counted", "{}", "0 repeated"],
    });
  });
  it("adds the counts of a table, and keeps its own first places", () => {
    const read = new Findings();
    read.add("malformed", "a.json", 3, "{}", 5);
    read.add("empty", null, NaN, null);
    const findings = new Findings();
    findings.add("malformed", "z.json", 1, "[]");
    findings.addTable(read.table());
    expect(columnsOf(findings.table())).to.deep.include({
      code: ["malformed", "empty"],
      events: [6, 1],
      first_source: ["z.json", null],
      first_row: [1, NaN],
    });
  });
  it("says what was found first", () => {
    const findings = new Findings();
    expect(findings.first()).to.equal(undefined);
    findings.add("malformed", "a.json", 3, "{}");
    findings.add("paired", null, 1, null);
    expect(findings.first()).to.include({ meaning: "not an event: left out", source: "a.json", row: 3 });
  });
  it("makes an empty table of nothing", () => {
    expectShape(new Findings().table(), tableSpecs.diagnostics.columns);
  });
});
