import { expect } from "chai";
import { mean, quantile, standardDeviation, variance } from "simple-statistics";
import { openArrivals, type OpenArrivalKind } from "../../lib/generate/arrivals.js";
import { type Incident, incidentOf } from "../../lib/generate/incidents.js";
import { nextArrival } from "../../lib/generate/next-arrival.js";
import { randomStreams } from "../../lib/generate/random.js";

/** Arrivals of a kind until a time. */
function times(
  kind: OpenArrivalKind,
  rate: number,
  until: number,
  incidents: readonly Incident[] = [],
  seed = 3,
): number[] {
  const random = randomStreams(seed).arrivals;
  const next = nextArrival(random, openArrivals(kind, rate, random), rate, incidents);
  const arrived: number[] = [];
  for (let time = next(0); time < until; time = next(time)) arrived.push(time);
  return arrived;
}

const within = (arrived: readonly number[], from: number, to: number): number =>
  arrived.filter((time) => from <= time && time < to).length;

/** Variance over mean of the arrivals in stretches of so many seconds: 1 for a Poisson process. */
function dispersion(arrived: readonly number[], until: number, stretch: number): number {
  const counts = new Array<number>(Math.floor(until / stretch)).fill(0);
  for (const time of arrived) if (time < counts.length * stretch) counts[Math.floor(time / stretch)]++;
  return variance(counts) / mean(counts);
}

describe("arrivals", () => {
  it("poisson: come at the rate, with exponential gaps that know nothing of one another", () => {
    const arrived = times("poisson", 2, 20_000);
    expect(arrived.length / 20_000).to.be.closeTo(2, 0.04);
    const gaps = arrived.map((time, i) => time - (arrived[i - 1] ?? 0));
    expect(standardDeviation(gaps) / mean(gaps)).to.be.closeTo(1, 0.02);
    // P(gap > t) = e^(−rate · t)
    expect(quantile(gaps, 0.5)).to.be.closeTo(Math.LN2 / 2, 0.01);
    expect(quantile(gaps, 0.95)).to.be.closeTo(Math.log(20) / 2, 0.04);
    expect(dispersion(arrived, 20_000, 30)).to.be.closeTo(1, 0.15);
  });

  it("bursty: come at the rate in the long run, in clusters", () => {
    const arrived = times("bursty", 2, 60_000);
    expect(arrived.length / 60_000).to.be.closeTo(2, 0.15);
    expect(dispersion(arrived, 60_000, 30)).to.be.greaterThan(5);
    expect(dispersion(arrived, 60_000, 0.1)).to.be.within(1, 2); // within a state, at random
  });

  it("daily: follow the day, and come at the rate over whole days", () => {
    const day = 86_400;
    const arrived = times("daily", 0.2, 3 * day);
    expect(arrived.length / (3 * day)).to.be.closeTo(0.2, 0.005);
    const at = (hour: number): number =>
      [0, 1, 2].reduce((sum, d) => sum + within(arrived, d * day + hour * 3600, d * day + (hour + 2) * 3600), 0) /
      (3 * 7200);
    expect(at(11)).to.be.closeTo(0.36, 0.02);
    expect(at(5)).to.be.closeTo(0.2, 0.02);
    expect(at(23) / 0.2).to.be.lessThan(0.8); // half of it is in the day after
  });

  for (const kind of ["poisson", "daily", "bursty"] as const) {
    it(`${kind}: are so many times as many in an incident, from edge to edge`, () => {
      const incidents = [incidentOf("burst", 4, [40_000, 46_000])];
      // the mean of seeds, since a bursty stretch has luck of its own
      const seeds = [1, 2, 3, 4, 5, 6];
      const count = (from: number, to: number, given: readonly Incident[]): number =>
        mean(seeds.map((seed) => within(times(kind, 1, to, given, seed), from, to)));
      expect(count(40_000, 46_000, incidents) / count(40_000, 46_000, [])).to.be.closeTo(4, 0.5);
      expect(count(40_000, 40_200, incidents) / count(40_000, 40_200, [])).to.be.within(2, 8);
      expect(count(30_000, 40_000, incidents) / count(30_000, 40_000, [])).to.be.closeTo(1, 0.12);
      expect(count(46_000, 56_000, incidents) / count(46_000, 56_000, [])).to.be.closeTo(1, 0.12);
    });
  }
});

describe("nextArrival(random, arrivals, rate, incidents)", () => {
  it("does not jump over an incident that is shorter than a gap, and lets nobody arrive just because one begins or ends", () => {
    const arrived = times("poisson", 0.001, 5000, [incidentOf("burst", 1e4, [1000, 1020])]);
    expect(within(arrived, 1000, 1020)).to.be.within(160, 240);
    expect(arrived).to.not.include.members([1000]);
    expect(arrived).to.not.include.members([1020]);
    expect(arrived.length - within(arrived, 1000, 1020)).to.be.within(1, 12);
  });
});

describe("expected(time) of arrivals", () => {
  for (const kind of ["poisson", "daily", "bursty"] as const) {
    it(`${kind}: is what comes on average`, () => {
      const { expected } = { expected: (time: number) => openArrivals(kind, 1, Math.random).expected(time) };
      for (const until of [20_000, 70_000]) {
        const came = mean([1, 2, 3, 4].map((seed) => times(kind, 1, until, [], seed).length));
        expect(came / expected(until)).to.be.closeTo(1, 0.1);
      }
    });
  }
});
