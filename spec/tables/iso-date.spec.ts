import { expect } from "chai";
import { isoDate } from "../../lib/tables/iso-date.js";

describe("isoDate(nanoseconds)", () => {
  it("gives as many digits as it takes", () => {
    expect(isoDate(0n)).to.equal("1970-01-01T00:00:00.000Z");
    expect(isoDate(1_500_000n)).to.equal("1970-01-01T00:00:00.0015Z");
    expect(isoDate(1790000000000000001n)).to.equal("2026-09-21T14:13:20.000000001Z");
  });

  it("counts on from the millisecond before, also before 1970", () => {
    expect(isoDate(-1n)).to.equal("1969-12-31T23:59:59.999999999Z");
    expect(isoDate(-1_500_000n)).to.equal("1969-12-31T23:59:59.9985Z");
    expect(isoDate(-1_000_000n)).to.equal("1969-12-31T23:59:59.999Z");
  });
});
