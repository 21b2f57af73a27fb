// LangSmith's runs (docs.langchain.com/langsmith/run-data-format): rows of its API and of its bulk export, and the batches {post, patch} that its
// SDKs send, where the start of a run is in `post` and its end in `patch`. Times are ISO dates, where no zone is UTC, or milliseconds. A run
// that occurs several times in a file is one run. Not read: multipart bodies, feedback, prices, prompts, sessions, the time of the first
// token, the parts of the token counts.
import type { DocumentFormat, DocumentReader } from "./detect.js";
import { instantOf } from "./instant.js";
import { isRecord, type JsonObject, recordsIn } from "./json-value.js";
import { mapOf } from "./map-cell.js";
import { readText, readTokens } from "./numbers.js";
import { timeFinding } from "./time-finding.js";
import { SpanWriter } from "./span-writer.js";
import { valueAt } from "./value-at.js";

export const langsmith: DocumentFormat = {
  name: "langsmith",
  title: "LangSmith",
  yields: "spans",
  apart: /^(post|patch)$/,
  detect: (document) => isRecord(document) && (isBatch(document) || isRun(document)),
  reader: ({ spans }, source) => readRuns(new SpanWriter(spans, source, "ns")),
};

const isBatch = ({ post, patch }: JsonObject): boolean =>
  [post, patch].some((runs) => recordsIn(runs).some((run) => "dotted_order" in run || "run_type" in run));

const isRun = (row: JsonObject): boolean =>
  "run_type" in row && ["dotted_order", "trace_id", "parent_run_id", "parent_run_ids"].some((name) => name in row);

/** What is kept of a run until all that tells of it has been read. */
interface Run {
  readonly trace?: string | undefined;
  readonly parent?: string | undefined;
  readonly kind?: string | undefined;
  readonly name?: string | undefined;
  readonly model?: string | undefined;
  readonly start?: unknown;
  readonly end?: unknown;
  readonly prompt?: number | undefined;
  readonly completion?: number | undefined;
  readonly total?: number | undefined;
  readonly failed?: true | undefined;
}

function readRuns(writer: SpanWriter): DocumentReader {
  const runs = new Map<string, Run>();

  return {
    read: (document) => {
      if (!isRecord(document)) {
        writer.malformed(document);
        return;
      }
      const { post, patch } = document;
      const isPart = Array.isArray(post) || Array.isArray(patch);
      const rows = isPart ? [...recordsIn(post), ...recordsIn(patch)] : [document];
      for (const row of rows) {
        const order = idsIn(row.dotted_order);
        const id = readText(row.id) ?? order.at(-1); // patches from JavaScript have no id
        if (id === undefined) {
          writer.malformed(row);
          continue;
        }
        // what is told later holds
        runs.set(id, { ...runs.get(id), ...runOf(row, order) });
        for (const child of recordsIn(row.child_runs)) rows.push(child);
      }
    },
    done: () => {
      for (const [id, run] of runs) put(id, run, writer);
    },
  };
}

function put(id: string, run: Run, writer: SpanWriter): void {
  const { kind = "CHAIN", prompt = NaN, completion = NaN, total = NaN, failed = false } = run;
  writer.put({
    example: run.trace ?? null,
    uuid: id,
    parent: run.parent ?? null,
    kind,
    name: run.model ?? run.name ?? null,
    start: run.start,
    end: run.end,
    prompt,
    completion,
    total,
    failed,
  });
}

/** What a row tells of a run, and no more. */
function runOf(row: JsonObject, order: readonly string[]): Run {
  const type = readText(row.run_type)?.toUpperCase();
  const isFailed = readText(row.error) !== null || readText(row.status)?.toLowerCase() === "error";
  const told: Run = {
    trace: readText(row.trace_id) ?? order.at(0),
    parent: readText(row.parent_run_id) ?? idsOfList(row.parent_run_ids).at(-1) ?? order.at(-2),
    kind: type,
    name: readText(row.name) ?? undefined,
    model: type === "LLM" ? modelOf(row) : undefined,
    start: timeIn(row.start_time),
    end: timeIn(row.end_time),
    ...tokensOf(row),
    failed: isFailed || undefined,
  };
  return Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined));
}

const timeIn = (cell: unknown): unknown => (timeFinding(cell) === "missing_time" ? undefined : instantOf(cell));

function modelOf(row: JsonObject): string | undefined {
  const extra = mapOf(row.extra);
  return readText(mapOf(extra.metadata).ls_model_name ?? mapOf(extra.invocation_params).model) ?? undefined;
}

/** The counts of a run, else those of its outputs, as the SDKs or LangChain put them there. */
function tokensOf(row: JsonObject): Pick<Run, "prompt" | "completion" | "total"> {
  const own = {
    prompt: tokensIn(row.prompt_tokens),
    completion: tokensIn(row.completion_tokens),
    total: tokensIn(row.total_tokens),
  };
  if (own.prompt !== undefined || own.completion !== undefined || own.total !== undefined) return own;
  const usage = usageOf(mapOf(row.outputs));
  return {
    prompt: tokensIn(usage.input_tokens),
    completion: tokensIn(usage.output_tokens),
    total: tokensIn(usage.total_tokens),
  };
}

function usageOf(outputs: JsonObject): JsonObject {
  if (isRecord(outputs.usage_metadata)) return outputs.usage_metadata;
  const generations: unknown[] = Array.isArray(outputs.generations) ? outputs.generations.flat() : [];
  for (const generation of generations) {
    const message = isRecord(generation) ? mapOf(generation.message) : {};
    const usage = valueAt(message, "kwargs.usage_metadata") ?? message.usage_metadata;
    if (isRecord(usage)) return usage;
  }
  return {};
}

function tokensIn(cell: unknown): number | undefined {
  const tokens = readTokens(cell);
  return Number.isNaN(tokens) ? undefined : tokens;
}

/** The ids of a run and of those that hold it, from the outermost on: 20260102T030405000000ZID.20260102T030406000000ZID. */
function idsIn(order: unknown): string[] {
  const parts = readText(order)?.split(".") ?? [];
  return parts.map((part) => part.slice(part.lastIndexOf("Z") + 1)).filter((id) => id !== "");
}

/** Ids in a list, or in a text that shows one. */
const idsOfList = (list: unknown): readonly string[] => readText(list)?.match(/[^\s,'"[\]]+/g) ?? [];
