import { expect } from "chai";
import fc from "fast-check";
import { max, mean, standardDeviation } from "simple-statistics";
import { arrivalKinds } from "../../lib/generate/arrivals.js";
import { incidentKinds } from "../../lib/generate/incidents.js";
import { defaultModels, type ModelProfile, type ToolProfile } from "../../lib/generate/profiles.js";
import { generatedColumns } from "../../lib/generate/spans.js";
import {
  buildCallTreePerExample,
  buildConcurrencySegments,
  concurrencySpikeAnalysis,
  generateTrace,
  type GenerateOptions,
  OptionError,
  truthOf,
} from "../../lib/index.js";
import { columnsOf, expectShape } from "../support/columns-of.js";
import { callRowsOf, durationOf, generated, type GeneratedRow, oneTable, rowsOf } from "../support/generated.js";

const anyOptions: fc.Arbitrary<GenerateOptions> = fc
  .record({
    seed: fc.nat(),
    calls: fc.integer({ min: 1, max: 400 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    arrivals: fc.constantFrom(...arrivalKinds),
    failures: fc.constantFrom(0, 0.1, 0.6, 1),
    retries: fc.integer({ min: 0, max: 3 }),
    missingEnds: fc.constantFrom(0, 0.2, 1),
    clockSkew: fc.constantFrom(0, 0.5),
    incident: fc.constantFrom(...incidentKinds, "none" as const),
  })
  .map(({ share, ...options }) => ({ ...options, examples: Math.max(1, Math.round(share * options.calls)) }));

/** The children of each operation, by its id. */
function childrenOf(rows: readonly GeneratedRow[]): Map<string, GeneratedRow[]> {
  const children = new Map<string, GeneratedRow[]>();
  for (const row of rows)
    if (row.parent_uuid !== null) children.set(row.parent_uuid, [...(children.get(row.parent_uuid) ?? []), row]);
  return children;
}

const share = (rows: readonly GeneratedRow[], status: string): number =>
  rows.filter((row) => row.status === status).length / rows.length;

const outsideOfParents = (rows: readonly GeneratedRow[]): number => {
  const byId = new Map(rows.map((row) => [row.uuid, row]));
  return rows.filter((row) => {
    const parent = row.parent_uuid === null ? undefined : byId.get(row.parent_uuid);
    return parent && (row.start_time < parent.start_time || row.end_time > parent.end_time);
  }).length;
};

describe("generateTrace(options)", () => {
  it("has exactly so many calls in exactly so many examples, retries among them, and its truth counts them", () => {
    fc.assert(
      fc.property(anyOptions, (options) => {
        const trace = generated(options);
        const calls = callRowsOf(trace);
        const { truth } = trace;
        expect(calls.length).to.equal(options.calls);
        expect(new Set(calls.map((row) => row.example_number)).size).to.equal(options.examples);
        expect(rowsOf(trace).length).to.equal(calls.length + (options.examples ?? 0));
        expect([truth.calls, truth.examples]).to.deep.equal([options.calls, options.examples]);
        expect([truth.failures, truth.unfinished, truth.retries]).to.deep.equal([
          calls.filter((row) => row.status === "error").length,
          calls.filter((row) => row.status === "unfinished").length,
          calls.filter((row) => row.attempt > 1).length,
        ]);
      }),
      { numRuns: 200 },
    );
  });

  it("is the same for the same seed and another for another one, and its truth is that of truthOf", () => {
    const options = { calls: 300, failures: 0.1, arrivals: "bursty", incident: "both" } as const;
    const [first, again, other] = [generated(options), generated(options), generated({ ...options, seed: 2 })];
    expect(columnsOf(oneTable(again))).to.deep.equal(columnsOf(oneTable(first)));
    expect(columnsOf(oneTable(other))).to.not.deep.equal(columnsOf(oneTable(first)));
    expect(truthOf(options)).to.deep.equal(first.truth);
  });

  it("is the same with the options that its truth tells", () => {
    for (const arrivals of arrivalKinds) {
      const first = generated({ calls: 200, arrivals, incident: "slowdown", clockSkew: 0.1, missingEnds: 0.1 });
      const told = JSON.parse(JSON.stringify(first.truth.options)) as GenerateOptions;
      const again = generated(told);
      expect(columnsOf(oneTable(again))).to.deep.equal(columnsOf(oneTable(first)));
      expect(again.truth).to.deep.equal(first.truth);
    }
  });

  it("gives tables of spans, examples ascending by start and each whole in one of them", () => {
    const trace = generated({ calls: 12_000, clockSkew: 0 });
    expect(trace.tables.length).to.equal(3);
    const numbers = trace.tables.map((spans) => [...new Set(columnsOf(spans).example_number)]);
    expect(numbers.flat()).to.deep.equal(Array.from({ length: 1000 }, (_, i) => i));
    const starts = rowsOf(trace)
      .filter((row) => row.operation_type === "WORKFLOW")
      .map((row) => row.start_time);
    expect(starts).to.deep.equal(starts.slice().sort((a, b) => a - b));
  });

  it("has the columns that are told, of their types", () => {
    expectShape(generated({ calls: 100, missingEnds: 0.1 }).tables[0], generatedColumns);
  });

  it("makes its first table before it knows the last one", () => {
    const [spans] = generateTrace({ calls: 1e9, examples: 1e8 });
    expect(spans.numRows()).to.be.within(5000, 5500);
  });

  it("has the makespan that an analysis finds", () => {
    const trace = generated({ calls: 500 });
    const result = concurrencySpikeAnalysis(buildCallTreePerExample(oneTable(trace)));
    expect(result.summary.get("makespan")).to.be.closeTo(trace.truth.makespan, 1e-9);
    expect(result.summary.get("start_time")).to.equal(trace.truth.start_time);
  });

  it("refuses wrong options when the first table is asked for", () => {
    expect(() => generateTrace({ calls: -1 }).next()).to.throw(
      OptionError,
      "`calls` must be a positive integer, not -1.",
    );
  });
});

describe("agents", () => {
  const trace = generated({ calls: 12_000, seed: 4 });
  const rows = rowsOf(trace);
  const calls = callRowsOf(trace);
  const children = childrenOf(rows);
  const inside = (name: string): GeneratedRow[] =>
    calls.filter((row) => row.operation_name === name).flatMap((row) => children.get(row.uuid) ?? []);

  it("begin with a model call and close with one, whatever they do between", () => {
    for (const workflow of rows.filter((row) => row.operation_type === "WORKFLOW")) {
      const own = (children.get(workflow.uuid) ?? []).sort((a, b) => a.start_time - b.start_time);
      expect(own[0].operation_type).to.equal("LLM");
      const lastToEnd = own.reduce((last, row) => (row.end_time > last.end_time ? row : last));
      expect(lastToEnd.operation_type).to.equal("LLM");
    }
  });

  it("use tools side by side: calls of one agent overlap only where they are tools", () => {
    let overlaps = 0;
    for (const own of children.values()) {
      for (let i = 1; i < own.length; i++) {
        if (own[i].start_time >= own[i - 1].end_time) continue;
        overlaps++;
        expect([own[i - 1].operation_type, own[i].operation_type]).to.deep.equal(["TOOL", "TOOL"]);
      }
    }
    expect(overlaps).to.be.greaterThan(1000);
  });

  it("work in tools, too, which enclose their calls", () => {
    expect(inside("fetch_page").length).to.be.greaterThan(100);
    expect(inside("sub_agent").length).to.be.greaterThan(100);
    expect(outsideOfParents(rows)).to.equal(0);
    const parents = new Map(rows.map((row) => [row.uuid, row]));
    const deep = calls.filter((row) => parents.get(row.parent_uuid ?? "")?.operation_type === "TOOL");
    expect(new Set(deep.map((row) => row.agent))).to.deep.equal(new Set(["fetch_page", "sub_agent"]));
  });

  it("read more from call to call: a prompt holds the one before it and the answer to that", () => {
    let all = 0;
    let summedUp = 0;
    for (const own of children.values()) {
      const asked = own.filter((row) => row.operation_type === "LLM");
      for (let i = 1; i < asked.length; i++, all++) {
        if (asked[i].prompt_tokens < asked[i - 1].prompt_tokens + asked[i - 1].completion_tokens) summedUp++;
      }
    }
    expect(all).to.be.greaterThan(4000);
    expect(summedUp / all).to.be.lessThan(0.001);
  });

  it("sum up what they have read before it is too much", () => {
    const prompts = callRowsOf(generated({ calls: 3000, examples: 2 }))
      .map((row) => row.prompt_tokens)
      .filter((prompt) => !Number.isNaN(prompt));
    expect(max(prompts)).to.be.within(100_000, 120_000);
  });

  it("wait between turns, by the gap", () => {
    const length = (gap: number): number =>
      mean(
        rowsOf(generated({ calls: 2000, gap }))
          .filter((row) => row.operation_type === "WORKFLOW")
          .map(durationOf),
      );
    expect(length(100) - length(1)).to.be.within(100, 300); // two or three turns
  });
});

describe("service times", () => {
  const tool: ToolProfile = { name: "t", weight: 1, mean: 2, cv: 0.5 };
  const model: ModelProfile = { ...defaultModels[0], firstToken: 0.5, perToken: 0.01, cv: 0.4, completionCv: 1 };
  const calls = callRowsOf(generated({ calls: 20_000, models: [model], tools: [tool] }));

  it("of tools have their mean and their coefficient of variation", () => {
    const seconds = calls.filter((row) => row.operation_type === "TOOL").map(durationOf);
    expect(mean(seconds)).to.be.closeTo(2, 0.05);
    expect(standardDeviation(seconds) / mean(seconds)).to.be.closeTo(0.5, 0.03);
  });

  it("of models grow with the tokens of the answer, and spread about that", () => {
    const answers = calls.filter((row) => row.operation_type === "LLM");
    const spread = answers.map((row) => durationOf(row) / (0.5 + 0.01 * row.completion_tokens));
    expect(mean(spread)).to.be.closeTo(1, 0.02);
    expect(standardDeviation(spread)).to.be.closeTo(0.4, 0.02);
    expect(mean(answers.map((row) => row.completion_tokens))).to.be.closeTo(120, 5);
  });

  it("of models grow with their calls in flight, as the Universal Scalability Law says", () => {
    const plain: ModelProfile = { ...model, cv: 0 };
    const crowded = callRowsOf(generated({ calls: 2000, models: [plain], rate: 1, contention: [0.1, 0.01] }));
    const answers = crowded.filter((row) => row.operation_type === "LLM").sort((a, b) => a.start_time - b.start_time);
    answers.forEach((row, i) => {
      const inFlight = 1 + answers.slice(0, i).filter((other) => other.end_time > row.start_time).length;
      const factor = 1 + 0.1 * (inFlight - 1) + 0.01 * inFlight * (inFlight - 1);
      expect(durationOf(row) / ((0.5 + 0.01 * row.completion_tokens) * factor)).to.be.closeTo(1, 1e-4);
    });
    expect(max(answers.map((row) => durationOf(row) / (0.5 + 0.01 * row.completion_tokens)))).to.be.greaterThan(2);
  });
});

describe("what goes wrong", () => {
  it("fails in the share given, and is made again after a longer wait each time, as often as allowed", () => {
    const trace = generated({ calls: 20_000, failures: 0.2, retries: 2 });
    const calls = callRowsOf(trace);
    expect(share(calls, "error")).to.be.closeTo(0.2, 0.01);
    expect(max(calls.map((row) => row.attempt))).to.equal(3);
    const attempts = [1, 2, 3].map((attempt) => calls.filter((row) => row.attempt === attempt).length);
    // less than the share: an example that has used up its calls makes none again
    expect(attempts[1] / attempts[0]).to.be.within(0.13, 0.18);
    expect(attempts[2] / attempts[1]).to.be.within(0.13, 0.19);

    const waits: [number[], number[]] = [[], []];
    for (const own of childrenOf(calls).values()) {
      // model calls of an agent come one after the other
      const asked = own.filter((row) => row.operation_type === "LLM");
      asked.forEach((row, i) => {
        if (row.attempt === 1) return;
        expect([asked[i - 1].status, asked[i - 1].attempt]).to.deep.equal(["error", row.attempt - 1]);
        waits[row.attempt - 2].push(row.start_time - asked[i - 1].end_time);
      });
    }
    expect(mean(waits[0])).to.be.closeTo(1, 0.05);
    expect(mean(waits[1])).to.be.closeTo(2, 0.2);
  });

  it("is not made again where that is not allowed", () => {
    expect(truthOf({ calls: 500, failures: 0.5, retries: 0 }).retries).to.equal(0);
  });

  it("misses ENDs in the share given, and nothing else changes", () => {
    const [whole, cut] = [0, 0.1].map((missingEnds) => callRowsOf(generated({ calls: 10_000, missingEnds })));
    expect(share(cut, "unfinished")).to.be.closeTo(0.1, 0.01);
    cut.forEach((row, i) => {
      const lost = {
        end_time: NaN,
        prompt_tokens: NaN,
        completion_tokens: NaN,
        total_tokens: NaN,
        status: "unfinished",
      };
      expect(row).to.deep.equal(row.status === "unfinished" ? { ...whole[i], ...lost } : whole[i]);
    });
  });

  it("puts clocks out of step by host: calls lie outside of their parents, and nothing else changes", () => {
    const right = generated({ calls: 5000 });
    const skewed = generated({ calls: 5000, clockSkew: 2, hosts: 3 });
    const same = rowsOf(generated({ calls: 5000, hosts: 3 }));
    expect(outsideOfParents(rowsOf(right))).to.equal(0);
    expect(outsideOfParents(rowsOf(skewed))).to.be.greaterThan(100);
    const skews = new Map(skewed.truth.hosts.map(({ host, clock_skew }) => [host, clock_skew]));
    expect(skews.size).to.equal(3);
    rowsOf(skewed).forEach((row, i) => {
      expect(row.start_time - same[i].start_time).to.be.closeTo(skews.get(row.host) ?? NaN, 1e-9);
      expect(row.end_time - same[i].end_time).to.be.closeTo(skews.get(row.host) ?? NaN, 1e-9);
    });
  });

  it("has clocks as far out as the standard deviation says", () => {
    const { hosts } = truthOf({ calls: 10, clockSkew: 3, hosts: 2000 });
    expect(standardDeviation(hosts.map(({ clock_skew }) => clock_skew))).to.be.closeTo(3, 0.15);
  });
});

describe("a closed loop", () => {
  const inFlight = (users: number): number[] => {
    const spans = oneTable(generated({ calls: 5000, arrivals: "closed", users }));
    const sessions = buildCallTreePerExample(spans, { kinds: ["WORKFLOW"] });
    return Array.from(buildConcurrencySegments(sessions).array("concurrency") as Int32Array);
  };

  it("never has more sessions in flight than users, and at times as many", () => {
    for (const users of [1, 7]) expect(max(inFlight(users))).to.equal(users);
  });

  it("thinks in between, by the mean given", () => {
    const sessions = rowsOf(generated({ calls: 20_000, arrivals: "closed", users: 1, think: 40 })).filter(
      (row) => row.operation_type === "WORKFLOW",
    );
    const gaps = sessions.map((row, i) => row.start_time - (sessions[i - 1]?.end_time ?? 0));
    expect(mean(gaps)).to.be.closeTo(40, 3);
    expect(standardDeviation(gaps)).to.be.closeTo(40, 4);
  });
});

describe("incidents", () => {
  /** How many times as many examples arrived per second in the incident as outside, and as long calls took that started in it. */
  function effect(options: GenerateOptions): { arrivals: number; latency: number } {
    const trace = generated(options);
    const [{ start_time: from, end_time: to }] = trace.truth.incidents;
    const isIn = (row: GeneratedRow): boolean => from <= row.start_time && row.start_time < to;
    const sessions = rowsOf(trace).filter((row) => row.operation_type === "WORKFLOW");
    const until = max(sessions.map((row) => row.start_time));
    const inside = sessions.filter(isIn).length;
    const lengths = (yes: boolean): number[] =>
      callRowsOf(trace)
        .filter((row) => isIn(row) === yes && row.operation_name === "web_search")
        .map(durationOf);
    return {
      arrivals: inside / (to - from) / ((sessions.length - inside) / (until - (to - from))),
      latency: mean(lengths(true)) / mean(lengths(false)),
    };
  }
  const options = { calls: 60_000, incidentFactor: 4 } as const;

  it("burst: so many times the arrivals, calls as long as ever", () => {
    const { arrivals, latency } = effect({ ...options, incident: "burst" });
    expect(arrivals).to.be.closeTo(4, 0.4);
    expect(latency).to.be.closeTo(1, 0.1);
  });

  it("slowdown: calls so many times as long, arrivals as ever", () => {
    const { arrivals, latency } = effect({ ...options, incident: "slowdown" });
    expect(arrivals).to.be.closeTo(1, 0.15);
    expect(latency).to.be.closeTo(4, 0.4);
  });

  it("both: each by the square root", () => {
    const { arrivals, latency } = effect({ ...options, incident: "both" });
    expect(arrivals).to.be.closeTo(2, 0.2);
    expect(latency).to.be.closeTo(2, 0.2);
  });

  it("in a closed loop, a burst makes the users think less", () => {
    const closed = { ...options, arrivals: "closed", think: 600, gap: 0.1 } as const;
    expect(effect({ ...closed, incident: "burst" }).arrivals).to.be.within(2.7, 4.2);
  });

  it("lie at 0.6 to 0.7 of the time that the traffic lasts, where nobody says when", () => {
    for (const arrivals of ["poisson", "daily", "closed"] as const) {
      for (const incident of incidentKinds) {
        const { incidents, end_time } = truthOf({ calls: 20_000, arrivals, incident });
        expect(incidents[0].start_time / end_time, `${arrivals}, ${incident}`).to.be.closeTo(0.6, 0.08);
        expect(incidents[0].end_time / end_time, `${arrivals}, ${incident}`).to.be.closeTo(0.7, 0.08);
      }
    }
  });

  it("lie where the options say, and the truth tells them as they were", () => {
    const given = { calls: 100, incident: "slowdown", incidentFactor: 3, incidentWindow: [50, 80] } as const;
    expect(truthOf(given).incidents).to.deep.equal([
      { kind: "slowdown", start_time: 50, end_time: 80, arrivals_factor: 1, latency_factor: 3 },
    ]);
    expect(truthOf({ calls: 100 }).incidents).to.deep.equal([]);
  });

  it("leave the traffic before them as it is without them", () => {
    const before = (incident: "burst" | "slowdown" | "none"): string[] =>
      rowsOf(generated({ calls: 2000, incident, incidentWindow: [300, 400] }))
        .filter((row) => row.end_time < 300)
        .map((row) => JSON.stringify(row))
        .sort();
    expect(before("none").length).to.be.greaterThan(300);
    expect(before("slowdown")).to.deep.equal(before("none"));
    expect(before("burst")).to.deep.equal(before("none"));
  });
});
