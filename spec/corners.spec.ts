import { type ColumnTable, table } from "arquero";
import { expect } from "chai";
import fc from "fast-check";
import {
  averageLatencyByMidpointConcurrency,
  buildConcurrencySegments,
  computeConcurrencyDistribution,
  computeMidpointConcurrency,
  computePercentiles,
  concurrencySpikeAnalysis,
  correlateSpikeCalls,
  detectConcurrencySpikes,
  findCallsActiveInInterval,
  findPercentileConcurrency,
  listActiveIds,
  listSpikeCalls,
  tableSpecs,
} from "../lib/index.js";
import { callsOf, corner, type Corner, fewSizes, manySizes, shuffled } from "./support/corners.js";
import * as oracle from "./support/oracle.js";
import { nearNumbers, sameNumbers } from "./support/same-numbers.js";
import { callsTable } from "./support/traces.js";

const numbers = (t: ColumnTable, name: string) => t.array(name) as ArrayLike<number>;

/** Whether no sum of lengths overflows: totals and means are finite then. */
const staysFinite = (calls: readonly oracle.OracleCall[]): boolean =>
  calls.every(({ start, end }) => !(Math.max(Math.abs(start), Math.abs(end)) > 1e300));

/** What the analysis shall find, by comparing everything with everything. */
function expected(calls: readonly oracle.OracleCall[], coalesce: boolean, given?: number) {
  const segments = oracle.segmentsBySteps(calls, coalesce);
  const totals = oracle.distribution(segments);
  const active = new Map([...totals].filter(([level]) => level > 0));
  const threshold = given ?? Math.max(1, oracle.percentile(coalesce ? active : totals, 90));
  const spikes = segments.filter((segment) => segment.concurrency >= threshold);
  return { segments, totals, active, threshold, spikes, levels: [...totals.keys()].sort((a, b) => a - b) };
}

function sameSegments(actual: ColumnTable, segments: readonly oracle.OracleSegment[]): void {
  const wanted = (of: (segment: oracle.OracleSegment) => number) => segments.map(of);
  sameNumbers(
    numbers(actual, "concurrency"),
    wanted((s) => s.concurrency),
    "concurrency",
  );
  sameNumbers(
    numbers(actual, "start_time"),
    wanted((s) => s.start),
    "start_time",
  );
  sameNumbers(
    numbers(actual, "end_time"),
    wanted((s) => s.end),
    "end_time",
  );
  sameNumbers(
    numbers(actual, "duration"),
    wanted((s) => s.end - s.start),
    "duration",
  );
}

function sameDistribution(actual: ColumnTable, { totals, active, levels }: ReturnType<typeof expected>): void {
  sameNumbers(numbers(actual, "concurrency"), levels, "levels");
  sameNumbers(
    numbers(actual, "total_time"),
    levels.map((level) => totals.get(level) as number),
    "total_time",
  );
  const total = [...totals.values()].reduce((sum, time) => sum + time, 0);
  if (Number.isFinite(total)) {
    const shares = levels.map((level) => (total > 0 ? (totals.get(level) as number) / total : 0));
    sameNumbers(numbers(actual, "share"), shares, "share");
    const cumulative = Array.from(numbers(actual, "cumulative_share"));
    let share = 0;
    nearNumbers(
      cumulative,
      shares.map((s) => (share += s)),
      "cumulative_share",
      1,
    );
    expect(Math.max(0, ...cumulative)).to.be.at.most(1);
  }
  const percentiles = [0, 50, 90, 95, 99, 99.9, 100];
  const found = computePercentiles(actual, percentiles);
  sameNumbers(
    numbers(found, "concurrency"),
    percentiles.map((p) => oracle.percentile(totals, p)),
    "percentiles",
  );
  sameNumbers(
    numbers(found, "active_concurrency"),
    percentiles.map((p) => oracle.percentile(active, p)),
    "active",
  );
  for (const p of percentiles) expect(findPercentileConcurrency(actual, p)).to.equal(oracle.percentile(totals, p));
}

