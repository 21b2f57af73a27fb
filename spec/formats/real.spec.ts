import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import {
  buildCallTreePerExample,
  buildConcurrencySegments,
  type CallOptions,
  computePercentiles,
  detectConcurrencySpikes,
  distributionOf,
  loadTrace,
  type Trace,
} from "../../lib/index.js";
import { kindsOf } from "../../lib/tables/trace.js";

/** Traces that real systems wrote, with what an independent reader found in them; they are no part of this package. */
const root = new URL("../../../shared/data/real/", import.meta.url);
const there = existsSync(new URL("expected.json", root));
const title = "real traces, against an independent reader";
// where the folder of shared data is there, these must be too
const due = process.env.SPIKELINE_REQUIRE_ALL !== undefined && existsSync(new URL("..", root));
const run = there || due;

interface Figures {
  calls: number;
  unfinished: number;
  zero_length: number;
  peak: number;
  p50: number;
  p90: number;
  p95: number;
  p99: number;
  makespan_s: number;
  busy_s: number;
  work_s: number;
  mean_in_flight: number;
  distribution_s?: Record<string, number>;
  segments: number;
  segments_coalesced: number;
  threshold: number;
  spike_segments: number;
  spike_episodes: number;
  prompt_tokens: number;
  completion_tokens: number;
  total_tokens: number;
}

interface Expected {
  calls_by_kind: Record<string, number>;
  llm_and_tool: Figures;
  llm_and_tool_leaf?: Figures;
  all_kinds: Figures;
}

const samples = [
  "chrome-trace/hta-alexnet.json",
  "chrome-trace/hta-amd-mi250.json.gz",
  "chrome-trace/hta-event-sync-multi-stream.json",
  "jaeger/kagent-helm.json",
  "jaeger/kagent-k8s.json",
  "langfuse/agno-2025-06-11.json",
  "langfuse/autogen-2025-06-06.json",
  "langfuse/claude-agent-2025-12-22.json",
  "langfuse/google-adk-2025-08-28.json",
  "langfuse/koog-2025-08-26.json",
  "langfuse/langgraph-js-2025-10-30.json",
  "langfuse/openai-agents-2025-09-30.json",
  "langfuse/pydantic-ai-tools-2025-12-04.json",
  "langfuse/vercel-aisdk-2025-11-17.json",
  "langfuse/vertex-ai-2025-08-01.json",
  "langsmith/js-wrap-openai-default.json",
  "langsmith/js-wrap-openai-stream.json",
  "langsmith/py-wrap-openai-stream.json",
  "openinference/profiler-agent-spans.csv",
  "otlp/kagent-helm-tempo-batches.json",
  "otlp/rag-earnings.json",
  "otlp/smol-deep-research.json",
  "otlp-collector-file/agento-test-traces.jsonl",
  "zipkin/ascend.json",
  "zipkin/messaging-kafka.json",
  "zipkin/smartthings-oauth-authorization.json",
  "zipkin/yelp.json",
];

/** What dedupe makes of a sample, where it changes anything, and why. */
const folded: Record<string, { calls: number; prompt: number; completion: number; why: string }> = {
  "langfuse/agno-2025-06-11.json": {
    calls: 2,
    prompt: 826,
    completion: 245,
    why: "each OpenAIChat.invoke holds the one `chat gpt-4o-mini` that it waits for, 6 ms apart; the inner one has the tokens of the request",
  },
  "langfuse/vercel-aisdk-2025-11-17.json": {
    calls: 2,
    prompt: 62,
    completion: 85,
    why: "ai.generateText holds its one doGenerate, 1 ms apart; the tool stays a call of its own",
  },
  "otlp/kagent-helm-tempo-batches.json": {
    calls: 3,
    prompt: 4648,
    completion: 129,
    why: "each generate_content holds the one openai.chat with the same tokens; the tool within the first stays a call",
  },
};

const pathOf = (sample: string): string => fileURLToPath(new URL(sample, root));
const sum = (values: Iterable<number>): number => {
  let total = 0;
  for (const value of values) total += value;
  return total;
};
const sumOf = (values: Float64Array): number => sum(values.filter((value) => !Number.isNaN(value)));

