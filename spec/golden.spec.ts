import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { ColumnTable } from "arquero";
import { expect } from "chai";
import {
  buildCallTreePerExample,
  buildConcurrencySegments,
  concurrencySpikeAnalysis,
  type ConcurrencyJson,
  loadTrace,
} from "../lib/index.js";
import { close } from "./support/close.js";

interface GoldenCall {
  uuid: string;
  example: number;
  operation_type: string;
  operation_name: string;
  start_time: number | string;
  end_time: number | string;
  duration: number;
  prompt_tokens: number | null;
  completion_tokens: number | null;
  total_tokens: number | null;
  parent: string | null;
  depth: number;
}

interface Expected {
  about: string;
  options: { concurrency_spike_threshold: number | null };
  result?: ConcurrencyJson;
  calls?: GoldenCall[];
  segments?: [number, number, number][];
  error?: { type: string };
}

const root = new URL("golden/", import.meta.url);
const cases = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());

const callsOf = (calls: ColumnTable): GoldenCall[] =>
  (calls.objects() as Record<string, never>[]).map((call) => ({
    uuid: call.uuid,
    example: call.example_number,
    operation_type: call.operation_type,
    operation_name: call.operation_name,
    start_time: text(call.start_time),
    end_time: text(call.end_time),
    duration: call.duration,
    prompt_tokens: orNull(call.prompt_tokens),
    completion_tokens: orNull(call.completion_tokens),
    total_tokens: orNull(call.total_tokens),
    parent: call.parent_uuid,
    depth: call.depth,
  }));

const text = (time: number): number | string => (Number.isFinite(time) ? time : String(time));
const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value);

const segmentsOf = (segments: ColumnTable): [number, number, number][] =>
  (segments.objects() as Record<string, number>[]).map((s) => [s.start_time, s.end_time, s.concurrency]);

describe("mode nat agrees with NAT's own code", () => {
  it("finds all 59 cases", () => {
    expect(cases).to.have.length(59);
  });

  for (const { name } of cases) {
    const expected = JSON.parse(readFileSync(new URL(`${name}/expected.json`, root), "utf8")) as Expected;
    const threshold = expected.options.concurrency_spike_threshold;
    const options = { mode: "nat", ...(threshold !== null && { threshold }) } as const;

    for (const file of ["traces.json", "standardized_data_all.csv"]) {
      const path = new URL(`${name}/${file}`, root);
      if (!existsSync(path)) continue;
      it(`${name}, ${file}: ${expected.about}`, async () => {
        const trace = await loadTrace(path.pathname);
        const calls = buildCallTreePerExample(trace, { pairing: "nat", parents: "stack", openCalls: "zero" });
        const result = concurrencySpikeAnalysis(trace, options);
        if (expected.calls) close(callsOf(calls), expected.calls, ["duration"]);
        if (expected.calls) close(callsOf(result.calls), expected.calls, ["duration"]);
        if (expected.segments)
          expect(segmentsOf(buildConcurrencySegments(calls, { coalesce: false }))).to.deep.equal(expected.segments);
        if (expected.result) {
          const approximate = ["concurrency_distribution", "correlation_stats", "average_latency_by_concurrency"];
          close(JSON.parse(JSON.stringify(result)), expected.result, approximate);
          expect(result.spikes.array("active_calls")).to.deep.equal(
            expected.result.spike_intervals.map((spike) => spike.active_uuids?.length),
          );
        } else {
          // where the reference fails: the empty result, and a diagnostic
          expect(result.toJSON()).to.deep.equal({
            concurrency_distribution: {},
            p50_concurrency: 0,
            p90_concurrency: 0,
            p95_concurrency: 0,
            p99_concurrency: 0,
            spike_threshold: 1,
            spike_intervals: [],
            correlation_stats: { avg_prompt_tokens: 0, avg_total_tokens: 0 },
            average_latency_by_concurrency: expected.error?.type === "IndexError" ? { 0: 0 } : {},
          });
          expect(result.diagnostics.array("code")).to.include(
            expected.error?.type === "IndexError" ? "nan_time" : "empty",
          );
        }
      });
    }
  }
});