function sameLatency(actual: ColumnTable, groups: ReturnType<typeof oracle.latency>): void {
  const levels = [...groups.keys()].sort((a, b) => a - b);
  const of = (level: number) => groups.get(level) as { calls: number; mean: number };
  sameNumbers(numbers(actual, "concurrency"), levels, "levels of latency");
  sameNumbers(
    numbers(actual, "calls"),
    levels.map((level) => of(level).calls),
    "calls",
  );
  nearNumbers(
    numbers(actual, "mean_latency"),
    levels.map((level) => of(level).mean),
    "mean_latency",
  );
}

function sameTokens(actual: ColumnTable, spikes: oracle.OracleSegment[], calls: readonly oracle.OracleCall[]): void {
  const wanted = (["prompt", "total"] as const).map((of) => oracle.tokensInSpikes(spikes, calls, of));
  sameNumbers(
    numbers(actual, "pairs"),
    wanted.map((w) => w.pairs),
    "pairs",
  );
  sameNumbers(
    numbers(actual, "mean_in_spikes"),
    wanted.map((w) => w.mean),
    "mean_in_spikes",
  );
}

const idsIn = (calls: readonly oracle.OracleCall[], spike: oracle.OracleSegment): string[] => {
  const ids = calls.flatMap((call, i) => {
    return oracle.isActive(call, spike.start, spike.end) ? [call.uuid ?? `#${i}`] : [];
  });
  return [...new Set(ids)].sort();
};

describe("in every corner", () => {
  it("segments, their distribution and its percentiles are what counting at each instant finds", () => {
    const agrees = (c: Corner, coalesce: boolean) => {
      const calls = callsOf(c);
      const frame = callsTable(calls);
      const wanted = expected(calls, coalesce);
      sameSegments(buildConcurrencySegments(frame, { coalesce }), wanted.segments);
      sameDistribution(computeConcurrencyDistribution(frame, { coalesce }), wanted);
    };
    fc.assert(fc.property(corner(), fc.boolean(), agrees), { numRuns: 1000 });
    fc.assert(fc.property(corner(manySizes), fc.boolean(), agrees), { numRuns: 20 });
  });

  it("spikes, their calls, ids and tokens are what comparing all pairs finds", () => {
    fc.assert(
      fc.property(corner(fewSizes), fc.boolean(), fc.integer({ min: -1, max: 40 }), (c, coalesce, threshold) => {
        const calls = callsOf(c);
        const frame = callsTable(calls);
        const { spikes } = expected(calls, coalesce, threshold);
        const found = detectConcurrencySpikes(buildConcurrencySegments(frame, { coalesce }), threshold);
        sameSegments(found, spikes);
        sameNumbers(numbers(found, "spike_id"), [...spikes.keys()], "spike_id");
        sameTokens(correlateSpikeCalls(found, frame), spikes, calls);
        expect([...listActiveIds(found, frame)]).to.deep.equal(spikes.map((spike) => idsIn(calls, spike)));

        const pairs = spikes.flatMap((spike, k) =>
          calls.flatMap((call, i) => (oracle.isActive(call, spike.start, spike.end) ? [{ ...spike, k, i, call }] : [])),
        );
        const listed = listSpikeCalls(found, frame);
        sameNumbers(
          numbers(listed, "spike_id"),
          pairs.map(({ k }) => k),
          "spike_id of calls",
        );
        sameNumbers(
          numbers(listed, "call_id"),
          pairs.map(({ i }) => i),
          "call_id",
        );
        const overlap = pairs.map(({ start, end, call }) => {
          return (call.end < end ? call.end : end) - (call.start > start ? call.start : start);
        });
        sameNumbers(numbers(listed, "overlap"), overlap, "overlap");
      }),
      { numRuns: 1000 },
    );
  });

  it("the calls active in an interval are those that overlap it", () => {
    fc.assert(
      fc.property(corner(), fc.nat(), fc.nat(), (c, a, b) => {
        const calls = callsOf(c);
        const times = calls.flatMap((call) => [call.start, call.end]).concat(0, 1);
        const [start, end] = [times[a % times.length], times[b % times.length]];
        const frame = callsTable(calls).assign(table({ at: Int32Array.from(calls.keys()) }));
        const wanted = [...calls.keys()].filter((i) => oracle.isActive(calls[i], start, end));
        sameNumbers(numbers(findCallsActiveInInterval(frame, start, end), "at"), wanted);
      }),
      { numRuns: 1000 },
    );
  });

  it("midpoint concurrency, and latency by it, are what looking at each segment finds", () => {
    fc.assert(
      fc.property(corner(), fc.boolean(), (c, coalesce) => {
        const calls = callsOf(c);
        const frame = callsTable(calls);
        const segments = buildConcurrencySegments(frame, { coalesce });
        const slow = oracle.segmentsBySteps(calls, coalesce);
        const levels = calls.map((call) => oracle.midpointLevel(call, slow));
        sameNumbers(numbers(computeMidpointConcurrency(frame, segments), "midpoint_concurrency"), levels);
        if (staysFinite(calls))
          sameLatency(averageLatencyByMidpointConcurrency(frame, segments), oracle.latency(calls, slow));
      }),
      { numRuns: 1000 },
    );
  });

  it("the whole analysis, in both modes, agrees with all of these", () => {
    fc.assert(
      fc.property(corner(fewSizes), fc.boolean(), fc.option(fc.integer({ min: 1, max: 9 })), (c, nat, given) => {
        const calls = callsOf(c);
        const { tables } = concurrencySpikeAnalysis(callsTable(calls), {
          mode: nat ? "nat" : "default",
          ...(given === null ? {} : { threshold: given }),
        });
        const wanted = expected(calls, !nat, given ?? undefined);
        const { segments, spikes } = wanted;
        sameSegments(tables.segments, segments);
        sameDistribution(tables.distribution, wanted);
        sameSegments(tables.spikes, spikes);
        sameTokens(tables.spike_tokens, spikes, calls);
        const active = nat ? spikes.map((spike) => idsIn(calls, spike).length) : spikes.map((s) => s.concurrency);
        sameNumbers(numbers(tables.spikes, "active_calls"), active, "active_calls");
        const summary = tables.summary.object() as Record<string, number>;
        expect(summary).to.include({
          calls: calls.length,
          placed: calls.filter((call) => call.start <= call.end).length,
          peak: Math.max(0, ...segments.map((segment) => segment.concurrency)),
          threshold: wanted.threshold,
          spikes: spikes.length,
        });
        if (!staysFinite(calls)) return;
        sameLatency(tables.latency_by_concurrency, oracle.latency(calls, segments));
        for (const [name, { columns }] of Object.entries(tableSpecs)) {
          const t = tables[name as keyof typeof tables] as ColumnTable | undefined;
          if (!t || name === "calls") continue;
          for (const column of columns.filter(({ type, missing }) => type === "float64" && missing === "never"))
            expect(Array.from(numbers(t, column.name)).every(Number.isFinite), `${name}, ${column.name}`).to.equal(
              true,
            );
        }
      }),
      { numRuns: 1000 },
    );
  });
});

