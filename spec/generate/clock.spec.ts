import { expect } from "chai";
import { Clock, microseconds, type Process } from "../../lib/generate/clock.js";

describe("Clock", () => {
  const log: string[] = [];
  const clock = new Clock();
  function* work(name: string, ...waits: readonly number[]): Process {
    for (const wait of waits) yield wait;
    log.push(`${name} ${clock.now}`);
  }

  it("wakes whoever is next, and goes on side by side until the last one ends", () => {
    function* both(): Process {
      yield* work("before", 5);
      yield* clock.all([work("slow", 10, 20), work("fast", 3), work("at once")]);
      yield* work("after", 1);
    }
    clock.start(both());
    clock.start(work("other", 9));
    while (clock.step());
    expect(log).to.deep.equal(["before 5", "at once 5", "fast 8", "other 9", "slow 35", "after 36"]);
  });

  it("takes whole microseconds, one at least", () => {
    expect([0, 1e-9, 0.25, 1.2345678].map(microseconds)).to.deep.equal([1, 1, 250_000, 1_234_568]);
  });
});
