import { type ColumnTable, table } from "arquero";
import { expect } from "chai";
import fc from "fast-check";
import {
  averageLatencyByMidpointConcurrency,
  buildCallTreePerExample,
  buildConcurrencySegments,
  computeConcurrencyDistribution,
  computeMidpointConcurrency,
  computePercentiles,
  concurrencySpikeAnalysis,
  correlateSpikeCalls,
  detectConcurrencySpikes,
  distributionOf,
  findCallsActiveInInterval,
  findPercentileConcurrency,
  listActiveIds,
  listSpikeCalls,
} from "../lib/index.js";
import type { FindingCode } from "../lib/tables/diagnostics.js";
import { traceOf } from "./support/findings-of.js";
import * as oracle from "./support/oracle.js";
import * as traces from "./support/traces.js";

const runs = { numRuns: 1000 };
const modes = fc.boolean(); // coalesce

const near = (actual: number, expected: number) => Math.abs(actual - expected) <= 1e-12 * Math.abs(expected);
const segmentsOf = (segments: ColumnTable): oracle.OracleSegment[] =>
  (segments.objects() as Record<string, number>[]).map((s) => ({
    start: s.start_time,
    end: s.end_time,
    concurrency: s.concurrency,
  }));
const column = (t: ColumnTable, name: string): number[] => Array.from(t.array(name) as ArrayLike<number>);

