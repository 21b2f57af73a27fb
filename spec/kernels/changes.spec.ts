import { expect } from "chai";
import { sortChanges } from "../../lib/kernels/changes.js";
import { seeded } from "../support/random.js";

const random = seeded(11);
const spread = (i: number) => i + 20 * random();
const shapes: Record<string, [n: number, start: (i: number) => number]> = {
  few: [24, spread],
  "nearly in order": [3000, spread],
  "in order": [3000, (i) => i],
  "scattered over more than the cache holds": [70_000, () => 1e5 * random()],
  "in a burst": [3000, (i) => (i % 10 === 0 ? 1500 + random() : spread(i))],
  "nearly all in a burst": [3000, (i) => (i % 10 === 0 ? spread(i) : 1500 + random())],
  "with a far outlier": [3000, (i) => (i === 7 ? 1e300 : spread(i))],
  "of equal times": [3000, () => Math.floor(50 * random())],
  "with an endless span": [3000, (i) => (i === 7 ? -Infinity : spread(i))],
};

describe("sortChanges(starts, ends)", () => {
  for (const [shape, [n, start]] of Object.entries(shapes)) {
    it(`puts starts and ends in one order of time: ${n} calls ${shape}`, () => {
      const starts = Float64Array.from({ length: n }, (_, i) => start(i));
      const ends = starts.map((s, i) => (i % 5 === 0 ? s : s + 9 * random()));
      const { times, steps } = sortChanges(starts, ends);
      expect(times).to.deep.equal(Float64Array.from([...starts, ...ends]).sort());
      expect(times.filter((_, k) => steps[k] === 1).sort()).to.deep.equal(starts.slice().sort());
      expect(times.filter((_, k) => steps[k] === -1).sort()).to.deep.equal(ends.slice().sort());
    });
  }

  it("is empty without calls", () => {
    expect(sortChanges(new Float64Array(0), new Float64Array(0)).times).to.have.length(0);
  });
});
