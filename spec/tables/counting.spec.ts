import { table } from "arquero";
import { expect } from "chai";
import fc from "fast-check";
import {
  buildCallTreePerExample,
  buildConcurrencySegments,
  concurrencySpikeAnalysis,
  exclusiveIntervals,
  leafCalls,
} from "../../lib/index.js";

/** Calls on whole seconds, each below an earlier one or none, bounds as they come. */
const trees = fc.array(
  fc.record({ parent: fc.integer({ min: -1, max: 30 }), start: fc.nat({ max: 12 }), length: fc.nat({ max: 6 }) }),
  { minLength: 1, maxLength: 12, size: "max" },
);
const callsOf = (nodes: { parent: number; start: number; length: number }[]) =>
  nodes.map(({ parent, start, length }, i) => ({
    call_id: 100 + i,
    parent_call_id: parent >= 0 && i > 0 ? 100 + (parent % i) : NaN,
    start_time: start,
    end_time: start + length,
  }));
type Call = ReturnType<typeof callsOf>[number];

function ancestorsAmong(calls: readonly Call[], call: Call): Call[] {
  const parent = calls.find((other) => other.call_id === call.parent_call_id);
  return parent ? [parent, ...ancestorsAmong(calls, parent)] : [];
}

const tableOf = (calls: ReturnType<typeof callsOf>) =>
  table({
    call_id: calls.map((call) => call.call_id),
    parent_call_id: calls.map((call) => call.parent_call_id),
    start_time: calls.map((call) => call.start_time),
    end_time: calls.map((call) => call.end_time),
    depth: calls.map((call) => ancestorsAmong(calls, call).length),
  });

describe("leafCalls(calls)", () => {
  it("keeps the calls that hold none which ends with them or before", () => {
    fc.assert(
      fc.property(trees, (nodes) => {
        const calls = callsOf(nodes);
        const kept = calls.filter(
          (call) => !calls.some((other) => other.parent_call_id === call.call_id && other.end_time <= call.end_time),
        );
        const actual = leafCalls(tableOf(calls));
        expect(actual.array("call_id")).to.deep.equal(kept.map((call) => call.call_id));

        // the nearest ancestor that stays, and how many there are of them
        const ancestors = (call: Call) => ancestorsAmong(calls, call).filter((other) => kept.includes(other));
        expect(Array.from(actual.array("parent_call_id") as Float64Array)).to.deep.equal(
          kept.map((call) => ancestors(call).at(0)?.call_id ?? NaN),
        );
        expect(Array.from(actual.array("depth") as Int32Array)).to.deep.equal(kept.map((c) => ancestors(c).length));
      }),
      { numRuns: 1000 },
    );
  });

  it("keeps parallel tools that are chained as each other's parents, where each outlives the one before", () => {
    const calls = table({
      example_number: [0, 0, 0],
      operation_type: ["TOOL", "TOOL", "TOOL"],
      uuid: ["a", "b", "c"],
      parent_uuid: [null, "a", "b"],
      start_time: [0, 0.1, 0.2],
      end_time: [1, 2, 3],
    });
    expect(buildCallTreePerExample(calls, { counting: "leaf" }).array("uuid")).to.deep.equal(["a", "b", "c"]);
  });

  it("leaves a table without parents as it is", () => {
    const calls = table({ start_time: [0], end_time: [1] });
    expect(leafCalls(calls)).to.equal(calls);
    expect(concurrencySpikeAnalysis(calls, { counting: "leaf" }).calls.numRows()).to.equal(1);
  });
});

describe("exclusiveIntervals(calls)", () => {
  it("counts a call only while none below it runs, at every instant", () => {
    fc.assert(
      fc.property(trees, (nodes) => {
        const calls = callsOf(nodes);
        const segments = buildConcurrencySegments(exclusiveIntervals(tableOf(calls)));
        const at = (t: number) =>
          (segments.objects() as { start_time: number; end_time: number; concurrency: number }[]).find(
            (segment) => segment.start_time <= t && t < segment.end_time,
          )?.concurrency ?? 0;
        for (let t = 0.5; t < 20; t++) {
          const running = calls.filter((call) => call.start_time <= t && t < call.end_time);
          const waits = (call: Call) => running.some((c) => c.parent_call_id === call.call_id);
          expect(at(t), `at ${t}`).to.equal(running.filter((call) => !waits(call)).length);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("is what counting: exclusive counts, over the calls that there are", () => {
    const calls = table({
      call_id: [0, 1],
      parent_call_id: [NaN, 0],
      start_time: [0, 1],
      end_time: [4, 3],
      total_tokens: [1, 2],
    });
    const { segments, summary } = concurrencySpikeAnalysis(calls, { counting: "exclusive" });
    expect(segments.array("concurrency")).to.deep.equal([1]);
    expect(summary.object()).to.include({ calls: 2, peak: 1, makespan: 4 });
  });

  it("takes tokens and the calls of a spike from the stretches in which a call runs itself, each call once in a spike", () => {
    fc.assert(
      fc.property(trees, (nodes) => {
        const calls = callsOf(nodes);
        const tokens = calls.map((_, i) => 2 ** i);
        const result = concurrencySpikeAnalysis(tableOf(calls).assign(table({ total_tokens: tokens })), {
          counting: "exclusive",
          threshold: 1,
        });
        const runsItself = (call: Call, t: number) =>
          call.start_time <= t &&
          t < call.end_time &&
          !calls.some((c) => c.parent_call_id === call.call_id && c.start_time <= t && t < c.end_time);
        const spikes = result.spikes.objects() as { spike_id: number; start_time: number; end_time: number }[];
        const pairs = spikes.flatMap((spike) =>
          calls.flatMap((call, i) => {
            let overlap = 0;
            for (let t = spike.start_time + 0.5; t < spike.end_time; t++) overlap += Number(runsItself(call, t));
            // a call of no length, and with none below, is active at its instant
            const isInstant =
              call.start_time === call.end_time && !calls.some((c) => c.parent_call_id === call.call_id);
            const isWithin = spike.start_time < call.start_time && call.start_time < spike.end_time;
            return overlap === 0 && !(isInstant && isWithin)
              ? []
              : [{ row: { spike_id: spike.spike_id, call_id: call.call_id, overlap }, tokens: tokens[i] }];
          }),
        );
        const wanted = pairs.map(({ row }) => row);
        expect(result.spikeCalls().objects()).to.have.deep.members(wanted);
        const sum = pairs.reduce((all, pair) => all + pair.tokens, 0);
        expect(result.spikeTokens.object(1)).to.include({
          pairs: pairs.length,
          mean_in_spikes: pairs.length === 0 ? 0 : sum / pairs.length,
        });
      }),
      { numRuns: 1000 },
    );
  });

  it("takes the time of calls below out of many calls in any order of rows", () => {
    const n = 70_000;
    const place = (i: number) => (i * 30_011) % n; // 30,011 and n share no factor: every place once
    const id = Int32Array.from({ length: n }, (_, i) => place(i));
    // pairs of a parent, two seconds long, and a child in its second half
    const calls = table({
      call_id: id,
      parent_call_id: Float64Array.from(id, (call) => (call % 2 === 1 ? call - 1 : NaN)),
      start_time: Float64Array.from(id),
      end_time: Float64Array.from(id, (call) => (call % 2 === 1 ? call + 1 : call + 2)),
    });
    const { segments } = concurrencySpikeAnalysis(calls, { counting: "exclusive" });
    expect(segments.objects()).to.deep.equal([{ start_time: 0, end_time: n, duration: n, concurrency: 1 }]);
  });
});