describe("every table agrees with an oracle that counts active calls at each instant", () => {
  it("segments", () => {
    fc.assert(
      fc.property(traces.calls, modes, (calls, coalesce) => {
        const actual = buildConcurrencySegments(traces.callsTable(calls), { coalesce });
        expect(segmentsOf(actual).map((s) => ({ ...s, start: s.start + 0, end: s.end + 0 }))).to.deep.equal(
          oracle.segments(calls, coalesce),
        );
      }),
      runs,
    );
  });

  it("distribution, and its percentiles with idle time and without", () => {
    fc.assert(
      fc.property(traces.calls, modes, fc.double({ min: 0, max: 100, noNaN: true }), (calls, coalesce, p) => {
        const expected = oracle.distribution(oracle.segments(calls, coalesce));
        const levels = [...expected.keys()].sort((a, b) => a - b);
        const actual = computeConcurrencyDistribution(traces.callsTable(calls), { coalesce });
        expect(column(actual, "concurrency")).to.deep.equal(levels);
        expect(column(actual, "total_time")).to.deep.equal(levels.map((level) => expected.get(level)));
        const active = new Map([...expected].filter(([level]) => level > 0));
        for (const q of [p, 0, 50, 90, 95, 99, 100]) {
          expect(findPercentileConcurrency(actual, q)).to.equal(oracle.percentile(expected, q));
          expect(computePercentiles(actual, [q]).get("active_concurrency")).to.equal(oracle.percentile(active, q));
        }
      }),
      runs,
    );
  });

  it("spikes, the calls active in them, and their tokens", () => {
    fc.assert(
      fc.property(traces.calls, modes, fc.integer({ min: -1, max: 6 }), (calls, coalesce, threshold) => {
        const spikes = oracle.segments(calls, coalesce).filter((segment) => segment.concurrency >= threshold);
        const frame = traces.callsTable(calls);
        const actual = detectConcurrencySpikes(buildConcurrencySegments(frame, { coalesce }), threshold);
        expect(segmentsOf(actual).map((s) => ({ ...s, start: s.start + 0, end: s.end + 0 }))).to.deep.equal(spikes);

        const pairs = spikes.flatMap((spike, k) =>
          calls.flatMap((call, i) => (oracle.isActive(call, spike.start, spike.end) ? [[k, i]] : [])),
        );
        const listed = listSpikeCalls(actual, frame);
        expect(column(listed, "spike_id").map((k, i) => [k, column(listed, "call_id")[i]])).to.deep.equal(pairs);

        const ids = spikes.map((spike) => {
          const active = calls
            .map((call, i) => ({ id: call.uuid ?? `#${i}`, call }))
            .filter(({ call }) => oracle.isActive(call, spike.start, spike.end));
          return [...new Set(active.map(({ id }) => id))].sort((a, b) =>
            Buffer.compare(Buffer.from(a), Buffer.from(b)),
          );
        });
        expect([...listActiveIds(actual, frame)]).to.deep.equal(ids);

        const tokens = correlateSpikeCalls(actual, frame);
        (["prompt", "total"] as const).forEach((of, i) => {
          const expected = oracle.tokensInSpikes(spikes, calls, of);
          expect(tokens.get("pairs", i)).to.equal(expected.pairs);
          expect(near(tokens.get("mean_in_spikes", i) as number, expected.mean)).to.equal(true);
        });
      }),
      runs,
    );
  });

  it("calls active in an interval", () => {
    fc.assert(
      fc.property(
        traces.calls,
        fc.integer({ min: -1, max: 13 }),
        fc.integer({ min: 0, max: 5 }),
        (calls, start, length) => {
          const frame = traces.callsTable(calls).assign(table({ at: Int32Array.from(calls.keys()) }));
          const expected = calls.flatMap((call, i) => (oracle.isActive(call, start, start + length) ? [i] : []));
          expect(column(findCallsActiveInInterval(frame, start, start + length), "at")).to.deep.equal(expected);
        },
      ),
      runs,
    );
  });

  it("midpoint concurrency, and latency by it", () => {
    fc.assert(
      fc.property(traces.calls, modes, (calls, coalesce) => {
        const frame = traces.callsTable(calls);
        const segments = buildConcurrencySegments(frame, { coalesce });
        const slow = oracle.segments(calls, coalesce);
        const levels = calls.map((call) => oracle.midpointLevel(call, slow));
        expect(column(computeMidpointConcurrency(frame, segments), "midpoint_concurrency")).to.deep.equal(levels);

        const expected = [...oracle.latency(calls, slow)].sort(([a], [b]) => a - b);
        const actual = averageLatencyByMidpointConcurrency(frame, segments);
        expect(column(actual, "concurrency")).to.deep.equal(expected.map(([level]) => level));
        expect(column(actual, "calls")).to.deep.equal(expected.map(([, group]) => group.calls));
        column(actual, "mean_latency").forEach((mean, i) => {
          expect(near(mean, expected[i][1].mean), `${mean} is not ${expected[i][1].mean}`).to.equal(true);
        });
      }),
      runs,
    );
  });

  it("calls, as the reference builds them from any events", () => {
    fc.assert(
      fc.property(traces.events, (events) => {
        const calls = buildCallTreePerExample(traces.eventsTable(events), {
          pairing: "nat",
          parents: "stack",
          openCalls: "zero",
        });
        const rows = (calls.objects() as Record<string, never>[]).map((c) => ({
          uuid: c.uuid,
          start: c.start_time,
          end: c.end_time,
          depth: c.depth,
          kind: c.operation_type,
        }));
        expect(rows).to.deep.equal(oracle.natCalls(events));
      }),
      runs,
    );
  });

  it("the whole of NAT mode, from events", () => {
    fc.assert(
      fc.property(traces.events, (events) => {
        const result = concurrencySpikeAnalysis(traces.eventsTable(events), { mode: "nat" });
        const calls = oracle.natCalls(events).map((call) => ({ ...call, prompt: NaN, total: NaN }));
        const segments = oracle.segments(calls, false);
        const totals = oracle.distribution(segments);
        const threshold = Math.max(1, oracle.percentile(totals, 90));
        expect(result.summary.get("threshold")).to.equal(threshold);
        const spikes = segments.filter((segment) => segment.concurrency >= threshold);
        expect(column(result.spikes, "active_calls")).to.deep.equal(
          spikes.map((spike) => new Set(oracle.activeCalls(calls, spike).map((call) => call.uuid)).size),
        );
      }),
      runs,
    );
  });

  it("the summary", () => {
    fc.assert(
      fc.property(traces.calls, (calls) => {
        const { summary } = concurrencySpikeAnalysis(traces.callsTable(calls));
        const s = summary.object() as Record<string, number>;
        const segments = oracle.segments(calls, true);
        const totals = oracle.distribution(segments);
        const active = new Map([...totals].filter(([level]) => level > 0));
        expect(s.calls).to.equal(calls.length);
        expect(s.placed).to.equal(calls.filter((call) => call.start <= call.end).length);
        expect(s.peak).to.equal(Math.max(0, ...segments.map((segment) => segment.concurrency)));
        expect(s.p90).to.equal(oracle.percentile(totals, 90));
        expect(s.threshold).to.equal(Math.max(1, oracle.percentile(active, 90)));
        expect(s.spikes).to.equal(segments.filter((segment) => segment.concurrency >= s.threshold).length);
        expect(s.makespan).to.equal(
          segments.length > 0 ? (segments.at(-1) as oracle.OracleSegment).end - segments[0].start : 0,
        );
        expect(
          near(
            s.total_tokens,
            calls.reduce((sum, call) => sum + (call.total || 0), 0),
          ),
        ).to.equal(true);
      }),
      runs,
    );
  });
});

