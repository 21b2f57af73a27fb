import { table } from "arquero";
import { expect } from "chai";
import fc from "fast-check";
import {
  computeConcurrencyDistribution,
  concurrencySpikeAnalysis,
  exclusiveIntervals,
  TableError,
  tableSpecs,
  tokensInFlight,
} from "../../lib/index.js";
import { columnsOf, expectShape } from "../support/columns-of.js";
import { type OracleCall, segments } from "../support/oracle.js";
import { calls, callsTable } from "../support/traces.js";

describe("tokensInFlight(calls)", () => {
  it("has a row for each level of concurrency, with the tokens in flight at it", () => {
    const three = table({ start_time: [0, 1, 6], end_time: [4, 3, 7], total_tokens: [100, 500, null] });
    const found = tokensInFlight(three);
    expectShape(found, tableSpecs.tokens_in_flight.columns);
    expect(columnsOf(found)).to.deep.equal({
      concurrency: [0, 1, 2],
      total_time: [2, 3, 2],
      mean_tokens: [0, 200 / 3, 600],
      peak_tokens: [0, 100, 600],
    });
  });
  it("looks only at a stretch of time where one is given, up to its borders", () => {
    const two = table({ start_time: [0, 4, 9], end_time: [2, 8, 11], total_tokens: [10, 40, 90] });
    expect(columnsOf(tokensInFlight(two, [1, 8.5]))).to.deep.equal({
      concurrency: [0, 1],
      total_time: [2.5, 5],
      mean_tokens: [0, (1 * 10 + 4 * 40) / 5],
      peak_tokens: [0, 40],
    });
  });
  it("is empty without calls", () => {
    const none = tokensInFlight(table({ start_time: [], end_time: [], total_tokens: [] }));
    expectShape(none, tableSpecs.tokens_in_flight.columns);
    expect(none.numRows()).to.equal(0);
  });
  it("says that it needs total_tokens", () => {
    expect(() => tokensInFlight(table({ start_time: [0], end_time: [1] }))).to.throw(
      TableError,
      "tokensInFlight: the table has no column total_tokens; it has start_time, end_time.",
    );
  });

  it("agrees with looking at every call in every segment, with ties, no lengths and missing counts", () => {
    fc.assert(
      fc.property(wholeCalls, (some) => {
        expect(columnsOf(tokensInFlight(callsTable(some)))).to.deep.equal(slow(some));
      }),
      { numRuns: 1000 },
    );
  });
  it("has the levels and the times of the distribution, to the last digit", () => {
    fc.assert(
      fc.property(calls, (some) => {
        const distribution = columnsOf(computeConcurrencyDistribution(callsTable(some)));
        const { concurrency, total_time } = columnsOf(tokensInFlight(callsTable(some)));
        expect(concurrency).to.deep.equal(distribution.concurrency);
        expect(total_time).to.deep.equal(distribution.total_time);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("result.tokensInFlight()", () => {
  const levelsOf = (result: ReturnType<typeof concurrencySpikeAnalysis>) => {
    const { concurrency, total_time } = columnsOf(result.distribution);
    return { concurrency, total_time };
  };

  it("has the levels and times of the distribution in every window, also one that begins or ends in idle time", () => {
    const whole = fc.tuple(fc.nat(14), fc.nat(14)).map(([a, b]) => [Math.min(a, b), Math.max(a, b) + 1] as const);
    fc.assert(
      fc.property(wholeCalls, fc.option(whole, { nil: undefined }), (some, window) => {
        const result = concurrencySpikeAnalysis(callsTable(some), window ? { window } : {});
        expect(columnsOf(result.tokensInFlight())).to.deep.include(levelsOf(result));
      }),
      { numRuns: 1000 },
    );
  });
  it("has a call in flight only while no call below it runs, if it is counted so", () => {
    const nested = table({
      call_id: [0, 1],
      parent_call_id: [NaN, 0],
      start_time: [0, 1],
      end_time: [4, 3],
      total_tokens: [100, 500],
    });
    const result = concurrencySpikeAnalysis(nested, { counting: "exclusive" });
    expect(columnsOf(result.tokensInFlight())).to.deep.equal({
      concurrency: [1],
      total_time: [4],
      mean_tokens: [300],
      peak_tokens: [500],
    });
    expect(columnsOf(result.tokensInFlight())).to.deep.equal(columnsOf(tokensInFlight(exclusiveIntervals(nested))));
  });
});

/** Whole times and counts, so that all sums are exact. */
const bound = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: 0, max: 12 }) },
  { weight: 1, arbitrary: fc.constant(NaN) },
);
const wholeCalls: fc.Arbitrary<OracleCall[]> = fc.array(
  fc.record({
    start: bound,
    end: bound,
    prompt: fc.constant(NaN),
    total: fc.oneof(fc.nat(9), fc.nat(2 ** 40), fc.constant(NaN)),
    uuid: fc.constant(null),
  }),
  { maxLength: 20, size: "max" },
);

/** Read word by word: in each segment, the sum over the calls in flight where it begins. */
function slow(calls: readonly OracleCall[]): Record<string, number[]> {
  const levels = new Map<number, { time: number; load: number; sums: number[] }>();
  for (const { start, end, concurrency } of segments(calls, false)) {
    const running = calls.filter((call) => call.start <= start && start < call.end);
    const sum = running.reduce((tokens, { total }) => tokens + (Number.isNaN(total) ? 0 : total), 0);
    const { time, load, sums } = levels.get(concurrency) ?? { time: 0, load: 0, sums: [] };
    levels.set(concurrency, {
      time: time + end - start,
      load: load + sum * (end - start),
      sums: [...sums, sum],
    });
  }
  const ascending = [...levels].sort(([a], [b]) => a - b);
  return {
    concurrency: ascending.map(([level]) => level),
    total_time: ascending.map(([, { time }]) => time),
    mean_tokens: ascending.map(([, { time, load }]) => load / time),
    peak_tokens: ascending.map(([, { sums }]) => Math.max(...sums)),
  };
}
