import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ColumnTable, table } from "arquero";
import { expect } from "chai";
import fc from "fast-check";
import { tablesAsCsv } from "../../lib/files/write-table.js";
import { writeNatCsv } from "../../lib/formats/nat-csv.js";
import { writeNatJson } from "../../lib/formats/nat-json.js";
import { arrivalKinds } from "../../lib/generate/arrivals.js";
import { buildCallTreePerExample, concurrencySpikeAnalysis, generateTrace, loadTrace } from "../../lib/index.js";
import { columnsOf } from "../support/columns-of.js";
import { generated, oneTable } from "../support/generated.js";

/** A workflow with a tool that asks a model, and a model call without an end; another example after a gap. */
const spans = table({
  example_number: Int32Array.of(0, 0, 0, 0, 2),
  uuid: ["w", "t", "m", "n", "x"],
  parent_uuid: [null, "w", "t", "w", null],
  operation_type: ["WORKFLOW", "TOOL", "LLM", "LLM", "LLM"],
  operation_name: ["lead", 'say "hi", all', "small", "large", null],
  start_time: [1, 1, 2, 3.5, 9],
  end_time: [8, 3.5, 3.5, NaN, 9],
  prompt_tokens: [NaN, NaN, 10, NaN, 7],
  completion_tokens: [NaN, NaN, 5, NaN, NaN],
  total_tokens: [NaN, NaN, 15, NaN, NaN],
  status: ["ok", "ok", "ok", "unfinished", "ok"],
});
const text = (pieces: Iterable<string>): string => [...pieces].join("");

describe("writeNatJson(tables)", () => {
  interface Step {
    parent_id: string;
    function_ancestry: Record<string, string | null>;
    payload: Record<string, unknown>;
  }
  const document = JSON.parse(text(writeNatJson([spans]))) as { request_number: number; intermediate_steps: Step[] }[];

  it("puts requests at the position of their number, and steps in the order of time: inner ENDs first, before STARTs", () => {
    expect(
      document.map(({ request_number, intermediate_steps }) => [
        request_number,
        ...intermediate_steps.map(({ payload }) =>
          [payload.event_type, payload.event_timestamp, payload.UUID].join(" "),
        ),
      ]),
    ).to.deep.equal([
      [
        0,
        "WORKFLOW_START 1 w",
        "TOOL_START 1 t",
        "LLM_START 2 m",
        "LLM_END 3.5 m",
        "TOOL_END 3.5 t",
        "LLM_START 3.5 n",
        "WORKFLOW_END 8 w",
      ],
      [1],
      [2, "LLM_START 9 x", "LLM_END 9 x"],
    ]);
  });

  it("writes a step as NAT does", () => {
    expect(document[0].intermediate_steps[3]).to.deep.equal({
      parent_id: "t",
      function_ancestry: { function_id: "t", function_name: 'say "hi", all', parent_id: "w", parent_name: "lead" },
      payload: {
        event_type: "LLM_END",
        event_timestamp: 3.5,
        span_event_timestamp: 2,
        framework: null,
        name: "small",
        tags: null,
        metadata: null,
        data: null,
        usage_info: {
          token_usage: {
            prompt_tokens: 10,
            completion_tokens: 5,
            total_tokens: 15,
            cached_tokens: 0,
            reasoning_tokens: 0,
          },
          num_llm_calls: 1,
          seconds_between_calls: 0,
        },
        UUID: "m",
      },
    });
    const [first] = document[0].intermediate_steps;
    expect([first.parent_id, first.function_ancestry]).to.deep.equal([
      "root",
      { function_id: "root", function_name: "root", parent_id: null, parent_name: null },
    ]);
  });

  it("writes nothing as an empty list", () => {
    expect(JSON.parse(text(writeNatJson([])))).to.deep.equal([]);
  });
});

