import { expect } from "chai";
import fc from "fast-check";
import { Clock } from "../../lib/formats/times.js";

/** A clock of whole nanoseconds that has read a first time. */
function clockFrom(first: bigint): Clock {
  const clock = new Clock();
  clock.choose("ns");
  clock.since(first);
  return clock;
}

describe("Clock.sinceDigits(text)", () => {
  it("tells the nanoseconds since the first time, like since(nanoseconds)", () => {
    const clock = clockFrom(1_767_323_045_100_000_000n);
    expect(clock.sinceDigits("1767323045100000001")).to.equal(1);
    expect(clock.sinceDigits("1767323045099999999")).to.equal(-1);
    expect(clock.sinceDigits("1767323045100000000")).to.equal(0);
    expect(clock.since(1_767_323_045_100_000_001n)).to.equal(1);
  });

  it("leaves to it what is no text of digits, what is short, and what is more than a hundred days apart", () => {
    const clock = clockFrom(1_767_323_045_100_000_000n);
    for (const text of ["", "123456789", "-1767323045100000000", "1767323045.10000000", " 1767323045100000000", "1e18"])
      expect(clock.sinceDigits(text), text).to.satisfy(Number.isNaN);
    expect(clock.sinceDigits("1777323045100000000")).to.satisfy(Number.isNaN);
    expect(new Clock().sinceDigits("1767323045100000000")).to.satisfy(Number.isNaN);
  });

  it("is exact wherever it tells anything", () => {
    const time = fc.oneof(
      fc.bigInt({ min: 0n, max: 10n ** 19n }),
      fc.bigInt({ min: 10n ** 18n, max: 10n ** 18n + 10n ** 16n }),
    );
    fc.assert(
      fc.property(time, time, fc.boolean(), (first, other, isBefore) => {
        const clock = clockFrom(isBefore ? -first : first);
        const told = clock.sinceDigits(String(other));
        if (!Number.isNaN(told)) expect(told).to.equal(clock.since(other));
      }),
      { numRuns: 2000 },
    );
  });
});
