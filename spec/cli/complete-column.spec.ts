import { table } from "arquero";
import { expect } from "chai";
import { completeColumn } from "../../lib/cli/complete-column.js";

const tables = {
  spikes: table({ start_time: [1], duration: [1] }),
  calls: table({ start_time: [1], depth: [1], duration: [1] }),
};
const complete = (line: string) => completeColumn(line, (name) => tables[name as keyof typeof tables]);

describe("completeColumn(line, tableNamed)", () => {
  const cases: [line: string, found: string[], of: string][] = [
    ['spikes.get("du', ["duration"], "du"],
    ["spikes.get('du", ["duration"], "du"],
    ['spikes.get("', ["start_time", "duration"], ""],
    ['result.calls.array("d', ["depth", "duration"], "d"],
    ['calls.select("depth", "st', ["start_time"], "st"],
    ['spikes.join(calls, "de', ["depth"], "de"],
    ["calls.filter(d => d.de", ["depth"], "de"],
    ["calls.filter((d) => d.depth > 1 && d.du", ["duration"], "du"],
    ["calls.derive({ x: (row) => row.", ["start_time", "depth", "duration"], ""],
  ];
  for (const [line, found, of] of cases)
    it(line, () => {
      expect(complete(line)).to.deep.equal([found, of]);
    });

  it("has nothing to say elsewhere: outside of quotes, of no table, of no such column", () => {
    for (const line of [
      "spi",
      "spikes.ge",
      'spikes.get("du")',
      'spikes.get("duration").to',
      'x.get("du',
      'spikes.get("nope',
      "",
    ])
      expect(complete(line), line).to.equal(undefined);
    expect(complete("calls.filter(d => e.de")).to.equal(undefined);
  });
});
