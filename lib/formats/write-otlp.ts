import type { ColumnTable } from "arquero";
import { groupOrder } from "../kernels/order.js";
import { Reader } from "../tables/read.js";
import { parentsOfRows } from "../tables/told-parents.js";
import { ownAttributes } from "./own-attributes.js";
import { secondsAsNanoseconds } from "./times.js";

/**
 * Tables of calls or spans as OTLP in JSON, in pieces: a document a line, one for each example. Kinds and tokens stand in the attributes
 * that OpenTelemetry and OpenInference have for them. Ids that OTLP cannot hold get one made up, and stand in attributes of their own, as do
 * names of examples: read back, the calls are the same, to the nanosecond. What is unfinished is written without an end. Rows without a
 * place in time, and further columns but `agent` and `scope`, are left out.
 *
 * @param tables each holds its examples whole
 * @param origin what the times count from, in nanoseconds since 1970
 * @throws TableError if a needed column is missing
 */
export function* writeOtlp(tables: Iterable<ColumnTable>, origin = 0n): Generator<string, void, undefined> {
  for (const table of tables) {
    const { examples, scopeAt, spanOf } = readerOf(table, origin);
    const { order, ends } = groupOrder(examples);
    for (let group = 0, from = 0; group < ends.length; from = ends[group++]) {
      const scopeSpans: { scope: { name?: string }; spans: unknown[] }[] = [];
      for (const i of order.subarray(from, ends[group])) {
        const span = spanOf(i);
        if (span === undefined) continue;
        const name = scopeAt(i) ?? undefined;
        if (scopeSpans.at(-1)?.scope.name !== name || scopeSpans.length === 0)
          scopeSpans.push({ scope: name === undefined ? {} : { name }, spans: [] });
        scopeSpans[scopeSpans.length - 1].spans.push(span);
      }
      if (scopeSpans.length > 0) yield `${JSON.stringify({ resourceSpans: [{ resource: {}, scopeSpans }] })}\n`;
    }
  }
}

/** Takes spans out of a table, row by row. */
function readerOf(table: ColumnTable, origin: bigint) {
  const read = new Reader(table, "writeOtlp");
  const examples = read.ints("example_number");
  const starts = read.numbers("start_time");
  const ends = read.numbers("end_time");
  const kinds = read.texts("operation_type");
  const names = read.maybeTexts("operation_name");
  const statuses = read.maybeTexts("status");
  const exampleNames = read.maybeTexts("example");
  const uuids = read.maybeTexts("uuid");
  const parentUuids = read.maybeTexts("parent_uuid");
  const agents = read.textsIfAny("agent");
  const scopes = read.textsIfAny("scope");
  const tokens = TOKENS.map(([column, attribute]) => ({ attribute, values: read.maybeNumbers(column) }));
  const parents = parentsOfRows(read, examples);

  const spanIdOf = (i: number): string => {
    const uuid = uuids.at(i);
    return uuid !== null && SPAN_ID.test(uuid) ? uuid : hex(i + 1, 16);
  };
  const spanOf = (i: number): object | undefined => {
    const isOpen = statuses.at(i) === "unfinished";
    if (Number.isNaN(starts[i]) || (Number.isNaN(ends[i]) && !isOpen)) return undefined;
    const kind = (kinds.at(i) ?? "SPAN").toUpperCase();
    const name = names.at(i);
    const attributes: object[] = kindAttributes(kind, name);
    const put = (key: string, value: string | null | undefined) => {
      if (value !== null && value !== undefined) attributes.push({ key, value: { stringValue: value } });
    };
    for (const { attribute, values } of tokens) {
      const value = values[i];
      if (!Number.isFinite(value)) continue;
      const isWhole = Number.isSafeInteger(value);
      attributes.push({ key: attribute, value: isWhole ? { intValue: String(value) } : { doubleValue: value } });
    }
    put("gen_ai.agent.name", agents?.at(i));

    const example = exampleNames.at(i) ?? String(examples[i]);
    const traceId = TRACE_ID.test(example) ? example : hex(examples[i] + 1, 32);
    if (example !== traceId) put(ownAttributes.example, example);
    const spanId = spanIdOf(i);
    const uuid = uuids.at(i) ?? "";
    if (uuid !== spanId) put(ownAttributes.uuid, uuid);
    const parentUuid = parentUuids.at(i) ?? "";
    const parentSpanId = parents[i] >= 0 ? spanIdOf(parents[i]) : SPAN_ID.test(parentUuid) ? parentUuid : "";
    if (parentUuid !== parentSpanId) put(ownAttributes.parent, parentUuid);
    return {
      traceId,
      spanId,
      parentSpanId,
      name: name ?? "",
      kind: kind === "LLM" ? CLIENT : INTERNAL,
      startTimeUnixNano: nanoseconds(starts[i], origin),
      ...(!isOpen && { endTimeUnixNano: nanoseconds(ends[i], origin) }),
      attributes,
      status: { code: isOpen ? UNSET : statuses.at(i) === "error" ? ERROR : OK },
    };
  };
  return { examples, scopeAt: (i: number) => scopes?.at(i), spanOf };
}

/** Numbers of OTLP. */
const [INTERNAL, CLIENT] = [1, 3];
const [UNSET, OK, ERROR] = [0, 1, 2];

const TOKENS = [
  ["prompt_tokens", "gen_ai.usage.input_tokens"],
  ["completion_tokens", "gen_ai.usage.output_tokens"],
  ["total_tokens", "gen_ai.usage.total_tokens"],
] as const;

const TRACE_ID = /^(?!0{32})[0-9a-f]{32}$/;
/** Those with so many zeros in front are made up. */
const SPAN_ID = /^(?!0{8})[0-9a-f]{16}$/;

const hex = (number: number, digits: number): string => number.toString(16).padStart(digits, "0");

/** What tells a kind, and the name of a model or tool. */
function kindAttributes(kind: string, name: string | null): object[] {
  const told: Record<string, [kind: string, value: string, name: string]> = {
    LLM: ["gen_ai.operation.name", "chat", "gen_ai.request.model"],
    TOOL: ["gen_ai.operation.name", "execute_tool", "gen_ai.tool.name"],
  };
  if (!Object.hasOwn(told, kind))
    return kind === "SPAN" ? [] : [{ key: "openinference.span.kind", value: { stringValue: kind } }];
  const [key, value, nameKey] = told[kind];
  const attributes = [{ key, value: { stringValue: value } }];
  if (name !== null) attributes.push({ key: nameKey, value: { stringValue: name } });
  return attributes;
}

const nanoseconds = (seconds: number, origin: bigint): string => String(secondsAsNanoseconds(seconds) + origin);