describe("the order of the rows", () => {
  it("changes no table but the order of calls", () => {
    fc.assert(
      fc.property(traces.calls, fc.infiniteStream(fc.nat()), (calls, keys) => {
        const shuffled = calls
          .map((call) => ({ call, key: keys.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ call }) => call);
        const one = concurrencySpikeAnalysis(traces.callsTable(calls));
        const two = concurrencySpikeAnalysis(traces.callsTable(shuffled));
        const plain = (t: ColumnTable) =>
          (t.objects() as Record<string, unknown>[]).map((row) =>
            Object.fromEntries(Object.entries(row).map(([k, v]) => [k, typeof v === "number" ? v + 0 : v])),
          );
        for (const name of ["segments", "distribution", "percentiles", "spikes"] as const) {
          expect(plain(two.tables[name])).to.deep.equal(plain(one.tables[name]));
        }
        const latency = (t: ColumnTable) => column(t, "mean_latency");
        expect(column(two.latencyByConcurrency, "calls")).to.deep.equal(column(one.latencyByConcurrency, "calls"));
        latency(two.latencyByConcurrency).forEach((mean, i) =>
          expect(near(mean, latency(one.latencyByConcurrency)[i])).to.equal(true),
        );
      }),
      runs,
    );
  });

  it("of events changes no call of the default mode", () => {
    const clean = fc.array(fc.record({ example: fc.nat(2), start: fc.nat(9), length: fc.nat(5) }), {
      maxLength: 20,
      size: "max",
    });
    fc.assert(
      fc.property(clean, fc.infiniteStream(fc.nat()), (intervals, keys) => {
        const events = intervals.flatMap(({ example, start, length }, i) => [
          { example, type: "LLM_START", time: start, uuid: `u${i}`, name: "m" },
          { example, type: "LLM_END", time: start + length, uuid: `u${i}`, name: "m" },
        ]);
        const shuffled = events
          .map((event) => ({ event, key: keys.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ event }) => event);
        const calls = buildCallTreePerExample(traces.eventsTable(shuffled));
        const rows = new Map((calls.objects() as Record<string, never>[]).map((row) => [row.uuid as string, row]));
        const parents = oracle.containment(
          intervals.map(({ example, start, length }) => ({ example, start, end: start + length })),
        );
        expect(rows.size).to.equal(intervals.length);
        intervals.forEach(({ example, start, length }, i) => {
          const row = rows.get(`u${i}`) as unknown as Record<string, unknown>;
          expect(row).to.include({
            example_number: example,
            start_time: start,
            end_time: start + length,
            status: "ok",
          });
          // of equal holders any may be the parent: compare their bounds
          const parent = parents[i] < 0 ? null : intervals[parents[i]];
          const own = row.parent_uuid === null ? null : intervals[Number((row.parent_uuid as string).slice(1))];
          expect(own).to.deep.equal(parent);
        });
      }),
      runs,
    );
  });
});

describe("diagnostics", () => {
  it("account for every event, in both modes", () => {
    fc.assert(
      fc.property(traces.events, fc.constantFrom("default", "nat"), (events, mode) => {
        const { diagnostics } = concurrencySpikeAnalysis(traces.eventsTable(events), { mode });
        expect(column(diagnostics, "events").reduce((a, b) => a + b, 0)).to.equal(events.length);
      }),
      runs,
    );
  });

  it("account for every span, and calls are what is left of them, whatever is wrong with them", () => {
    fc.assert(
      fc.property(traces.spans, traces.callOptions, (spans, options) => {
        const { calls, diagnostics } = concurrencySpikeAnalysis(traceOf(spans), options);
        expect(column(diagnostics, "events").reduce((a, b) => a + b, 0)).to.equal(spans.numRows());
        const found = diagnostics.objects() as { code: FindingCode; events: number; first_row: number }[];
        const areCalls = ["counted", "unfinished", "outside_parent", "reused_id"];
        const left = found.filter(({ code, events }) => events > 0 && areCalls.includes(code));
        expect(left.reduce((sum, { events }) => sum + events, 0)).to.equal(calls.numRows());
        // each row has one code, so no row is the first of two
        expect(new Set(found.map(({ first_row }) => first_row)).size).to.equal(found.length);
      }),
      runs,
    );
  });
});

describe("distributionOf(segments)", () => {
  it("equals computeConcurrencyDistribution(calls)", () => {
    fc.assert(
      fc.property(traces.calls, modes, (calls, coalesce) => {
        const frame = traces.callsTable(calls);
        expect(distributionOf(buildConcurrencySegments(frame, { coalesce })).objects()).to.deep.equal(
          computeConcurrencyDistribution(frame, { coalesce }).objects(),
        );
      }),
      runs,
    );
  });
});
