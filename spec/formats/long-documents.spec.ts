import { expect } from "chai";
import { readJsonDocuments } from "../../lib/files/json-documents.js";
import { node } from "../../lib/files/node.js";
import { isApart } from "../../lib/formats/detect.js";
import { DocumentReading } from "../../lib/formats/document-reading.js";
import { Sinks } from "../../lib/formats/sinks.js";
import { InputError, loadTrace, type SpanTrace, type Trace } from "../../lib/index.js";
import { Findings } from "../../lib/tables/diagnostics.js";
import { columnOf } from "../support/columns-of.js";
import { formatSamples } from "../support/format-samples.js";

const encoder = new TextEncoder();

async function* chunksOf(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield await Promise.resolve(bytes.subarray(from, from + size));
}

/** Reads a file, documents of more than so many bytes in parts. */
async function read(bytes: Uint8Array, from: number): Promise<{ trace: Trace; visits: number }> {
  const sinks = new Sinks(new Findings());
  const reading = new DocumentReading(new Map(), sinks, null);
  let visits = 0;
  const visit = (document: unknown, number: number) => {
    visits++;
    reading.read(document, number);
  };
  const { isList } = await readJsonDocuments(chunksOf(bytes, 50), undefined, visit, node.json, { isApart, from });
  const format = reading.done(isList);
  if (format instanceof InputError) throw format;
  return { trace: sinks[format.yields].trace(format.name, null), visits };
}

const rowsOf = (trace: Trace): object[] => ("events" in trace ? trace.events : trace.spans).objects();

/** Reads a document whole and in parts, which must give the same. */
async function expectSame(bytes: Uint8Array, from: number): Promise<{ trace: Trace; more: number }> {
  const whole = await read(bytes, Infinity);
  const parts = await read(bytes, from);
  expect(parts.trace.format).to.equal(whole.trace.format);
  expect(rowsOf(parts.trace)).to.deep.equal(rowsOf(whole.trace));
  return { trace: parts.trace, more: parts.visits - whole.visits };
}

