import { expect } from "chai";
import { binLevels } from "../../lib/report/bins.js";

describe("binLevels(levels)", () => {
  const labels = (levels: number[]) => binLevels(levels).map(({ label }) => label);
  const upTo = (peak: number) => Array.from({ length: peak + 1 }, (_, level) => level);

  it("shows few levels one by one", () => {
    expect(binLevels([0, 1, 5000])).to.deep.equal([
      { label: "0", rows: [0] },
      { label: "1", rows: [1] },
      { label: "5,000", rows: [2] },
    ]);
    expect(labels(upTo(13)).length).to.equal(14);
  });
  it("doubles the width of bins where there are many, up to the highest", () => {
    expect(labels(upTo(14))).to.deep.equal(["0", "1", "2", "3–4", "5–8", "9–14"]);
    expect(labels(upTo(17)).slice(-2)).to.deep.equal(["9–16", "17"]);
    expect(labels(upTo(1500)).slice(-2)).to.deep.equal(["513–1,024", "1,025–1,500"]);
  });
  it("puts every level into one bin, within its bounds", () => {
    const levels = upTo(300).filter((level) => level % 3 !== 0);
    const rows = binLevels(levels).flatMap((bin) => bin.rows);
    expect(rows).to.deep.equal([...levels.keys()]);
  });
  it("has no bins for no levels", () => {
    expect(binLevels([])).to.deep.equal([]);
  });
});
