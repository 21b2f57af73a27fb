import { stripVTControlCharacters } from "node:util";
import { desc, table } from "arquero";
import { expect } from "chai";
import { detectConcurrencySpikes } from "../../lib/index.js";
import { tableList } from "../../lib/report/table-list.js";
import { tableText } from "../../lib/report/table.js";

const spikes = detectConcurrencySpikes(
  table({ start_time: [0, 2, 3.25], end_time: [2, 3.25, 1204.5], concurrency: [3, 0, 2] }),
  1,
);

describe("tableText(table, look)", () => {
  it("tells the size, the columns with their units, and the first rows", () => {
    expect(tableText(spikes, { width: 110 })).to.equal(
      `2 rows × 6 columns
  spike_id   start_time (s)   end_time (s)   duration (s)   concurrency (calls)   active_calls (calls)
         0            0.000          2.000          2.000                     3                      3
         1            3.250      1,204.500      1,201.250                     2                      2`,
    );
  });
  it("leaves out the columns that do not fit and the rows that are too many, and says which and how many", () => {
    const text = tableText(spikes, { width: 48, rows: 1 });
    expect(text).to.equal(
      `2 rows × 6 columns
  spike_id   start_time (s)   end_time (s)
         0                0              2
  … and 1 more row
  … and 3 more columns: duration, concurrency,
    active_calls`,
    );
  });
  it("fits any width, and says the same in colour", () => {
    for (const width of [20, 30, 50, 70, 90]) {
      const text = tableText(spikes, { width });
      expect(text.split("\n").filter((line) => line.length > width)).to.deep.equal([]);
      const coloured = tableText(spikes, { width, colour: true });
      expect(coloured).to.include("\x1b[2m");
      expect(stripVTControlCharacters(coloured)).to.equal(text);
    }
  });
  it("shows texts to the left, in one line, cut; what is missing as a dash; lists as JSON", () => {
    const values = table({
      name: ["a\nb", "abcdefghijklmnopqrstuvwxyz", null],
      n: [1200, NaN, 7],
      tiny: [0.00012345, 0, NaN],
      list: [[1, 2], { big: 3n }, undefined],
    });
    expect(tableText(values)).to.equal(
      `3 rows × 4 columns
  name                           n       tiny          list
  a b                        1,200   0.000123         [1,2]
  abcdefghijklmnopqrstuvw…       –      0.000   {"big":"3"}
  –                              7          –             –`,
    );
  });
  it("respects filters and orders, and shows a table without rows or columns", () => {
    const ordered = table({ n: [1, 2, 3] })
      .filter("d => d.n > 1")
      .orderby(desc("n"));
    expect(tableText(ordered)).to.equal("2 rows × 1 column\n  n\n  3\n  2");
    expect(tableText(table({ n: [] }))).to.equal("0 rows × 1 column\n  n");
    expect(tableText(table({}))).to.equal("0 rows × 0 columns");
  });
});

describe("tableList(tables, width)", () => {
  it("tells the rows and columns of each, and what a row is", () => {
    expect(tableList({ spikes, mine: table({ a: [1] }) }, 80)).to.equal(
      `  table    rows   columns   a row is
  spikes      2         6   a segment at or above the threshold
  mine        1         1
`,
    );
  });
});
