import { table } from "arquero";
import { expect } from "chai";
import fc from "fast-check";
import { concurrencySpikeAnalysis } from "../../lib/index.js";
import { pairByKey } from "../../lib/kernels/pair-by-key.js";
import { Fate, Phase } from "../../lib/kernels/pairing.js";

type Event = readonly [type: string, time: number, uuid: string | null, startTime?: number];

/** What the default mode makes of the events of one example. */
function read(...events: Event[]) {
  const result = concurrencySpikeAnalysis(
    table({
      example_number: new Int32Array(events.length),
      event_type: events.map(([type]) => type),
      event_timestamp: Float64Array.from(events, ([, time]) => time),
      uuid: events.map(([, , uuid]) => uuid),
      span_event_timestamp: Float64Array.from(events, ([, , , start]) => start ?? NaN),
    }),
  );
  const rows = result.calls.objects() as Record<string, number | string>[];
  const found = result.diagnostics.objects() as { code: string; events: number }[];
  return {
    calls: rows.map((c) => [c.start_time, c.end_time, c.status]),
    findings: Object.fromEntries(found.map(({ code, events }) => [code, events])),
  };
}

describe("pairing by key", () => {
  it("pairs an END that stands before its START at one instant", () => {
    expect(read(["LLM_END", 1, "a"], ["LLM_START", 1, "a"])).to.deep.equal({
      calls: [[1, 1, "ok"]],
      findings: { paired: 2 },
    });
  });

  it("makes two calls of an id that is used again, and says so", () => {
    expect(read(["LLM_START", 0, "a"], ["LLM_END", 1, "a"], ["LLM_START", 1, "a"], ["LLM_END", 3, "a"])).to.deep.equal({
      calls: [
        [0, 1, "ok"],
        [1, 3, "ok"],
      ],
      findings: { paired: 3, reused_id: 1 },
    });
  });

  it("pairs by ordinal where calls of one id overlap", () => {
    expect(
      read(["LLM_START", 0, "a"], ["LLM_START", 2, "a"], ["LLM_END", 3, "a"], ["LLM_END", 9, "a"]).calls,
    ).to.deep.equal([
      [0, 3, "ok"],
      [2, 9, "ok"],
    ]);
  });

  it("drops a line that stands there twice", () => {
    const calls = [[0, 3, "ok"]];
    expect(read(["LLM_START", 0, "a"], ["LLM_START", 0, "a"], ["LLM_END", 3, "a"])).to.deep.equal({
      calls,
      findings: { paired: 2, repeated: 1 },
    });
    expect(read(["LLM_START", 0, "a"], ["LLM_END", 3, "a"], ["LLM_END", 3, "a"])).to.deep.equal({
      calls,
      findings: { paired: 2, repeated: 1 },
    });
    expect(read(["LLM_START", 0, "a"], ["LLM_END", 3, "a"], ["LLM_START", 0, "a"], ["LLM_END", 3, "a"])).to.deep.equal({
      calls,
      findings: { paired: 2, repeated: 2 },
    });
  });

  it("keeps a call that never ended in flight until the last event of its example", () => {
    expect(read(["LLM_START", 0, "a"], ["TOOL_START", 2, "b"], ["TOOL_END", 5, "b"])).to.deep.equal({
      calls: [
        [0, 5, "unfinished"],
        [2, 5, "ok"],
      ],
      findings: { paired: 2, unfinished: 1 },
    });
  });

  it("recovers a call from an END that tells its start", () => {
    expect(read(["LLM_END", 5, "a", 2])).to.deep.equal({ calls: [[2, 5, "ok"]], findings: { recovered: 1 } });
  });

  it("reports an END without START", () => {
    expect(read(["LLM_END", 5, "a"])).to.deep.equal({ calls: [], findings: { orphaned_end: 1 } });
  });

  it("uses neither START nor END where the END comes first", () => {
    expect(read(["LLM_END", 5, "a"], ["LLM_START", 7, "a"])).to.deep.equal({
      calls: [],
      findings: { negative_duration: 2 },
    });
  });

  it("closes a call by an END of another kind, and says so", () => {
    expect(read(["LLM_START", 0, "a"], ["TOOL_END", 1, "a"])).to.deep.equal({
      calls: [[0, 1, "ok"]],
      findings: { paired: 1, mismatched_kind: 1 },
    });
  });

  it("pairs events without an id with the like of them, and two alike are two calls", () => {
    expect(
      read(["LLM_START", 0, null], ["LLM_START", 0, null], ["LLM_END", 2, null], ["LLM_END", 2, null]),
    ).to.deep.equal({
      calls: [
        [0, 2, "ok"],
        [0, 2, "ok"],
      ],
      findings: { paired: 4 },
    });
  });

  it("leaves out events without a time", () => {
    expect(read(["LLM_START", NaN, "a"], ["LLM_END", 2, "a"], ["LLM_START", Infinity, "b"])).to.deep.equal({
      calls: [],
      findings: { orphaned_end: 1, nan_time: 2 },
    });
  });

  it("does not count other kinds", () => {
    expect(read(["WORKFLOW_START", 0, "w"], ["LLM_NEW_TOKEN", 1, "a"], ["WORKFLOW_END", 9, "w"])).to.deep.equal({
      calls: [],
      findings: { ignored: 3 },
    });
  });
});