/** Columns that add up numbers in the order of the rows, and so may differ in the last digits. */
const SUMS = new Set(["mean_latency", "mean_in_spikes", "prompt_tokens", "completion_tokens", "total_tokens"]);

type Mode = "default" | "nat";

describe("the order of the rows, in every corner", () => {
  const property = (corners: fc.Arbitrary<Corner>, numRuns: number, modes: readonly Mode[]) => {
    fc.assert(
      fc.property(corners, fc.nat(), fc.constantFrom(...modes), (c, seed, mode) => {
        const calls = callsOf(c).map((call, i) => ({ ...call, uuid: call.uuid ?? `only ${i}` }));
        if (!staysFinite(calls)) return;
        const order = shuffled([...calls.keys()], seed);
        const one = concurrencySpikeAnalysis(callsTable(calls), { mode });
        const two = concurrencySpikeAnalysis(callsTable(order.map((i) => calls[i])), { mode });
        for (const [name, first] of Object.entries(one.tables) as [keyof typeof one.tables, ColumnTable][]) {
          if (name === "calls") continue;
          const second = two.tables[name];
          expect(second.columnNames()).to.deep.equal(first.columnNames());
          for (const column of first.columnNames()) {
            const [a, b] = [first.array(column), second.array(column)] as ArrayLike<number>[];
            if (typeof a[0] !== "number") expect(b, `${name}, ${column}`).to.deep.equal(a);
            else (SUMS.has(column) ? nearNumbers : sameNumbers)(b, a, `${name}, ${column}`);
          }
        }
        const levels = numbers(computeMidpointConcurrency(one.calls, one.segments), "midpoint_concurrency");
        const others = numbers(computeMidpointConcurrency(two.calls, two.segments), "midpoint_concurrency");
        sameNumbers(
          others,
          order.map((i) => levels[i]),
          "midpoint_concurrency",
        );
        if (c.size > 100) return;
        expect([...listActiveIds(two.spikes, two.calls)]).to.deep.equal([...listActiveIds(one.spikes, one.calls)]);
      }),
      { numRuns },
    );
  };
  it("changes no result, and takes what belongs to a call with it", () => {
    property(corner(), 1000, ["default", "nat"]);
    property(corner(manySizes), 10, ["default", "nat"]);
    // so many rows that, where they lie scattered, they are brought together first
    const inOrder = {
      shape: "spread out",
      layout: "ascending",
      calls: "all in flight",
      size: 70_000,
      seed: 1,
    } as const;
    property(fc.constant(inOrder), 1, ["default"]);
  });
});