/** The figures as they are defined there: calls that never ended are counted, with their tokens, but are in flight nowhere. */
function figures(trace: Trace, options: CallOptions): Figures {
  const all = buildCallTreePerExample(trace, options);
  const calls = buildCallTreePerExample(trace, { ...options, openCalls: "drop" });
  const fine = buildConcurrencySegments(calls, { coalesce: false });
  const segments = buildConcurrencySegments(calls);
  const distribution = distributionOf(segments);
  const percentiles = computePercentiles(distribution, [50, 90, 95, 99]).array("concurrency") as Int32Array;
  const threshold = Math.max(1, percentiles[1]);
  const levels = distribution.array("concurrency") as Int32Array;
  const times = distribution.array("total_time") as Float64Array;
  const makespan = sum(times);
  const work = sumOf(calls.array("duration") as Float64Array);
  const spikes = detectConcurrencySpikes(segments, threshold);
  const starts = spikes.array("start_time") as Float64Array;
  const ends = spikes.array("end_time") as Float64Array;
  const tokens = (name: string) => sumOf(all.array(name) as Float64Array);
  return {
    calls: all.numRows(),
    unfinished: all.numRows() - calls.numRows(),
    zero_length: (calls.array("duration") as Float64Array).filter((duration) => duration === 0).length,
    peak: Math.max(0, ...levels),
    p50: percentiles[0],
    p90: percentiles[1],
    p95: percentiles[2],
    p99: percentiles[3],
    makespan_s: makespan,
    busy_s: sum(times.filter((_, k) => levels[k] > 0)),
    work_s: work,
    mean_in_flight: makespan > 0 ? work / makespan : 0,
    distribution_s: Object.fromEntries(Array.from(levels, (level, k) => [String(level), times[k]])),
    segments: fine.numRows(),
    segments_coalesced: segments.numRows(),
    threshold,
    spike_segments: detectConcurrencySpikes(fine, threshold).numRows(),
    spike_episodes: starts.filter((start, k) => k === 0 || start !== ends[k - 1]).length,
    prompt_tokens: tokens("prompt_tokens"),
    completion_tokens: tokens("completion_tokens"),
    total_tokens: tokens("total_tokens"),
  };
}

/** Counts exactly, times to a nanosecond of float seconds. */
function agree(actual: Figures, expected: Figures, path: string): void {
  for (const [name, value] of Object.entries(expected)) {
    const found = actual[name as keyof Figures];
    if (name === "distribution_s") {
      const levels = found as Record<string, number>;
      expect(Object.keys(levels), `${path}, levels`).to.deep.equal(Object.keys(value as object));
      for (const [level, time] of Object.entries(value as Record<string, number>))
        expect(levels[level], `${path}, time at ${level}`).to.be.closeTo(time, 1e-9 * Math.max(1, time));
    } else if (/_s$|mean/.test(name)) {
      expect(found, `${path}, ${name}`).to.be.closeTo(value as number, 1e-9 * Math.max(1, value as number));
    } else if (name in actual) expect(found, `${path}, ${name}`).to.equal(value);
  }
}

(run ? describe : describe.skip)(run ? title : `${title} (pending: they are not beside the project)`, () => {
  const all = run ? (JSON.parse(readFileSync(new URL("expected.json", root), "utf8")) as Record<string, Expected>) : {};

  for (const sample of samples) {
    it(sample, async () => {
      const expected = all[sample];
      const trace = await loadTrace(pathOf(sample));
      const kinds = kindsOf(trace);
      const every = buildCallTreePerExample(trace, { kinds, dedupe: false });
      const byKind: Record<string, number> = {};
      for (const kind of every.array("operation_type") as string[]) byKind[kind] = (byKind[kind] ?? 0) + 1;
      expect(byKind).to.deep.equal(expected.calls_by_kind);
      agree(figures(trace, { dedupe: false }), expected.llm_and_tool, "LLM and TOOL");
      const leaf = expected.llm_and_tool_leaf ?? expected.llm_and_tool;
      for (const dedupe of [false, true]) agree(figures(trace, { dedupe, counting: "leaf" }), leaf, "leaves");
      agree(figures(trace, { dedupe: false, kinds }), expected.all_kinds, "all kinds");

      const { calls, prompt_tokens, completion_tokens } = figures(trace, {});
      const { llm_and_tool } = expected;
      const fold = folded[sample] ?? {
        calls: llm_and_tool.calls,
        prompt: llm_and_tool.prompt_tokens,
        completion: llm_and_tool.completion_tokens,
        why: "nothing is folded",
      };
      expect([calls, prompt_tokens, completion_tokens], fold.why).to.deep.equal([
        fold.calls,
        fold.prompt,
        fold.completion,
      ]);
    });
  }
});
