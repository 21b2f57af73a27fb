import { expect } from "chai";
import { sparkline } from "../../lib/report/sparkline.js";

describe("sparkline(values, most)", () => {
  it("has a block for each value, as high as its share", () => {
    expect(sparkline([1, 2, 3, 4, 5, 6, 7, 8], 8)).to.equal("▁▂▃▄▅▆▇█");
    expect(sparkline([4, 0, 2], 4)).to.equal("█ ▄");
  });
  it("shows anything above 0", () => {
    expect(sparkline([1, 1000], 1000)).to.equal("▁█");
  });
  it("is blank where nothing is in flight at all", () => {
    expect(sparkline([0, 0], 0)).to.equal("  ");
  });
});