describe("a long document, read in parts, gives the same trace", () => {
  // the others hold rows that are documents of their own
  const longer = ["jaeger.json", "langfuse.json", "langsmith.json", "nat-json.json", "otlp.tempo.json"];

  for (const { name, bytes } of formatSamples.filter(({ name }) => name.includes("json"))) {
    it(name, async () => {
      const { more } = await expectSame(bytes, 150);
      if (longer.includes(name)) expect(more).to.be.greaterThan(1);
    });
  }

  const span = (n: number) => ({
    traceId: "t",
    spanId: `s${n}`,
    name: `${n} ]}`,
    startTimeUnixNano: 1e9 + n,
    endTimeUnixNano: 2e9,
  });
  const spans = Array.from({ length: 20 }, (_, n) => span(n));
  const scopes = [
    { scope: { name: "a" }, spans: spans.slice(0, 9) },
    { scope: { name: "b" }, spans: spans.slice(9) },
  ];
  const resources = [{}, { resource: { attributes: [1, 2] }, scopeSpans: scopes }];
  const older = [
    { instrumentationLibrarySpans: scopes.map(({ scope, spans }) => ({ instrumentationLibrary: scope, spans })) },
  ];
  const jaegerSpans = spans.map(({ spanId }, n) => ({ spanID: spanId, operationName: "x", startTime: n, duration: 5 }));
  const zipkinSpans = spans.map(({ spanId }, n) => ({ traceId: "t", id: spanId, timestamp: n + 1, duration: 5 }));
  const processes = { p1: { serviceName: "s", tags: [{ key: "data", value: "[" }] } };
  const step = (type: string, n: number) => ({
    parent_id: "root",
    payload: {
      event_type: `LLM_${type}`,
      event_timestamp: n,
      UUID: "u",
      usage_info: { token_usage: { prompt_tokens: NaN } },
    },
  });
  const request = (n: number) => ({ request_number: n, intermediate_steps: [step("START", n), step("END", n + 1)] });
  const call = (n: number) => ({ start_time: n, end_time: n + 1, tags: [1, 2, 3] });

  const documents: Record<string, unknown> = {
    resourceSpans: { resourceSpans: resources },
    "batches, older names": { batches: older },
    resource_spans: { resource_spans: [{ scope_spans: scopes }] },
    "trace.resourceSpans": { trace: { resourceSpans: resources } },
    "result.resourceSpans": { result: { resourceSpans: resources } },
    "a list of OTLP": [{ resourceSpans: resources }, { resourceSpans: resources }],
    "Jaeger, processes behind": {
      data: [
        { traceID: "t", spans: jaegerSpans, processes },
        { traceID: "u", spans: jaegerSpans, processes },
      ],
    },
    "Jaeger, processes first": { data: [{ processes, traceID: "t", spans: jaegerSpans }], total: 0 },
    "Jaeger, one trace": { traceID: "t", spans: jaegerSpans, processes },
    "Zipkin, lists in a list": [zipkinSpans, zipkinSpans],
    traceEvents: {
      otherData: { x: [1] },
      traceEvents: spans.map((_, n) => ({ ph: "X", name: "x", pid: 1, ts: n, dur: 1 })),
      samples: [1, 2, 3],
    },
    NAT: [
      request(0),
      { request_number: 7, intermediate_steps: spans.flatMap((_, n) => request(n).intermediate_steps) },
      request(9),
    ],
    "a page of rows": { next: null, data: spans.map((_, n) => call(n)), total: 20 },
  };
  for (const [title, document] of Object.entries(documents)) {
    it(title, async () => {
      const text = JSON.stringify(document, null, 1).replaceAll('"prompt_tokens": null', '"prompt_tokens": NaN');
      const { more } = await expectSame(encoder.encode(text), 500);
      expect(more).to.be.greaterThan(1);
    });
  }

  it("but a single row, or a span, is never taken apart", async () => {
    const row = { start_time: 0, end_time: 1, values: spans };
    const one = { resourceSpans: [{ scopeSpans: [{ spans: [{ ...span(0), events: spans, attributes: spans }] }] }] };
    for (const document of [row, one]) {
      const { trace, more } = await expectSame(encoder.encode(JSON.stringify(document)), 200);
      expect([rowsOf(trace).length, more]).to.deep.equal([1, 0]);
    }
  });

  it("and is no trace where its first entries tell none, as when it is read whole", async () => {
    const text = JSON.stringify({ data: [...Array<number>(200).fill(1), ...spans.map((_, n) => call(n))] });
    for (const from of [Infinity, 100]) {
      const error = await read(encoder.encode(text), from).then(
        () => undefined,
        (error: unknown) => error,
      );
      expect(error).to.be.instanceOf(InputError);
    }
  });

  it("also where it is longer than any text can be", async () => {
    const prompt = encoder.encode("x".repeat(1 << 20));
    async function* huge(): AsyncGenerator<Uint8Array> {
      yield await Promise.resolve(encoder.encode('{"resourceSpans":[{"scopeSpans":[{"scope":{"name":"s"},"spans":['));
      for (let n = 0; n < 27; n++) {
        const [before, behind] = JSON.stringify({ ...span(n), attributes: [{ key: "p", value: "|" }] }).split("|");
        yield encoder.encode(n === 0 ? before : `,${before}`);
        for (let k = 0; k < 20; k++) yield prompt;
        yield encoder.encode(behind);
      }
      yield encoder.encode("]}]}]}");
    }
    const { spans } = (await loadTrace(huge())) as SpanTrace;
    expect(columnOf(spans, "uuid")).to.deep.equal(Array.from({ length: 27 }, (_, n) => `s${n}`));
    expect(new Set(columnOf(spans, "scope"))).to.deep.equal(new Set(["s"]));
  });
});