describe("calls that lie scattered, and have a duration of their own", () => {
  it("keep it when they are brought together: latency is what it says, not end − start", () => {
    const start_time = Float64Array.from({ length: 70_000 }, (_, i) => (i * 7919) % 70_000);
    const calls = table({ start_time, end_time: start_time.map((t) => t + 2), duration: start_time.map(() => 7) });
    const { latencyByConcurrency } = concurrencySpikeAnalysis(calls);
    expect(latencyByConcurrency.objects()).to.deep.equal([
      { concurrency: 1, calls: 1, mean_latency: 7 }, // the last one
      { concurrency: 2, calls: 69_999, mean_latency: 7 },
    ]);
  });
});

describe("a million calls in flight at once", () => {
  const n = 1_000_000;
  const ramp = Float64Array.from({ length: n }, (_, i) => i);
  /** `[i, 2n − i)`, or all the same: the rows are not in order. */
  const callsFrom = (start: (i: number) => number, end: (i: number) => number) => {
    const place = (i: number) => (i * 7919) % n; // 7919 is prime, so that every place is met
    return table({
      start_time: Float64Array.from(ramp, (i) => start(place(i))),
      end_time: Float64Array.from(ramp, (i) => end(place(i))),
    });
  };

  it("one within the other: each level lasts 2 s, and the last call is the spike of its own", () => {
    const calls = callsFrom(
      (i) => i,
      (i) => 2 * n - i,
    );
    const distribution = computeConcurrencyDistribution(calls);
    sameNumbers(
      numbers(distribution, "concurrency"),
      Float64Array.from(ramp, (i) => i + 1),
    );
    sameNumbers(numbers(distribution, "total_time"), new Float64Array(n).fill(2));
    sameNumbers(numbers(distribution, "first_time"), ramp);
    expect(computePercentiles(distribution, [0, 50, 90, 100]).array("concurrency")).to.deep.equal([
      1,
      n / 2,
      0.9 * n,
      n,
    ]);
    const spikes = detectConcurrencySpikes(buildConcurrencySegments(calls), n);
    expect(spikes.objects()).to.deep.equal([
      { spike_id: 0, start_time: n - 1, end_time: n + 1, duration: 2, concurrency: n, active_calls: n },
    ]);
  });

  it("all the same: one segment, one level, one spike", () => {
    const { tables } = concurrencySpikeAnalysis(
      callsFrom(
        () => 5,
        () => 8,
      ),
    );
    expect(tables.segments.objects()).to.deep.equal([{ start_time: 5, end_time: 8, duration: 3, concurrency: n }]);
    expect(tables.distribution.object()).to.deep.include({ concurrency: n, total_time: 3, share: 1, first_time: 5 });
    expect(tables.summary.object()).to.deep.include({ peak: n, p50: n, threshold: n, spikes: 1, mean_latency: 3 });
    expect(tables.latency_by_concurrency.object()).to.deep.equal({ concurrency: n, calls: n, mean_latency: 3 });
  });
});