describe("pairByKey(events)", () => {
  it("agrees with a queue for each example and id, where no two events are at one instant", () => {
    const event = fc.record({ example: fc.nat(1), key: fc.nat(3), phase: fc.nat(2), kind: fc.nat(1) });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40, size: "max" }), (raw) => {
        const events = raw.map((e, time) => ({ ...e, time })).sort((a, b) => a.example - b.example || a.time - b.time);
        const found = pairByKey({
          order: Int32Array.from(events, (e) => e.time),
          examples: Int32Array.from(raw, (e) => e.example),
          times: Float64Array.from(raw.keys()),
          phases: Uint8Array.from(raw, (e) => e.phase),
          kinds: Int32Array.from(raw, (e) => e.kind),
          keys: Int32Array.from(raw, (e) => e.key),
          ids: 3, // the last key stands for events without an id
          startTimes: new Float64Array(raw.length).fill(NaN),
        });

        const fates = new Array<number>(raw.length).fill(Fate.ignored);
        const pairs: { start: number; end: number }[] = [];
        for (const example of [0, 1]) {
          const own = events.filter((e) => e.example === example);
          const calls: { start: number; end: number; key: number }[] = [];
          const orphans = new Map<number, number>(); // the last of each id
          for (const { key, phase, kind, time } of own) {
            const open = calls.find((call) => call.key === key && call.end < 0);
            if (phase === Phase.start) {
              fates[time] = key < 3 && calls.some((call) => call.key === key) ? Fate.reused : Fate.paired;
              calls.push({ start: time, end: -1, key });
            } else if (phase === Phase.end && open) {
              open.end = time;
              fates[time] = kind === raw[open.start].kind ? Fate.paired : Fate.mismatched;
            } else if (phase === Phase.end) {
              fates[time] = Fate.orphaned;
              orphans.set(key, time);
            }
          }
          for (const call of calls) {
            const early = call.key < 3 ? orphans.get(call.key) : undefined;
            if (call.end < 0 && early !== undefined) {
              fates[call.start] = fates[early] = Fate.negative;
              orphans.delete(call.key);
              continue;
            }
            if (call.end < 0) fates[call.start] = Fate.unfinished;
            pairs.push({ start: call.start, end: call.end });
          }
        }
        expect([...found.fates]).to.deep.equal(fates);
        expect([...found.starts]).to.deep.equal(pairs.map((pair) => pair.start));
        expect([...found.ends]).to.deep.equal(pairs.map((pair) => pair.end));
      }),
      { numRuns: 2000 },
    );
  });
});