describe("writeNatCsv(tables)", () => {
  it("writes an event a row, with NAT's columns; tokens that nobody told are 0", () => {
    expect(text(writeNatCsv([spans])).split("\n")).to.deep.equal([
      "event_type,event_timestamp,example_number,prompt_tokens,completion_tokens,total_tokens,llm_text_input,llm_text_output,llm_new_token,llm_name,tool_name,function_name,function_id,parent_function_name,parent_function_id,UUID,framework",
      "WORKFLOW_START,1,0,0,0,0,,,,,,lead,w,root,root,w,",
      'TOOL_START,1,0,0,0,0,,,,,"say ""hi"", all",lead,w,root,root,t,',
      'LLM_START,2,0,0,0,0,,,,small,,"say ""hi"", all",t,lead,w,m,',
      'LLM_END,3.5,0,10,5,15,,,,small,,"say ""hi"", all",t,lead,w,m,',
      'TOOL_END,3.5,0,0,0,0,,,,,"say ""hi"", all",lead,w,root,root,t,',
      "LLM_START,3.5,0,0,0,0,,,,large,,lead,w,root,root,n,",
      "WORKFLOW_END,8,0,0,0,0,,,,,,lead,w,root,root,w,",
      "LLM_START,9,2,0,0,0,,,,,,root,root,,,x,",
      "LLM_END,9,2,7,0,0,,,,,,root,root,,,x,",
      "",
    ]);
  });
});

describe("a generated trace", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "spikeline-"));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  const formats: [name: string, write: (tables: Iterable<ColumnTable>) => Iterable<string>][] = [
    ["nat-json", writeNatJson],
    ["nat-csv", writeNatCsv],
    ["tidy", tablesAsCsv],
  ];
  const kept = ["example_number", "example", "uuid", "parent_uuid", "depth", "operation_type", "operation_name"];
  const numbers = ["start_time", "end_time", "prompt_tokens", "completion_tokens", "total_tokens"];

  for (const [name, write] of formats) {
    it(`gives the same calls when it is read back from ${name}`, async () => {
      const anyOptions = fc.record({
        seed: fc.nat(),
        calls: fc.integer({ min: 1, max: 120 }),
        arrivals: fc.constantFrom(...arrivalKinds),
        failures: fc.constantFrom(0, 0.3),
        missingEnds: fc.constantFrom(0, 0.2),
        clockSkew: fc.constantFrom(0, 3),
      });
      await fc.assert(
        fc.asyncProperty(anyOptions, async (options) => {
          const trace = generated(options);
          const path = join(folder, name === "nat-json" ? "a.json" : "a.csv");
          writeFileSync(path, text(write(trace.tables)));
          const read = await loadTrace(path);
          expect(read.format).to.equal(name);
          const expected = columnsOf(buildCallTreePerExample(oneTable(trace)));
          const actual = columnsOf(buildCallTreePerExample(read));
          for (const column of kept) expect(actual[column], column).to.deep.equal(expected[column]);
          for (const column of numbers) {
            // NAT's CSV has 0 for what there is none of; what never ended has no END to tell tokens
            const zero = name === "nat-csv" && column.endsWith("tokens");
            const there = expected[column].map((value, i) =>
              zero && Number.isNaN(value) && expected.status[i] !== "unfinished" ? 0 : value,
            );
            expect(actual[column], column).to.deep.equal(there);
          }
          const told =
            name === "tidy" ? expected.status : expected.status.map((status) => (status === "error" ? "ok" : status));
          expect(actual.status).to.deep.equal(told);
          if (name === "tidy") expect(actual.host).to.deep.equal(expected.host);
        }),
        { numRuns: 60 },
      );
    });
  }

  it("written in tables is the same text as written in one", () => {
    const trace = generated({ calls: 11_000 });
    expect(trace.tables.length).to.be.greaterThan(1);
    for (const [, write] of formats)
      expect(text(write(trace.tables)) === text(write([oneTable(trace)]))).to.equal(true);
  });

  it("is understood by NAT's own rules", async () => {
    const path = join(folder, "b.json");
    writeFileSync(path, text(writeNatJson(generateTrace({ calls: 200 }))));
    const result = concurrencySpikeAnalysis(await loadTrace(path), { mode: "nat" });
    expect(result.summary.get("calls")).to.equal(200);
  });
});
